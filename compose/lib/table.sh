# shellcheck shell=bash
# What a person gets to see once everything answers. Sourced by compose/up.

row() { printf '  %-26s %-36s %-16s %s\n' "$@"; }

show_table() {
  local name where=127.0.0.1 query='SELECT accession_number, patient_name, scheduled_time, status FROM worklist_items;'
  [[ $lan == no ]] || where='all addresses'
  say ""
  say "${bold}Gantry is running.${plain} Every line below has answered."
  say ""
  say "${bold}Open first:${plain} http://localhost:$(chosen cloud && echo "$cloud_port" || echo "$web_port")"
  say ""
  row "WHAT" "ADDRESS" "AE TITLE" "USER / PASSWORD"
  for name in cloud sidecar orthanc orthanc-modality postgres; do
    ! chosen "$name" || of "$name" rows
  done
  say ""
  say "${bold}Try${plain}"
  say "  echoscu localhost ${worklist_ports[-1]} -aec ORTHANC_MWL"
  say "  findscu -v -W -k \"PatientName=\" localhost ${worklist_ports[0]}"
  say "  findscu -v -W -k \"(0040,0100)[0].Modality=MR\" localhost ${worklist_ports[0]}"
  say "  findscu -v -W -k \"AccessionNumber=4567\" localhost ${worklist_ports[0]}"
  say "  storescu localhost $archive_port image.dcm"
  say "  curl -u $orthanc_user$([[ $demo == false || -n $orthanc_secret ]] || printf ':%s' "$orthanc_password") http://localhost:$http_port/studies"
  say "  curl http://localhost:$web_port/health"
  if [[ $demo_emr == yes ]]; then
    say "  $([[ $data == "$root/.data" ]] || printf 'GANTRY_DATA=%q ' "$data")compose/gantry emr demo   # orders come, change and go; watch http://localhost:$web_port/emr"
  fi
  if chosen orthanc-modality; then
    say "  curl -u $modality_user:$modality_password http://localhost:$modality_http_port/modalities/worklists/find-worklist -d '{\"PatientName\":\"\"}'"
  fi
  if [[ $store == postgres ]]; then
    say "  PGPASSWORD=\$(cat $(printf '%q' "$data/secrets/gantry")) psql -h localhost -p $postgres_port -U gantry worklist -c \"$query\""
  else
    say "  sqlite3 $(printf '%q' "$data/worklist.db") \"$query\""
  fi
  say ""
  say "Data:      $data"
  if chosen orthanc-modality && ((modality_http_port == 8880 + offset)); then
    say "           The modality simulator is on port $modality_http_port: ports below 1024 take root."
  fi
  say "Listening: worklist and MPPS on $where; web pages and REST on 127.0.0.1 only."
  if [[ $lan == no ]]; then
    say "           Orthanc's DICOM port cannot be bound to one address: it is open, but takes images from this"
    say "           machine alone and answers queries of listed titles alone (a C-ECHO is answered to anybody)."
  else
    say "           Orthanc's DICOM port takes images from anybody who can reach it."
    [[ $demo == false ]] || say "           ${bold}This is demo data and a public password: no patient data here.${plain}"
  fi
}
