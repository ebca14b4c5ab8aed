# shellcheck shell=bash
# What the scripts say, and steps that show that they are alive. Sourced.

if [[ -t 1 ]]; then
  bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' red='' green='' plain=''
fi

say() { printf '%s\n' "$*"; }

warn() { printf '%s\n' "${bold}Note:${plain} $*" >&2; }

# fail STATUS MESSAGE...: one line per message, the first one marked.
fail() {
  local status=$1
  shift
  printf '%s\n' "${red}${bold}Error:${plain} $1" >&2
  shift
  (($# == 0)) || printf '       %s\n' "$@" >&2
  exit "$status"
}

# Prints how long a step has been running: one line that moves on a terminal, one line in 15 seconds elsewhere.
tick() {
  local text=$1 start=$SECONDS
  trap 'exit 0' TERM
  # It must not outlive the script, which a Ctrl-C may end
  while kill -0 "$$" 2>/dev/null; do
    if [[ -t 1 ]]; then
      printf '\r%s ... %d s ' "$text" $((SECONDS - start))
      sleep 1 &
    else
      sleep 15 &
    fi
    wait $!
    [[ -t 1 ]] || printf '  ... still at it (%d s)\n' $((SECONDS - start))
  done
}

# step TEXT LOG COMMAND...: runs the command with its output in LOG; on failure shows the end of LOG and returns its status.
step() {
  local text=$1 log=$2 start=$SECONDS status=0 ticker
  shift 2
  [[ -t 1 ]] || printf '%s ...\n' "$text"
  tick "$text" &
  ticker=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  kill "$ticker" 2>/dev/null || true
  wait "$ticker" 2>/dev/null || true
  [[ ! -t 1 ]] || printf '\r\e[K'
  if ((status == 0)); then
    printf '%s: %sdone%s (%d s)\n' "$text" "$green" "$plain" $((SECONDS - start))
  else
    printf '%s: %sfailed%s (status %d). The end of %s:\n' "$text" "$red" "$plain" "$status" "$log"
    tail -n 40 -- "$log" | sed 's/^/    /'
  fi
  return "$status"
}
