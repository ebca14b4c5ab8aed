# shellcheck shell=bash
# Gets the NHS design system's style sheet for the cloud's pages: an npm package as its makers built it. Sourced by compose/up
# and tests/run. Needs say.sh and packages.sh, and $root.

# True if the package that package.json names is there.
look_is_fetched() {
  local wanted
  wanted=$(jq -r '.dependencies["nhsuk-frontend"]' "$root/cloud/Cloud/package.json")
  [[ $(jq -r .version "$root/cloud/Cloud/node_modules/nhsuk-frontend/package.json" 2>/dev/null) == "$wanted" ]]
}

# prepare_look LOG_FOLDER: status 1 if it cannot be had, which it has said; the pages work without, and look plain.
prepare_look() {
  local logs=$1
  local -a packages=()
  if look_is_fetched; then return 0; fi
  # npm may come with a newer node from elsewhere, which Debian's package would fight with
  command -v node >/dev/null || packages+=(nodejs)
  command -v npm >/dev/null || packages+=(npm)
  install_packages "$logs" "${packages[@]}"
  if ! step "Fetching the style sheet of the clinic's pages" "$logs/look-npm.log" \
    npm ci --prefix "$root/cloud/Cloud" --ignore-scripts --no-audit --no-fund; then
    warn "The style sheet could not be fetched with npm; the clinic's pages look plain. Later: npm ci --prefix cloud/Cloud"
    return 1
  fi
}
