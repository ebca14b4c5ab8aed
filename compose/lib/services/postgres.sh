# shellcheck shell=bash
# A PostgreSQL of our own: Debian's programs, a cluster in the data folder, on loopback and a Unix socket. It is there whenever
# something needs it: the archive and the worklist with --postgres, the cloud always.

postgres_databases() {
  if [[ $store == postgres ]]; then printf '%s\n' orthanc worklist; fi
  if is_wanted cloud; then echo gantry_cloud; fi
}

postgres_needed() { [[ -n $(postgres_databases) ]]; }

postgres_after() { :; }

postgres_ports() { printf '%s PostgreSQL\n' "$postgres_port"; }

# Prints the folder of the server's programs: those that made the cluster, else the newest. Ends with a sentence if there are none.
postgres_programs() {
  local made='' found
  [[ ! -s $data/postgres/cluster/PG_VERSION ]] || made=$(<"$data/postgres/cluster/PG_VERSION")
  found=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' -printf '%h\n' 2>/dev/null | sort -V | tail -n 1)
  [[ -n $found ]] || fail 3 "PostgreSQL's server is missing (Debian package: postgresql)."
  if [[ -n $made && ! -x /usr/lib/postgresql/$made/bin/postgres ]]; then
    fail 3 "The database in $data/postgres was made by PostgreSQL $made, which is not installed (there is $found)." \
      "Install it (Debian package: postgresql-$made), or bring the database to the new version with pg_dumpall or pg_upgrade," \
      "or begin anew: compose/up --reset"
  fi
  if [[ -n $made ]]; then printf '/usr/lib/postgresql/%s/bin\n' "$made"; else printf '%s\n' "$found"; fi
}

# Sets as_owner, the start of a command line. PostgreSQL refuses root, so root hands it to the owner of its folder, the user
# 'postgres' of Debian's package. That user may not enter the data folder, nor perhaps those above it (/root): the folder is
# handed over open, as file 9, and never by its path. The socket's path, too, is short then, whatever the folder's is.
postgres_find_owner() {
  local owner
  as_owner=(env -C /)
  ((EUID == 0)) || return 0
  owner=$(stat -c %U -- "$data/postgres")
  [[ $owner != root ]] || fail 3 "$data/postgres belongs to root, and PostgreSQL refuses root: chown it to the user 'postgres'."
  as_owner+=(setpriv --reuid="$owner" --regid="$(id -g "$owner")" --init-groups)
}

postgres_make_cluster() {
  local programs=$1 home=$data/postgres
  if [[ -e $home/cluster/PG_VERSION ]]; then
    [[ -s $data/secrets/postgres ]] || fail 3 "The password of the database in $home is gone: there is no file $data/secrets/postgres." \
      "Bring it back from a copy, or begin anew: compose/up --reset"
    return 0
  fi
  mkdir -p -- "$home"
  chmod 700 -- "$home"
  if ((EUID == 0)); then chown postgres: "$home" 2>/dev/null || fail 3 "There is no user 'postgres' (Debian package: postgresql)."; fi
  # What an interrupted start left; a cluster gets its name when it is whole
  rm -rf -- "$home/new"
  postgres_find_owner
  cp -- "$(secret postgres)" "$home/password"
  if ((EUID == 0)); then chown postgres: "$home/password"; fi
  "${as_owner[@]}" "$programs/initdb" -D /proc/self/fd/9/new -U postgres -E UTF8 --locale=C.UTF-8 --data-checksums \
    -A scram-sha-256 --pwfile=/proc/self/fd/9/password >"$data/logs/initdb.log" 2>&1 9<"$home" ||
    fail 3 "PostgreSQL could not make its cluster in $home/new:" "$(tail -n 5 -- "$data/logs/initdb.log")"
  rm -f -- "$home/password"
  mv -- "$home/new" "$home/cluster"
}

# After a kill -9 the server's other processes live on for a moment, and its notes of its process number for ever; that number
# may be somebody else's by now, whom PostgreSQL would take for another of itself. Whoever works on the cluster stands in its
# folder.
postgres_is_worked_on() {
  local folder
  for folder in /proc/[0-9]*/cwd; do
    if [[ $folder -ef $data/postgres/cluster ]]; then return 0; fi
  done
  return 1
}

postgres_clear_after_kill() {
  local cluster=$data/postgres/cluster deadline=$((SECONDS + 15))
  while postgres_is_worked_on; do
    ((SECONDS < deadline)) || fail 1 "A PostgreSQL already works on $cluster, and not by compose/up." \
      "Stop it first; its process number is the first line of $cluster/postmaster.pid."
    sleep 0.1
  done
  rm -f -- "$cluster/postmaster.pid" "$data/postgres"/.s.PGSQL.*
}

postgres_start() {
  local programs
  # What fails in $() has said why, and ends the script only if it is told to
  programs=$(postgres_programs) || exit
  postgres_make_cluster "$programs"
  postgres_find_owner
  postgres_clear_after_kill
  launch postgres "${as_owner[@]}" "$programs/postgres" -D /proc/self/fd/9/cluster "${postgres_settings[@]}" \
    -c listen_addresses=127.0.0.1 -c "port=$postgres_port" -c unix_socket_directories=/proc/self/fd/9 9<"$data/postgres"
}

postgres_psql() {
  PGPASSWORD=$(<"$(secret postgres)") PGCONNECT_TIMEOUT=5 \
    psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$postgres_port" -U postgres -d postgres "$@"
}

postgres_answers() { postgres_psql -c 'SELECT 1'; }

postgres_prepare() {
  local databases
  databases=$(postgres_databases | paste -s -d,)
  GANTRY_PASSWORD=$(<"$(secret gantry)") postgres_psql -v databases="$databases" -f "$root/compose/lib/postgres-databases.sql"
}

# Prints a connection string of .NET for a database.
postgres_connection() {
  printf 'Host=127.0.0.1;Port=%s;Database=%s;Username=gantry;Password=%s\n' "$postgres_port" "$1" "$(<"$(secret gantry)")"
}

postgres_rows() { row "PostgreSQL" "localhost:$postgres_port" "-" "gantry / see $data/secrets/gantry"; }
