# shellcheck shell=bash
# Starts the services, asks each by real traffic whether it works, stops them. Sourced by compose/up. Needs processes.sh.
#
# A service NAME is a file services/NAME.sh with these functions, '-' in the name being '_' in theirs:
#   NAME_needed    status 0 if this start has it
#   NAME_after     prints the services that must have answered before it starts
#   NAME_ports     prints "PORT USE" for every port that it opens
#   NAME_start     starts it by 'launch NAME COMMAND...'; settings by 'local -x', since everybody sees a command line
#   NAME_answers   asks it by real traffic; status 0 if it works
#   NAME_prepare   what there is to do between its first answer and the start of those that wait for it
#   NAME_rows      prints its rows of the table

# In the order of the table. They end in these steps, each at once: first those that use others
all_services=(postgres orthanc sidecar orthanc-modality cloud)
stop_steps=('sidecar orthanc-modality' 'orthanc cloud' postgres)

# of NAME WHAT: calls the function of a service.
of() { "${1//-/_}_$2"; }

is_wanted() { [[ " ${without[*]} " != *" $1 "* ]] && of "$1" needed; }

# Those of this start; kept for --status. Sets services.
choose_services() {
  local name
  services=()
  for name in "${all_services[@]}"; do
    if is_wanted "$name"; then services+=("$name"); fi
  done
  printf '%s\n' "${services[@]}" >"$data/run/services"
}

chosen() { [[ " ${services[*]} " == *" $1 "* ]]; }

is_running() {
  local name
  for name in up "${all_services[@]}"; do
    if running "$name" >/dev/null; then return 0; fi
  done
  return 1
}

# wait_until_answers NAME: and prepares it. Status 1: it has not answered in 90 seconds, 2: it ended, 3: it could not be prepared.
wait_until_answers() {
  local name=$1 deadline=$((SECONDS + 90))
  until of "$name" answers >"$data/logs/ready-$name.log" 2>&1; do
    running "$name" >/dev/null || return 2
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
  of "$name" prepare >"$data/logs/prepare-$name.log" 2>&1 || return 3
}

show_why_not_started() {
  local name=$1 status=$2
  case $status in
    1)
      say "${red}${bold}$name has not answered in 90 seconds.${plain} The last attempt:"
      tail -n 5 -- "$data/logs/ready-$name.log" | sed 's/^/    /'
      show_log_end "$name"
      ;;
    3)
      say "${red}${bold}$name answers, but could not be prepared:${plain}"
      tail -n 10 -- "$data/logs/prepare-$name.log" | sed 's/^/    /'
      ;;
    *) show_death "$name" ;;
  esac
}

# Starts each service as soon as those it comes after have answered, the others at the same time. Sets pid_of, which tells
# the process of each. Status 1: one did not start; why has been said.
declare -A pid_of=() waiter_of=()
start_services() {
  local name other ended status answered=' ' ready
  while :; do
    for name in "${services[@]}"; do
      [[ -z ${pid_of[$name]:-} ]] || continue
      ready=yes
      for other in $(of "$name" after); do
        ! chosen "$other" || [[ $answered == *" $other "* ]] || ready=no
      done
      [[ $ready == yes ]] || continue
      of "$name" start
      pid_of[$name]=$launched_pid
      wait_until_answers "$name" {lock}>&- &
      waiter_of[$!]=$name
    done
    ((${#waiter_of[@]} > 0)) || return 0
    status=0
    wait -n -p ended "${!waiter_of[@]}" || status=$?
    name=${waiter_of[$ended]}
    unset "waiter_of[$ended]"
    if ((status != 0)); then
      show_why_not_started "$name" "$status"
      failed_service=$name
      return 1
    fi
    answered+="$name "
    say "  $name: ${green}answers${plain}"
  done
}

stop_services() {
  local step
  # Whoever waits for an answer need not wait any more
  ((${#waiter_of[@]} == 0)) || kill "${!waiter_of[@]}" 2>/dev/null || true
  for step in "${stop_steps[@]}"; do
    # shellcheck disable=SC2086 # the names of one step
    end_processes $step
  done
}

# One line per service of the last start; status 1 if one does not answer.
show_services() {
  local name status=0
  mapfile -t services <"$data/run/services"
  for name in "${services[@]}"; do
    if ! running "$name" >/dev/null; then
      say "$name: not running"
      status=1
    elif of "$name" answers >/dev/null 2>&1; then
      say "$name: answers (process $(running "$name"))"
    else
      say "$name: runs (process $(running "$name")) but does not answer"
      status=1
    fi
  done
  return "$status"
}
