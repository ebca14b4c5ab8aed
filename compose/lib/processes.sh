# shellcheck shell=bash
# Programs in the background: started in a session of their own, known by number and start time, ended and waited for.
# Sourced by compose/up. Ctrl-C in the terminal reaches the script alone, which then stops things in order.

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

# Prints the process number of NAME (a service, or up) if it runs.
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
  # shellcheck disable=SC2034 # the caller's
  launched_pid=$!
  identity_of "$launched_pid" >"$data/run/$name.pid" || true
}

# end_processes NAME...: asks all at once to end and waits for each, so that nobody goes on before they have: Orthanc takes
# 3 to 5 seconds to write everything down, and a second one on the same folder would fail until then.
end_processes() {
  local name pid deadline=$((SECONDS + 40))
  for name in "$@"; do
    # SIGTERM lets a PostgreSQL wait for its clients for ever; SIGINT is its way to end now and well
    if pid=$(running "$name"); then kill "-$([[ $name == postgres ]] && echo INT || echo TERM)" "$pid" 2>/dev/null || true; fi
  done
  for name in "$@"; do
    while pid=$(running "$name"); do
      if ((SECONDS >= deadline)); then
        warn "$name (process $pid) did not end in 40 seconds and is killed."
        kill -KILL "$pid" 2>/dev/null || true
        deadline=$((SECONDS + 10))
      fi
      sleep 0.1
    done
    rm -f -- "$data/run/$name.pid"
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
