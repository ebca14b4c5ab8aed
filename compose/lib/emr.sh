# shellcheck shell=bash
# The demo EMR: a small SQLite database in the data folder, with the table of the EMR that Gantry started from, reached through ODBC as a
# hospital's is. Sourced by compose/up and compose/gantry, in the folder whose .env the sidecar reads. Reads $root.

# Does somebody's own EMR stand in the environment, in .env or in appsettings.json? It wins over the demo's.
own_emr() {
  local names='(EMR_SERVER|EMR_DSN|EmrSync__Server|EmrSync__Dsn)(_FILE)?'
  # Without -q, which would end env by a broken pipe
  env | grep -iE "^${names}=." >/dev/null ||
    grep -qisE "^[[:space:]]*(export[[:space:]]+)?${names}[[:space:]]*=[[:space:]]*[\"']?[^[:space:]\"'#]" "${GANTRY_ENV_FILE:-.env}" ||
    jq -e '.EmrSync | (.Dsn // .Server // "") != ""' appsettings.json >/dev/null 2>&1
}

# make_demo_emr FOLDER: the database, with orders for today. What is there is never changed.
make_demo_emr() {
  local part
  for part in schema seed; do
    sqlite3 -bail -cmd '.timeout 5000' "$1/emr.db" <"$root/compose/emr/sqlite/$part.sql" >/dev/null || return 1
  done
}

# demo_emr_settings FOLDER: the sidecar's settings for it. The driver is named by its library, so that nothing is registered on this machine.
demo_emr_settings() {
  local driver
  for driver in /usr/lib/*/odbc/libsqlite3odbc.so /usr/lib/odbc/libsqlite3odbc.so; do
    [[ ! -f $driver ]] || break
  done
  printf '%s\n' "EMR_DSN=Driver={$driver};Database=$1/emr.db;StepAPI=1;Timeout=5000" EmrSync__Preset=pcsinf-sqlite EmrSync__Schedule=00:01:00 \
    EmrSync__QueryMinimumAge=00:00:01
}
