# shellcheck shell=bash
# Starts the two programs, asks each by real traffic whether it works, stops them. Sourced by compose/up.
# A program runs in a session of its own: Ctrl-C in the terminal reaches the script alone, which then stops things in order.

services=(orthanc sidecar)

# "PID STARTTIME": a process number alone may have been given to somebody else since.
identity_of() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  # The state is the third field of the file, the start time the 22nd; a zombie has ended
  [[ $stat != Z* ]] || return 1
  # shellcheck disable=SC2086 # split into fields
  set -- "$1" $stat
  printf '%s %s\n' "$1" "${21}"
}

# Prints the process number of NAME (orthanc, sidecar, up) if it runs.
running() {
  local file=$data/run/$1.pid identity
  [[ -s $file ]] || return 1
  identity=$(<"$file")
  [[ $(identity_of "${identity%% *}") == "$identity" ]] && printf '%s\n' "${identity%% *}"
}

# launch NAME COMMAND...: in the background, in its own session, its output in logs/NAME.log. Sets launched_pid.
launch() {
  local name=$1 log=$data/logs/$1.log
  shift
  [[ ! -s $log ]] || mv -f -- "$log" "$log.1"
  # {lock}>&-: the lock belongs to this script, not to what it starts
  setsid -- "$@" >"$log" 2>&1 </dev/null {lock}>&- &
  launched_pid=$!
  identity_of "$launched_pid" >"$data/run/$name.pid" || true
}

start_orthanc() {
  local program
  program=$(PATH=$PATH:/usr/sbin command -v Orthanc) || fail 3 "The program Orthanc is missing (Debian package: orthanc)."
  launch orthanc "$program" "$data/run/config"
}

start_sidecar() {
  # A gateway allocates little: without this .NET sizes its youngest generation by the processor's cache, 30 MB and more
  local -a run=("$sidecar") settings=(
    DOTNET_GCgen0size=0x400000
    ORTHANC_JSON="$data/run/config/orthanc.json"
    WORKLIST_DB_PATH="$data/worklist.db"
    ORTHANC_URL="http://127.0.0.1:$http_port" ORTHANC_USERNAME="$orthanc_user" ORTHANC_PASSWORD="$orthanc_password"
    Web__Port="$web_port" Web__BindAddresses__0=127.0.0.1 Demo__Enabled=true
    Viewer__Port=$((3000 + offset)) Viewer__BindAddresses__0=127.0.0.1 Viewer__Folder="$root/artifacts/viewer")
  if [[ $lan == yes ]]; then settings+=(Dicom__BindAddresses__0=0.0.0.0); else settings+=(Dicom__BindAddresses__0=127.0.0.1); fi
  [[ $sidecar != *.dll ]] || run=(dotnet "$sidecar")
  launch sidecar env "${settings[@]}" "${run[@]}"
}

orthanc_answers() {
  curl -fsS --max-time 5 -u "$orthanc_user:$orthanc_password" "http://127.0.0.1:$http_port/system" >/dev/null &&
    echoscu -to 5 -ta 5 -aec "$archive_aet" 127.0.0.1 "$archive_port"
}

sidecar_answers() {
  local port
  for port in "${worklist_ports[@]}"; do
    echoscu -to 5 -ta 5 -aec "$worklist_aet" 127.0.0.1 "$port" || return 1
  done
  curl -fsS --max-time 10 "http://127.0.0.1:$web_port/health" >/dev/null
}

# Waits until NAME has answered. Status 1: it ended, or has not answered in 90 seconds.
wait_until_answers() {
  local name=$1 deadline=$((SECONDS + 90))
  until "${name}_answers" >"$data/logs/ready-$name.log" 2>&1; do
    if ! running "$name" >/dev/null; then
      show_death "$name"
      return 1
    fi
    if ((SECONDS >= deadline)); then
      say "${red}${bold}$name has not answered in 90 seconds.${plain} The last attempt:"
      tail -n 5 -- "$data/logs/ready-$name.log" | sed 's/^/    /'
      show_log_end "$name"
      return 1
    fi
    sleep 0.2
  done
}

show_log_end() {
  say "The end of $data/logs/$1.log:"
  tail -n 25 -- "$data/logs/$1.log" | sed 's/^/    /'
}

show_death() {
  say "${red}${bold}$1 has ended by itself.${plain}"
  show_log_end "$1"
}

# Asks NAME to end and waits for it. Orthanc takes 3 to 5 seconds to write everything down, and a second Orthanc on
# the same folder would fail until then, so nobody goes on before it has ended.
stop_service() {
  local name=$1 pid deadline=$((SECONDS + 40))
  if pid=$(running "$name"); then
    kill -TERM "$pid" 2>/dev/null || true
    while running "$name" >/dev/null; do
      if ((SECONDS >= deadline)); then
        warn "$name (process $pid) did not end in 40 seconds and is killed."
        kill -KILL "$pid" 2>/dev/null || true
        deadline=$((SECONDS + 10))
      fi
      sleep 0.1
    done
  fi
  rm -f -- "$data/run/$name.pid"
}

# First the sidecar, which needs Orthanc, then Orthanc.
stop_all() {
  stop_service sidecar
  stop_service orthanc
}
