# shellcheck shell=bash
# The archive: Debian's Orthanc with orthanc.json.

orthanc_needed() { :; }

orthanc_after() { if [[ $store == postgres ]]; then echo postgres; fi; }

orthanc_ports() {
  printf '%s %s\n' "$archive_port" "DICOM, the archive (Orthanc)" "$http_port" "web and REST, the archive (Orthanc)"
}

# Prints the program: Debian puts it where only root's PATH leads. ORTHANC_PROGRAM names another one.
orthanc_program() {
  PATH=$PATH:/usr/sbin command -v "${ORTHANC_PROGRAM:-Orthanc}" || fail 3 "The program Orthanc is missing (Debian package: orthanc)."
}

orthanc_start() {
  local program
  local -x GANTRY_POSTGRES_PASSWORD=''
  program=$(orthanc_program) || exit
  [[ $store != postgres ]] || GANTRY_POSTGRES_PASSWORD=$(<"$(secret gantry)")
  launch orthanc "$program" "$data/run/config"
}

orthanc_answers() {
  curl -fsS --max-time 5 -u "$orthanc_user:$orthanc_password" "http://127.0.0.1:$http_port/system" >/dev/null &&
    echo_dicom "$archive_aet" "$archive_port"
}

orthanc_prepare() { :; }

orthanc_rows() {
  # Terminals and logs are read by others: only a password that everybody knows is shown
  local shown=$orthanc_password
  [[ $demo == true && -z $orthanc_secret ]] || shown="see $data/run/config/orthanc.json"
  row "Archive, web and REST" "http://localhost:$http_port" "-" "$orthanc_user / $shown"
  row "Archive, DICOMweb" "http://localhost:$http_port/dicom-web/" "-" "$orthanc_user / $shown"
  row "Archive, DICOM" "localhost:$archive_port" "$archive_aet" "-"
}
