# shellcheck shell=bash
# Gets the OHIF viewer: the npm package as its makers built it, laid out by the sidecar. Sourced by compose/up, compose/viewer
# and tests/run. Needs say.sh and packages.sh, and $root.

# True if the package that package.json names is there.
viewer_is_fetched() {
  local wanted
  wanted=$(jq -r '.dependencies["@ohif/app"]' "$root/orthanc/ohif/package.json")
  [[ $(jq -r .version "$root/orthanc/ohif/node_modules/@ohif/app/package.json" 2>/dev/null) == "$wanted" ]]
}

# prepare_viewer LOG_FOLDER SIDECAR: status 1 if it cannot be had, which it has said; the rest of the system does without.
prepare_viewer() {
  local logs=$1 sidecar=$2
  local -a run=("$sidecar") packages=()
  [[ $sidecar != *.dll ]] || run=(dotnet "$sidecar")
  if ! viewer_is_fetched; then
    # npm may come with a newer node from elsewhere, which Debian's package would fight with
    command -v node >/dev/null || packages+=(nodejs)
    command -v npm >/dev/null || packages+=(npm)
    install_packages "$logs" "${packages[@]}"
    if ! step "Fetching the viewer (OHIF, 50 MB)" "$logs/viewer-npm.log" \
      npm ci --prefix "$root/orthanc/ohif" --ignore-scripts --no-audit --no-fund; then
      warn "The viewer could not be fetched with npm; everything else works. Later: compose/viewer"
      return 1
    fi
  fi
  if ! step "Laying the viewer out" "$logs/viewer.log" "${run[@]}" viewer prepare \
    --package "$root/orthanc/ohif/node_modules/@ohif/app" --app-config "$root/orthanc/ohif/app-config.js" --to "$root/artifacts/viewer"; then
    warn "The viewer could not be laid out; everything else works. Later: compose/viewer"
    return 1
  fi
}
