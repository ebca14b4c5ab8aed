# shellcheck shell=bash
# Makes the configurations that run, from orthanc.json and orthanc/*.json with the ports moved and the folders put in.
# Sourced by compose/up. Needs orthanc-json.sh. Reads $root, $orthanc_json, $data, $offset, $lan, $store. read_configuration sets
# all that services ask for.

# May this script listen below 1024? Root may, and whoever has the capability CAP_NET_BIND_SERVICE (number 10).
may_bind() {
  local port=$1 first capabilities
  first=$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start 2>/dev/null || echo 1024)
  capabilities=$(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status)
  ((port >= first || (16#$capabilities >> 10) & 1))
}

# choose_orthanc_user: the archive's user by ORTHANC_USERNAME and ORTHANC_PASSWORD or ORTHANC_PASSWORD_FILE; without them the one of
# orthanc.json, and with --production one whose password is drawn. Sets orthanc_secret, a file that holds the password, or ''.
choose_orthanc_user() {
  orthanc_secret=''
  if [[ -n ${ORTHANC_PASSWORD:-} && -n ${ORTHANC_PASSWORD_FILE:-} ]]; then
    fail 2 "ORTHANC_PASSWORD and ORTHANC_PASSWORD_FILE are both set: take one of them away."
  elif [[ -n ${ORTHANC_PASSWORD_FILE:-} ]]; then
    [[ -f $ORTHANC_PASSWORD_FILE && -r $ORTHANC_PASSWORD_FILE && -s $ORTHANC_PASSWORD_FILE ]] ||
      fail 2 "ORTHANC_PASSWORD_FILE is $ORTHANC_PASSWORD_FILE, which is no file that can be read, or is empty."
    orthanc_secret=$data/secrets/orthanc-given
    (umask 077 && cat -- "$ORTHANC_PASSWORD_FILE" >"$orthanc_secret")
  elif [[ -n ${ORTHANC_PASSWORD:-} ]]; then
    orthanc_secret=$data/secrets/orthanc-given
    (umask 077 && printf '%s\n' "$ORTHANC_PASSWORD" >"$orthanc_secret")
  elif [[ $production == yes ]]; then
    orthanc_secret=$(secret orthanc)
  fi
  if [[ $production == yes ]]; then
    [[ ! $(<"$orthanc_secret") =~ ^(orthanc|admin|password|changeme|gantry-demo.*)$ ]] ||
      fail 2 "Everybody knows this password of the archive: set ORTHANC_PASSWORD (or ORTHANC_PASSWORD_FILE) to one of your own."
  fi
}

# Writes $data/run/config: orthanc.json (the archive and the sidecar read it) and, without --lan, loopback.json (only the
# archive does), and $data/run/modality: orthanc.json of the simulator. Orthanc refuses two files that both name a key, so
# nothing can be laid over orthanc.json: a copy is made. Names of files are as beside orthanc.json; those of TLS become absolute.
write_configuration() {
  local folder=$data/run/config archive=$data/run/archive.json modality=$data/run/modality.json database=null moves plugins
  local -a scripts=("$root/orthanc/new-instance.lua")
  local modality_http tls
  # The configurations hold passwords
  local -r mask=$(umask)
  choose_orthanc_user
  umask 077
  mkdir -p -- "$folder" "$data/run/modality" "$data/orthanc" "$data/modality"
  rm -f -- "$folder"/*.json "$data/run/modality"/*.json
  without_comments "$orthanc_json" >"$archive"
  without_comments "$root/orthanc/modality.json" >"$modality"
  tls=$(jq -r '.DicomTlsEnabled // false' "$archive")
  if [[ $store == postgres ]]; then database=$(without_comments "$root/orthanc/postgresql.json") || exit; fi
  if [[ $lan == no ]]; then
    scripts+=("$root/orthanc/loopback.lua")
    cp -- "$root/orthanc/loopback.json" "$folder/loopback.json"
  fi
  cp -- "$root/orthanc/loopback.json" "$data/run/modality/loopback.json"
  modality_http=$(jq '.HttpPort' "$modality")
  may_bind $((modality_http + offset)) || modality_http=8880
  # What no configuration of Orthanc says; kept for --status
  printf '%s\n' $((8043 + offset)) $((5442 + offset)) $((8000 + offset)) $((3000 + offset)) >"$data/run/ports"
  write_ohif_links "$root/orthanc/ohif-links/index.html" "$data/run/ohif" $((3000 + offset))
  plugins=$(installed_plugins)
  # shellcheck disable=SC2016 # $names are jq's
  moves=$(jq -n --argjson offset "$offset" --slurpfile archive "$archive" --slurpfile modality "$modality" \
    '[$archive[0].DicomPort, $archive[0].DicomPortMPPS, $modality[0].DicomPort] | flatten
     | map(select(. != null) | {(tostring): {Port: (. + $offset)}}) | add')
  # shellcheck disable=SC2016 # $names are jq's
  jq --argjson offset "$offset" --argjson moves "$moves" --argjson plugins "$plugins" --argjson database "$database" \
    --arg tls "$tls" --arg postgres "$((5442 + offset))" --rawfile password "${orthanc_secret:-/dev/null}" --arg user "${ORTHANC_USERNAME:-}" \
    --arg hook "http://127.0.0.1:$((8043 + offset))/api/orthanc/new-instance" --arg links "$data/run/ohif" --arg store "$data/orthanc" --arg beside "$(dirname -- "$orthanc_json")" \
    "$adjusting"'
     ($ARGS.positional) as $scripts
     | .DicomPort += $offset | .HttpPort += $offset
     | .DicomPortMPPS |= (if type == "array" then map(. + $offset) else . + $offset end)
     | reduce ("DicomTlsCertificate", "DicomTlsPrivateKey", "DicomTlsTrustedCertificates", "SslCertificate") as $key (.;
         if (.[$key] // "/") | startswith("/") then . else .[$key] = $beside + "/" + .[$key] end)
     | ($password | sub("[\r\n]+$"; "")) as $given
     | if $given == "" then . else .RegisteredUsers = {(if $user == "" then "gantry" else $user end): $given} end
     | .StorageDirectory = $store | .IndexDirectory = $store
     | .LuaScripts = (.LuaScripts // []) + $scripts | .Gantry.WebHook = $hook | ohif_links_in($links)
     | if $database == null then . else .Plugins += $database.Plugins
         | .PostgreSQL = ($database.PostgreSQL | .Port = ($postgres | tonumber)) end
     | adjusted' --args -- "${scripts[@]}" <"$archive" >"$folder/orthanc.json"
  # shellcheck disable=SC2016 # $names are jq's
  jq --argjson offset "$offset" --argjson moves "$moves" --argjson plugins "$plugins" --argjson http "$modality_http" \
    --arg tls "$tls" --arg store "$data/modality" --slurpfile archive "$folder/orthanc.json" \
    "$adjusting"'
     .DicomPort += $offset | .HttpPort = $http + $offset
     | .StorageDirectory = $store | .IndexDirectory = $store | .LuaScripts = $ARGS.positional
     | . + ($archive[0] | with_entries(select(.key | startswith("DicomTls"))))
     | adjusted' --args -- "$root/orthanc/loopback.lua" <"$modality" >"$data/run/modality/orthanc.json"
  umask "$mask"
  require_dicom_tls "$folder/orthanc.json" 2
}

read_configuration() {
  local file=$data/run/config/orthanc.json modality=$data/run/modality/orthanc.json
  { read -r web_port && read -r postgres_port && read -r cloud_port && read -r viewer_port; } <"$data/run/ports"
  mapfile -t worklist_ports < <(jq -r '[.DicomPortMPPS] | flatten | .[]' "$file")
  # A line each
  {
    read -r archive_port && read -r http_port && read -r archive_aet && read -r worklist_aet && read -r orthanc_user &&
      read -r orthanc_password && read -r dicom_tls && read -r tls_certificate && read -r tls_key && read -r tls_trusted
  } < <(jq -r '.DicomPort, .HttpPort, .DicomAet, .MPPSAet, (.RegisteredUsers | keys[0], .[keys[0]]), .DicomTlsEnabled // false,
               .DicomTlsCertificate // "", .DicomTlsPrivateKey // "", .DicomTlsTrustedCertificates // ""' "$file")
  {
    read -r modality_port && read -r modality_http_port && read -r modality_aet && read -r modality_user && read -r modality_password
  } < <(jq -r '.DicomPort, .HttpPort, .DicomAet, (.RegisteredUsers | keys[0], .[keys[0]])' "$modality")
}

# echo_dicom AET PORT: a C-ECHO to one of ours, by TLS if they speak it, with the certificate they have themselves. Whose
# certificate answers does not matter here: the name in it need not be this machine's.
echo_dicom() {
  local -a tls=()
  if [[ $dicom_tls == true ]]; then tls=(+tls "$tls_key" "$tls_certificate" -ic); fi
  echoscu -to 5 -ta 5 "${tls[@]}" -aec "$1" 127.0.0.1 "$2"
}

# secret NAME: prints the path of a file with a password that was drawn once and stays in the data folder.
secret() {
  local file=$data/secrets/$1
  [[ -s $file ]] || (umask 077 && head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"$file")
  printf '%s\n' "$file"
}
