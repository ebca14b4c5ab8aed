# shellcheck shell=bash
# A Docker engine with Compose: the one that is there, or one that a script brings. Sourced by tests/run. Needs say.sh, packages.sh
# and $root.

# True where docker compose is, engine or not.
compose_is_there() { docker compose version >/dev/null 2>&1; }

engine_answers() { compose_is_there && docker version >/dev/null 2>&1; }

# The script that brings an engine when it is called with 'start' and ends it with 'stop'.
engine_script=${GANTRY_DOCKER_ENGINE:-$root/../shared/tools/docker-engine}
engine_is_ours=no

# prepare_engine LOG_FOLDER: ends with status 3 and a sentence if there is none to be had.
prepare_engine() {
  local logs=$1 program
  if engine_answers; then return 0; fi
  [[ -x $engine_script ]] || fail 3 "--compose needs a Docker engine with Compose, and none answers here." \
    "Start one (and see that 'docker compose version' and 'docker version' answer for $(id -un)), or let GANTRY_DOCKER_ENGINE name" \
    "a script that brings one when it is called with 'start' and ends it with 'stop'."
  step "Starting a Docker engine" "$logs/engine.log" as_root "$engine_script" start ||
    fail 3 "The engine did not start." "The whole output: $logs/engine.log"
  engine_is_ours=yes
  if ! engine_answers && [[ -s /run/docker.pid ]]; then
    # Its client may lie beside it, where no PATH leads
    program=$(as_root readlink -f "/proc/$(</run/docker.pid)/exe") || program=''
    [[ -z $program ]] || PATH=$(dirname -- "$program")/../bin:$PATH
  fi
  engine_answers || fail 3 "The engine was started, but 'docker version' or 'docker compose version' fails." "Its output: $logs/engine.log"
}

# An engine that was there before goes on.
release_engine() {
  [[ $engine_is_ours == no ]] || as_root "$engine_script" stop >/dev/null 2>&1 || true
}
