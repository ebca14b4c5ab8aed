# shellcheck shell=bash
# The cloud's web app with the embedded relay, and how the sidecar reaches it. It is there once its project is.

cloud_needed() { [[ -n $cloud || -e $root/cloud/Cloud/Gantry.Cloud.csproj ]]; }

cloud_after() { echo postgres; }

cloud_ports() { printf '%s %s\n' "$cloud_port" "web and relay, the cloud"; }

# What both ends of the relay must agree on; the key is drawn once.
cloud_relay_settings() {
  printf '%s\n' AZURE_RELAY_HYBRID_CONNECTION=gateway-actions AZURE_RELAY_EVENTS_HYBRID_CONNECTION=gateway-events \
    AZURE_RELAY_KEY_NAME=gantry "AZURE_RELAY_SHARED_ACCESS_KEY=$(<"$(secret relay)")"
}

cloud_start() {
  local -a run=("$cloud") settings
  mapfile -t settings < <(cloud_relay_settings)
  # Unpublished, it finds its pages' files beside its source
  settings+=(
    DOTNET_GCgen0size=0x400000 ASPNETCORE_CONTENTROOT="$root/cloud/Cloud" ASPNETCORE_URLS="http://127.0.0.1:$cloud_port"
    ConnectionStrings__Cloud="$(postgres_connection gantry_cloud)" Demo__Enabled="$demo"
    VIEWER_URL="http://localhost:$viewer_port/viewer?StudyInstanceUIDs=")
  if [[ $production == yes && -z ${CLOUD_AUDIT_FOLDER:-}${CLOUD_AUDIT_SYSLOG:-} ]]; then
    settings+=(CLOUD_AUDIT_FOLDER="$data/audit/cloud" CLOUD_AUDIT_KEEP_DAYS=365)
  fi
  [[ $cloud != *.dll ]] || run=(dotnet "$cloud")
  local -x "${settings[@]}"
  launch cloud "${run[@]}"
}

cloud_answers() { curl -fsS --max-time 10 "http://127.0.0.1:$cloud_port/health" >/dev/null; }

cloud_prepare() { :; }

# The users of demo mode, which cloud/Cloud/Accounts/FirstUsers.cs makes
cloud_rows() {
  if [[ $demo == true ]]; then
    row "Clinic's web app (cloud)" "http://localhost:$cloud_port" "-" "clinic@demo.test / gantry-demo-2026"
    row "  its administrator" "http://localhost:$cloud_port/admin" "-" "admin@demo.test / gantry-demo-2026"
  else
    row "Clinic's web app (cloud)" "http://localhost:$cloud_port" "-" "${CLOUD_ADMIN_EMAIL:--} / -"
  fi
}
