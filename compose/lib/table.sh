# shellcheck shell=bash
# What a person gets to see once everything answers. Sourced by compose/up.

row() { printf '  %-26s %-36s %-16s %s\n' "$@"; }

show_table() {
  local port where=127.0.0.1
  [[ $lan == no ]] || where='all addresses'
  say ""
  say "${bold}Gantry is running.${plain} Every line below has answered."
  say ""
  row "WHAT" "ADDRESS" "AE TITLE" "USER / PASSWORD"
  row "Archive, DICOM" "localhost:$archive_port" "$archive_aet" "-"
  row "Archive, web and REST" "http://localhost:$http_port" "-" "$orthanc_user / $orthanc_password"
  row "Archive, DICOMweb" "http://localhost:$http_port/dicom-web/" "-" "$orthanc_user / $orthanc_password"
  for port in "${worklist_ports[@]}"; do row "Worklist and MPPS, DICOM" "localhost:$port" "$worklist_aet (any)" "-"; done
  row "Sidecar, web" "http://localhost:$web_port" "-" "-"
  row "Viewer (OHIF)" "http://localhost:$((3000 + offset))" "-" "-"
  say ""
  say "${bold}Try${plain}"
  say "  echoscu localhost ${worklist_ports[-1]} -aec ORTHANC_MWL"
  say "  findscu -v -W -k \"PatientName=\" localhost ${worklist_ports[0]}"
  say "  findscu -v -W -k \"(0040,0100)[0].Modality=MR\" localhost ${worklist_ports[0]}"
  say "  findscu -v -W -k \"AccessionNumber=4567\" localhost ${worklist_ports[0]}"
  say "  storescu localhost $archive_port image.dcm"
  say "  curl -u $orthanc_user:$orthanc_password http://localhost:$http_port/studies"
  say "  curl http://localhost:$web_port/health"
  say "  sqlite3 $(printf '%q' "$data/worklist.db") \"SELECT accession_number, patient_name, scheduled_time, status FROM worklist_items;\""
  say ""
  say "Data:      $data"
  say "Listening: worklist and MPPS on $where; web pages and REST on 127.0.0.1 only."
  if [[ $lan == no ]]; then
    say "           Orthanc's DICOM port cannot be bound to one address: it is open, but takes images from this"
    say "           machine alone and answers queries of listed titles alone (a C-ECHO is answered to anybody)."
  else
    say "           Orthanc's DICOM port takes images from anybody who can reach it."
    say "           ${bold}This is demo data and a public password: no patient data here.${plain}"
  fi
}
