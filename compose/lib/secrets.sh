# shellcheck shell=bash
# Passwords by environment or by file, for the programs inside our images. Needs say.sh.

# secret_of NAME: prints the value of the variable NAME, or what stands in the file that NAME_FILE names; nothing if neither is set.
# Ends the script with a sentence if it cannot be had.
secret_of() {
  local name=$1 file=${1}_FILE
  if [[ -z ${!file:-} ]]; then
    printf '%s' "${!name:-}"
    return
  fi
  [[ -z ${!name:-} ]] || fail 78 "$name and $file are both set: take one of them away."
  [[ -f ${!file} ]] || fail 78 "$file names ${!file}, and there is no such file."
  [[ -r ${!file} ]] || fail 78 "$file names ${!file}, which $(id -un) (user $(id -u)) may not read: chmod 644 on the host; the folder above it keeps others out."
  [[ -s ${!file} ]] || fail 78 "$file names ${!file}, which is empty."
  printf '%s' "$(<"${!file}")"
}

# require_secret NAME WHAT: the same, and a sentence if there is none or everybody knows it, but in demo mode.
require_secret() {
  local name=$1 what=$2 value
  value=$(secret_of "$name") || exit
  [[ -n $value ]] || fail 78 "$name (or ${name}_FILE) is not set: $what."
  if [[ ${Demo__Enabled:-false} != [Tt]rue && $value =~ ^(orthanc|gantry|postgres|admin|password|changeme|gantry-demo.*)$ ]]; then
    fail 78 "Everybody knows this password, so only demo mode takes it: set $name (or ${name}_FILE) to one of your own."
  fi
  printf '%s' "$value"
}

# require_folder FOLDER WHAT: a sentence if it cannot be written to.
require_folder() {
  local folder=$1 what=$2
  [[ -d $folder && -w $folder && -x $folder ]] ||
    fail 73 "$what: $folder cannot be written to by $(id -un) (user $(id -u), group $(id -g))." \
      "Mount a volume there, or give the mounted folder to that user: chown -R $(id -u):$(id -g) FOLDER"
}
