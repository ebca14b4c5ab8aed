# shellcheck shell=bash
# The sidecar: worklist and MPPS, web pages, and what goes to the cloud.

sidecar_needed() { :; }

sidecar_after() { if [[ $store == postgres ]]; then echo postgres; fi; }

sidecar_ports() {
  local port
  for port in "${worklist_ports[@]}"; do printf '%s %s\n' "$port" "DICOM, worklist and MPPS (the sidecar)"; done
  printf '%s %s\n' "$web_port" "web, the sidecar" "$viewer_port" "web, the viewer (the sidecar)"
}

# run_sidecar ARGUMENT...: the built program, for its commands.
run_sidecar() { if [[ $sidecar == *.dll ]]; then dotnet "$sidecar" "$@"; else "$sidecar" "$@"; fi; }

sidecar_start() {
  # A gateway allocates little: without this .NET sizes its youngest generation by the processor's cache, 30 MB and more
  local -a run=("$sidecar") settings=(
    DOTNET_GCgen0size=0x400000
    ORTHANC_JSON="$data/run/config/orthanc.json"
    ORTHANC_URL="http://127.0.0.1:$http_port" ORTHANC_USERNAME="$orthanc_user" ORTHANC_PASSWORD="$orthanc_password" ORTHANC_PASSWORD_FILE=
    Web__Port="$web_port" Web__BindAddresses__0=127.0.0.1 Demo__Enabled="$demo"
    Viewer__Port="$viewer_port" Viewer__BindAddresses__0=127.0.0.1 Viewer__Folder="$root/artifacts/viewer")
  if [[ $lan == yes ]]; then settings+=(Dicom__BindAddresses__0=0.0.0.0); else settings+=(Dicom__BindAddresses__0=127.0.0.1); fi
  if [[ $store == postgres ]]; then
    (umask 077 && postgres_connection worklist >"$data/secrets/worklist")
    settings+=(Worklist__Postgres_FILE="$data/secrets/worklist")
  else
    settings+=(WORKLIST_DB_PATH="$data/worklist.db")
  fi
  if chosen cloud; then
    mapfile -t -O "${#settings[@]}" settings < <(cloud_relay_settings)
    settings+=(AZURE_RELAY_NAMESPACE="ws://localhost:$cloud_port")
  fi
  if [[ $demo_emr == yes ]]; then mapfile -t -O "${#settings[@]}" settings < <(demo_emr_settings "$data"); fi
  # Of a real system it is told who saw or changed what, unless somebody has said where
  if [[ $production == yes && -z ${Audit__Folder:-}${Audit__Syslog:-} ]] && ! grep -qs '^Audit__' "$root/.env"; then
    settings+=(Audit__Folder="$data/audit" Audit__KeepDays=365)
  fi
  [[ $sidecar != *.dll ]] || run=(dotnet "$sidecar")
  local -x "${settings[@]}"
  launch sidecar "${run[@]}"
}

sidecar_answers() {
  local port
  for port in "${worklist_ports[@]}"; do
    echo_dicom "$worklist_aet" "$port" || return 1
  done
  curl -fsS --max-time 10 "http://127.0.0.1:$web_port/health" >/dev/null || return 1
  # 503 is its page that says how to get a viewer, 401 asks for a sign-in
  [[ $(curl -sS --max-time 10 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$viewer_port/") =~ ^(200|401|503)$ ]]
}

sidecar_prepare() { :; }

sidecar_rows() {
  local port
  row "Viewer (OHIF)" "http://localhost:$viewer_port" "-" "-"
  row "Gateway's pages (sidecar)" "http://localhost:$web_port" "-" "-"
  for port in "${worklist_ports[@]}"; do row "Worklist and MPPS, DICOM" "localhost:$port" "$worklist_aet (any)" "-"; done
  [[ $demo_emr == no ]] || row "EMR (demo, SQLite)" "$data/emr.db" "-" "-"
}
