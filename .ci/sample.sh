# When `run` puts a sample customer into the default storage, and how. Sourced.
# shellcheck shell=bash

# uses_default_storage serve [OPTION...]: whether neither the options nor the environment choose a
# storage or a database. A configuration file may, and is somebody's own work in any case.
uses_default_storage() {
  [ "${1:-}" = serve ] || return 1
  [ -z "${!MEDIADOCK_STORAGE_*}${!MEDIADOCK_RECORDS_*}${!NEXTCLOUD_*}" ] || return 1
  local argument
  for argument in "${@:2}"; do
    case "${argument#--set=}" in
      --config | --config=* | storage.* | records.*) return 1 ;;
    esac
  done
}

# fill_sample FILL_SCRIPT HOST: where var/ is new, puts a sample customer in. Continues one that was
# interrupted. The host that it fills through has its defaults, whatever the one to come is to have.
fill_sample() {
  local note=var/sample-customer variable
  if [ -e "$note" ]; then
    [ "$(cat "$note")" != filled ] || return 0
  elif [ -e var/mediadock.db ] || [ -e var/media ]; then
    return 0
  fi
  say "filling the sample customer"
  mkdir -p var
  echo begun >"$note"
  if (
    for variable in "${!MEDIADOCK_@}"; do unset "$variable"; done
    node "$1" var/media "$2"
  ); then
    echo filled >"$note"
  else
    say "the sample customer is incomplete; the next start continues it"
  fi
}
