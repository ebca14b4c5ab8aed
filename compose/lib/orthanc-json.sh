# shellcheck shell=bash
# How a configuration of Orthanc that stands in this repository becomes the one that runs, on a machine (configuration.sh) and in
# a container (images/orthanc/start). Needs say.sh.

# jq does not take comments in JSON, where Orthanc does. Strings are passed over, so that "http://..." stays whole.
without_comments() {
  perl -0pe 's{("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/}{defined $1 ? $1 : " "}gse' -- "$1" | jq . ||
    fail 2 "$1 cannot be read as JSON (comments are fine); what is wrong stands above."
}

# The pages of OHIF that links lead to; 'if' is /ohif/ itself, and orthanc.json tells how.
ohif_pages='if index.html viewer segmentation tmtv microscopy dynamic-volume preclinical-4d usAnnotation basic-dev basic-test'

# The same for both Orthancs: every entry of DicomModalities that means one of ours goes where $moves says ({"PORT": {Host, Port}},
# Host if it changes), and speaks TLS if they do; plugins are where this Debian has them. Our page for OHIF's links is served from $folder;
# the plugin takes all that follows the last dot of the whole path for the ending of a page's name.
# shellcheck disable=SC2016,SC2034 # $names are jq's; used by those who source this
adjusting='
  def local: . == "127.0.0.1" or . == "localhost" or . == "::1";
  def modality: (if type == "array" then {AET: .[0], Host: .[1], Port: .[2]} else . end) as $entry
    | $moves[$entry.Port | tostring] as $move
    | if ($entry.Host | local | not) or $move == null then .
      elif $tls == "true" then $entry + $move + (if $entry | has("UseDicomTls") then {} else {UseDicomTls: true} end)
      elif type == "array" then .[1] = ($move.Host // .[1]) | .[2] = $move.Port
      else . + $move end;
  def plugin: . as $path | split("/")[-1] | $plugins[.] // $path;
  def ending: if contains(".") then split(".")[-1] | ascii_downcase else "" end;
  def ohif_links_in($folder): if any(.ServeFolders.Folders[]?; . == "orthanc/ohif-links") | not then . else
    (.ServeFolders.Folders[] | select(. == "orthanc/ohif-links")) = $folder
    | reduce ("'"$ohif_pages"'" | split(" ")[]) as $page (.; .ServeFolders.Extensions["\($folder)/\($page)" | ending] = "text/html") end;
  def adjusted: .DicomModalities |= map_values(modality) | .Plugins |= map(plugin);'

# Prints {"NAME.so": "PATH"}: 1.12 may have its plugins elsewhere than 1.10. ORTHANC_PLUGINS names one more folder.
installed_plugins() {
  # A folder that is not there makes find fail, having shown the others
  { find -L ${ORTHANC_PLUGINS:+"$ORTHANC_PLUGINS"} /usr/share/orthanc/plugins /usr/lib/orthanc/plugins \
    -maxdepth 1 -name '*.so' 2>/dev/null || true; } | jq -R . | jq -s 'reverse | map({(split("/")[-1]): .}) | add // {}'
}

# write_ohif_links FROM FOLDER PORT: OHIF's pages where Orthanc serves them, each a way to the viewer on PORT.
write_ohif_links() {
  local from=$1 folder=$2 port=$3 page
  mkdir -p -- "$folder"
  for page in $ohif_pages; do
    sed "s/3000/$port/g" "$from" >"$folder/$page"
  done
}

# can_read FILE: whether the user of Orthanc may, $orthanc_user where that is somebody else than who asks.
can_read() {
  if [[ ${orthanc_user:-} ]]; then runuser -u "$orthanc_user" -- test -f "$1" -a -r "$1"; else [[ -f $1 && -r $1 ]]; fi
}

# require_dicom_tls FILE STATUS [HINT]: where this configuration of Orthanc wants TLS, its files must be such that Orthanc and the sidecar
# can use them; Orthanc says it in the middle of a page of other lines, and a number. HINT is said of a file that cannot be read.
require_dicom_tls() {
  local file=$1 status=$2 hint=("${@:3}") reader=${orthanc_user:-$(id -un)} key path certificate='' private=''
  [[ $(jq -r '.DicomTlsEnabled // false' "$file") == true ]] || return 0
  for key in DicomTlsCertificate DicomTlsPrivateKey DicomTlsTrustedCertificates; do
    path=$(jq -r --arg key "$key" '.[$key] // ""' "$file")
    [[ -n $path || $key == DicomTlsTrustedCertificates ]] || fail "$status" "DicomTlsEnabled is true in orthanc.json, but $key is not set."
    [[ -n $path ]] || continue
    can_read "$path" || fail "$status" "$key of orthanc.json means $path, which is no file that $reader (user $(id -u "$reader")) can read." "${hint[@]}"
    case $key in
      DicomTlsPrivateKey)
        private=$path
        grep -q 'BEGIN .*PRIVATE KEY' -- "$path" || fail "$status" "$key of orthanc.json means $path, which holds no private key in PEM form." ;;
      *)
        [[ $key != DicomTlsCertificate ]] || certificate=$path
        grep -q 'BEGIN CERTIFICATE' -- "$path" || fail "$status" "$key of orthanc.json means $path, which holds no certificate in PEM form." ;;
    esac
  done
  command -v openssl >/dev/null || return 0
  [[ $(openssl x509 -in "$certificate" -noout -pubkey 2>/dev/null) == "$(openssl pkey -in "$private" -pubout -passin pass: 2>/dev/null)" ]] ||
    fail "$status" "The private key $private (DicomTlsPrivateKey) is not that of the certificate $certificate (DicomTlsCertificate)."
}
