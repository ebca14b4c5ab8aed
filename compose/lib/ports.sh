# shellcheck shell=bash
# Which ports are taken, and by whom. Sourced by compose/up. Needs services.sh.

# Prints who listens on a port: "Orthanc (process 123, user orthanc: /usr/sbin/Orthanc ...)"; nothing if nobody does.
listener_of() {
  local port=$1 line found pid name
  line=$(ss -ltnpH "sport = :$port" 2>/dev/null | head -n 1) || true
  [[ -n $line ]] || return 0
  if [[ $line != *'users:'* ]] && ((EUID != 0)) && command -v sudo >/dev/null; then
    # Only root sees the processes of others; without a password at hand we go without
    found=$(sudo -n ss -ltnpH "sport = :$port" 2>/dev/null | head -n 1) || true
    [[ -z $found ]] || line=$found
  fi
  if [[ $line =~ users:\(\(\"([^\"]*)\",pid=([0-9]+) ]]; then
    name=${BASH_REMATCH[1]} pid=${BASH_REMATCH[2]}
    printf '%s (process %s, user %s: %s)\n' "$name" "$pid" "$(ps -o user= -p "$pid" 2>/dev/null || echo '?')" \
      "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | cut -c1-100 || true)"
  else
    printf 'a process of another user (as root, "ss -ltnp" names it)\n'
  fi
}

# Ends with status 4, naming every port that is taken and by whom.
require_free_ports() {
  local port use owner service
  local -a taken=()
  while read -r port use; do
    ((port > 0 && port < 65536)) || fail 2 "Port $port is out of range ($use): choose another --port-offset."
    owner=$(listener_of "$port")
    [[ -z $owner ]] || taken+=("port $port, $use: taken by $owner")
  done < <(for service in "${services[@]}"; do of "$service" ports; done)
  ((${#taken[@]} == 0)) || fail 4 "Ports that Gantry needs are taken; nothing was started." "${taken[@]}" \
    "Stop what holds them (Debian's own Orthanc: systemctl stop orthanc), or move all ports: compose/up --port-offset 10000"
}
