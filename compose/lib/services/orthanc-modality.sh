# shellcheck shell=bash
# The modality simulator: a second Orthanc with orthanc/modality.json.

orthanc_modality_needed() { :; }

orthanc_modality_after() { :; }

orthanc_modality_ports() {
  printf '%s %s\n' "$modality_http_port" "web and REST, the modality simulator" "$modality_port" "DICOM, the modality simulator"
}

orthanc_modality_start() {
  local program
  program=$(orthanc_program) || exit
  launch orthanc-modality "$program" "$data/run/modality"
}

orthanc_modality_answers() {
  curl -fsS --max-time 5 -u "$modality_user:$modality_password" "http://127.0.0.1:$modality_http_port/system" >/dev/null &&
    echo_dicom "$modality_aet" "$modality_port"
}

# At its first start it gets something to send. Without it it works all the same.
orthanc_modality_prepare() {
  local mark=$data/modality/filled
  local -a tls=()
  [[ ! -e $mark ]] || return 0
  if [[ $dicom_tls == true ]]; then tls=(--tls --tls-ca "$tls_trusted" --tls-cert "$tls_certificate" --tls-key "$tls_key"); fi
  # With no more than the eyes need: it is drawn while everything else starts too
  if run_sidecar dicom-send -H localhost -p "$modality_port" -a "$modality_aet" --images 5 --columns 512 "${tls[@]}"; then : >"$mark"; fi
}

orthanc_modality_rows() {
  row "Modality simulator, web" "http://localhost:$modality_http_port" "-" "$modality_user / $modality_password"
  row "Modality simulator, DICOM" "localhost:$modality_port" "$modality_aet" "-"
}
