# shellcheck shell=bash
# Makes the configuration that runs: orthanc.json with the ports moved and the folders put in. Sourced by compose/up.
# Reads $root, $data, $offset, $lan. Sets the $..._port variables, $web_port, $archive_aet and $worklist_aet.

# Orthanc refuses two files that both name a key, so nothing can be laid over orthanc.json; and Orthanc takes comments
# in JSON where jq does not. Strings are passed over, so that "http://..." stays whole.
without_comments() {
  perl -0pe 's{("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/}{defined $1 ? $1 : " "}gse' -- "$1"
}

# Both programs take names of files as beside their configuration, which is elsewhere now: those of TLS become absolute.
# Writes $data/run/config: orthanc.json (both programs read it) and, without --lan, loopback.json (only Orthanc does).
write_configuration() {
  local folder=$data/run/config store=$data/orthanc
  local -a scripts=()
  mkdir -p -- "$folder" "$store"
  rm -f -- "$folder"/*.json
  # Not in orthanc.json, which is Orthanc's; kept for --status
  printf '%s\n' $((8043 + offset)) >"$data/run/web-port"
  if [[ $lan == no ]]; then
    scripts=("$root/orthanc/loopback.lua")
    cp -- "$root/orthanc/loopback.json" "$folder/loopback.json"
  fi
  # shellcheck disable=SC2016 # $names are jq's
  without_comments "$root/orthanc.json" | jq --argjson offset "$offset" --arg store "$store" --arg root "$root" \
    '($ARGS.positional) as $scripts
     | ([.DicomPortMPPS] | flatten) as $ports | .MPPSAet as $aet
     | .DicomPort += $offset | .HttpPort += $offset
     | .DicomPortMPPS |= (if type == "array" then map(. + $offset) else . + $offset end)
     | .DicomModalities |= map_values(
         if type == "array" and .[0] == $aet and (.[2] as $port | any($ports[]; . == $port)) then .[2] += $offset else . end)
     | reduce ("DicomTlsCertificate", "DicomTlsPrivateKey", "DicomTlsTrustedCertificates", "SslCertificate") as $key (.;
         if (.[$key] // "/") | startswith("/") then . else .[$key] = $root + "/" + .[$key] end)
     | .StorageDirectory = $store | .IndexDirectory = $store
     | .LuaScripts = (.LuaScripts // []) + $scripts' --args -- "${scripts[@]}" >"$folder/orthanc.json" ||
    fail 2 "$root/orthanc.json cannot be read as JSON (comments are fine); what is wrong stands above."
}

read_configuration() {
  local file=$data/run/config/orthanc.json
  archive_port=$(jq -r '.DicomPort' "$file")
  http_port=$(jq -r '.HttpPort' "$file")
  mapfile -t worklist_ports < <(jq -r '[.DicomPortMPPS] | flatten | .[]' "$file")
  archive_aet=$(jq -r '.DicomAet' "$file")
  worklist_aet=$(jq -r '.MPPSAet' "$file")
  orthanc_user=$(jq -r '.RegisteredUsers | keys[0]' "$file")
  orthanc_password=$(jq -r '.RegisteredUsers[(.RegisteredUsers | keys[0])]' "$file")
  web_port=$(<"$data/run/web-port")
}

# Prints "PORT USE" for every port we are about to open.
ports_in_use_by_us() {
  local port
  printf '%s %s\n' "$archive_port" "DICOM, the archive (Orthanc)" "$http_port" "web and REST, the archive (Orthanc)"
  for port in "${worklist_ports[@]}"; do printf '%s %s\n' "$port" "DICOM, worklist and MPPS (the sidecar)"; done
  printf '%s %s\n' "$web_port" "web, the sidecar"
}

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
  local port use owner
  local -a taken=()
  while read -r port use; do
    ((port > 0 && port < 65536)) || fail 2 "Port $port is out of range ($use): choose another --port-offset."
    owner=$(listener_of "$port")
    [[ -z $owner ]] || taken+=("port $port, $use: taken by $owner")
  done < <(ports_in_use_by_us)
  ((${#taken[@]} == 0)) || fail 4 "Ports that Gantry needs are taken; nothing was started." "${taken[@]}" \
    "Stop what holds them (Debian's own Orthanc: systemctl stop orthanc), or move all ports: compose/up --port-offset 10000"
}
