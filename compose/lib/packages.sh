# shellcheck shell=bash
# Which Debian packages are needed, and how they get here. Sourced by compose/up and tests/run. Needs say.sh.

# To run the system
run_packages=(orthanc orthanc-dicomweb libopenjp2-tools dcmtk libsqlite3-0 sqlite3 curl ca-certificates jq iproute2 procps unixodbc libsqliteodbc)

# For a PostgreSQL of our own, and for Orthanc to use it
# shellcheck disable=SC2034 # compose/up uses them
postgres_packages=(postgresql) orthanc_postgres_packages=(orthanc-postgresql)

# To test it: peers that others wrote, validators, a real PostgreSQL, ODBC drivers,
# a C++ compiler for the load client, checks of scripts
# shellcheck disable=SC2034 # tests/run uses it
test_packages=("${run_packages[@]}" "${postgres_packages[@]}" "${orthanc_postgres_packages[@]}" sudo libdcmtk-dev dicom3tools libgdcm-tools odbc-postgresql tdsodbc chromium g++ make openssl shellcheck git systemd)

# Prints those of the given packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
  done
}

# Runs a command as root. Asks for the password beforehand (see install_packages), never in the middle.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n -- "$@"; fi
}

# apt-get update on a fresh machine: package lists may be absent, and networks hiccup.
refresh_package_lists() {
  local attempt
  for attempt in 1 2 3; do
    as_root apt-get -q -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 update && return 0
    echo "apt-get update failed (attempt $attempt of 3)"
    sleep $((attempt * 3))
  done
  return 1
}

# Installs packages without starting the services they bring: Debian starts orthanc and postgresql at once otherwise, and
# that Orthanc takes the ports 8042 and 4242. A policy-rc.d that says no is Debian's own way to ask for that.
apt_install() {
  local policy=/usr/sbin/policy-rc.d ours=no status=0
  if [[ ! -e $policy ]]; then
    # shellcheck disable=SC2016 # the text is a script of its own
    as_root sh -c 'printf "#!/bin/sh\nexit 101\n" >"$1" && chmod 755 "$1"' sh "$policy" && ours=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l \
    apt-get -q -y --no-install-recommends -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 install "$@" || status=$?
  [[ $ours == no ]] || as_root rm -f "$policy"
  return "$status"
}

# install_packages LOG_FOLDER PACKAGE...: installs what is missing of the given packages, and says what it does.
install_packages() {
  local logs=$1 missing service
  shift
  command -v apt-get >/dev/null || fail 3 "This is not a Debian system: apt-get is missing." \
    "Install these by hand, or use a Debian bookworm or trixie machine: $*"
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} > 0)) || return 0
  say "Missing Debian packages: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail 3 "Installing packages needs root, and sudo is not there." \
      "As root: apt-get update && apt-get install ${missing[*]}"
    sudo -v || fail 3 "sudo did not let us in." "As root: apt-get update && apt-get install ${missing[*]}"
  fi
  step "Reading the package lists" "$logs/apt-update.log" refresh_package_lists ||
    warn "The package lists could not be refreshed; trying with those at hand."
  step "Installing ${#missing[@]} packages" "$logs/apt-install.log" apt_install "${missing[@]}" ||
    fail 3 "Not everything could be installed: ${missing[*]}" "The whole output: $logs/apt-install.log"
  for service in orthanc postgresql; do
    [[ " ${missing[*]} " == *" $service "* && -d /run/systemd/system ]] || continue
    as_root systemctl disable --now "$service" >/dev/null 2>&1 || true
    say "Debian's service '$service' came with the package; it is switched off (back on: systemctl enable --now $service)."
  done
}

# require_dotnet ROOT: puts a .NET SDK that can build ROOT first in PATH.
require_dotnet() {
  local root=$1 folder wanted version
  # The SDK needs libicu otherwise, which a bare Debian lacks; Gantry itself never needs it
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /opt/dotnet; do
    command -v dotnet >/dev/null && break
    [[ -z $folder || ! -x $folder/dotnet ]] || export PATH="$folder:$PATH" DOTNET_ROOT="$folder"
  done
  wanted=$(sed -n 's/.*"version": *"\([0-9]*\.[0-9]*\).*/\1/p' "$root/global.json")
  command -v dotnet >/dev/null || fail 3 "The .NET SDK $wanted is missing." \
    "How to get it: https://learn.microsoft.com/dotnet/core/install/linux-debian"
  version=$(cd -- "$root" && dotnet --version 2>&1) || fail 3 "No .NET SDK that fits global.json (wanted: $wanted):" "$version"
}
