# shellcheck shell=bash
# The parts of compose/install. Needs say.sh, packages.sh, configuration.sh, viewer.sh, look.sh, and $root, $prefix, $etc, $var, $opt.

# on_this_machine: false where --prefix makes a copy of the layout for looking at; then nothing of the machine is touched.
on_this_machine() { [[ -z $prefix ]]; }

# keep FILE MODE OWNER TEXT: writes what an administrator edits, unless it is there.
keep() {
  local file=$1 mode=$2 owner=$3 text=$4
  if [[ -e $file ]]; then say "  $file is kept as it is"; return 0; fi
  (umask 077 && printf '%s\n' "$text" >"$file")
  own "$owner" "$file"
  chmod "$mode" -- "$file"
  say "  $file is new"
}

own() { if on_this_machine; then chown -R -- "$1" "${@:2}"; fi; }

# build_into NAME PROJECT: the program, published into $opt/NAME.new.
build_into() {
  local name=$1 project=$2 built=$3
  rm -rf -- "$opt/$name.new"
  if [[ -n $built ]]; then
    cp -a -- "$built" "$opt/$name.new"
  else
    step "Building $name" "$logs/publish-$name.log" dotnet publish -c Release --nologo -v minimal -p:NuGetAudit=false --disable-build-servers \
      -o "$opt/$name.new" "$root/$project" || fail 3 "$name could not be built." "The whole output: $logs/publish-$name.log"
  fi
}

# swap NAME: the new one takes the place of the old one in one step.
swap() {
  rm -rf -- "$opt/$1.old"
  [[ ! -e $opt/$1 ]] || mv -- "$opt/$1" "$opt/$1.old"
  mv -- "$opt/$1.new" "$opt/$1"
  rm -rf -- "$opt/$1.old"
}

# The files of Orthanc's configuration, and the one that runs, made of the administrator's orthanc.json.
install_configuration() {
  rm -rf -- "$opt/orthanc.new"
  mkdir -p -- "$opt/orthanc.new"
  cp -a -- "$root"/orthanc/*.lua "$root"/orthanc/*.json "$root/orthanc/ohif-links" "$opt/orthanc.new/"
  swap orthanc
  mkdir -p -- "$var/run" "$var/secrets" "$var/logs"
  chmod 700 -- "$var/secrets"
  # What configuration.sh asks for
  local root=$opt orthanc_json=$etc/orthanc.json offset=0 lan=yes production=yes
  local store=sqlite orthanc_user=''
  # The services run as this user
  if on_this_machine; then orthanc_user=gantry; fi
  unset ORTHANC_USERNAME ORTHANC_PASSWORD ORTHANC_PASSWORD_FILE
  write_configuration
}

install_units() {
  local unit
  mkdir -p -- "$units" "$prefix/usr/lib/sysusers.d" "$prefix/etc/systemd"
  for unit in "$root"/compose/systemd/*.{service,target}; do
    [[ $(basename "$unit") != gantry-cloud.service || $with_cloud == yes ]] || continue
    fill "$unit" >"$units/$(basename "$unit")"
  done
  fill "$root/compose/systemd/sysusers.conf" >"$prefix/usr/lib/sysusers.d/gantry.conf"
  cp -- "$root/compose/systemd/journald@gantry.conf" "$prefix/etc/systemd/journald@gantry.conf"
}

fill() {
  sed -e "s|@OPT@|$opt|g" -e "s|@ETC@|$etc|g" -e "s|@VAR@|$var|g" -e "s|@DOTNET@|$dotnet|g" -e "s|@ORTHANC@|$orthanc|g" -- "$1"
}

# The command line for administrators, on the data of the services and as their user.
install_command() {
  mkdir -p -- "$prefix/usr/local/bin"
  cat >"$prefix/usr/local/bin/gantry" <<TEXT
#!/bin/sh
# Gantry's command line on the data of its services: gantry --help
export GANTRY_ENV_FILE=$etc/gantry.env ORTHANC_JSON=$var/run/config/orthanc.json WORKLIST_DB_PATH=$var/worklist.db \\
  ORTHANC_USERNAME=gantry ORTHANC_PASSWORD_FILE=$var/secrets/orthanc DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
if [ "\$(id -u)" = 0 ] && id gantry >/dev/null 2>&1; then
  exec setpriv --reuid=gantry --regid=gantry --init-groups $dotnet $opt/sidecar/gantry-sidecar.dll "\$@"
fi
exec $dotnet $opt/sidecar/gantry-sidecar.dll "\$@"
TEXT
  chmod 755 -- "$prefix/usr/local/bin/gantry"
}

# A database and a user of the machine's own PostgreSQL for the cloud, with a password that is drawn.
make_cloud_database() {
  local password
  password=$(<"$(secret cloud-database)")
  systemctl enable --now postgresql >/dev/null 2>&1 || true
  runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 -v password="$password" -d postgres <<'SQL' >"$logs/cloud-database.log" 2>&1 ||
SELECT 'CREATE ROLE gantry_cloud LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gantry_cloud') \gexec
ALTER ROLE gantry_cloud PASSWORD :'password';
SELECT 'CREATE DATABASE gantry_cloud OWNER gantry_cloud' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'gantry_cloud') \gexec
SQL
    fail 3 "The cloud's database could not be made in this machine's PostgreSQL." "The whole output: $logs/cloud-database.log"
}
