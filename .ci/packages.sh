# The Debian packages that `run`, `test` and `tests/bench/run` need, how they are installed, and how a
# preset is configured and built. Sourced by all.
# shellcheck shell=bash disable=SC2034

readonly run_packages=(
  g++ cmake ninja-build ccache mold
  libboost-dev libpoco-dev libssl-dev libexpat1-dev zlib1g-dev libunistring-dev libmagic-dev
  libxxhash-dev
  # For thumbnails.
  libvips-dev libseccomp-dev pkg-config
  ca-certificates
  # For the Media tab, and for the pictures of its sample customer.
  nodejs libvips-tools
)

readonly test_packages=(
  "${run_packages[@]}"
  libgtest-dev libgmock-dev
  # What media types are called, for a test of our list.
  shared-mime-info
  # The binary alone: the package apache2 would start a server.
  apache2-bin
  nginx libnginx-mod-http-dav-ext
  lighttpd lighttpd-mod-webdav rclone
  curl openssl slowhttptest
  # For systemd-analyze, which judges the unit of examples/config.
  systemd
  # For the fuzzers, and the test of the format.
  clang libclang-rt-14-dev clang-format-14
  # For the tests in a browser.
  chromium
  # For the benchmarks, of which the tests run the shortest.
  libbenchmark-dev wrk python3 strace
)

readonly tidy_packages=(
  "${run_packages[@]}"
  clang-tidy-14 python3
)

readonly bench_packages=(
  "${test_packages[@]}"
  python3-fastapi python3-httpx python3-multipart python3-uvicorn
  linux-perf
)

say() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    say "this needs root: $*"
    say "run it as root or install sudo"
    return 1
  fi
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Installs those of the packages that are missing. No server that comes with one is started or
# left to start at the next boot: it could take a port that this machine uses otherwise.
install_missing() {
  local package missing=() servers=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  say "installing ${missing[*]}"
  for package in "${missing[@]}"; do
    case "$package" in
      nginx | lighttpd) servers+=("$package.service") ;;
    esac
  done
  local systemd=false
  if [ -d /run/systemd/system ] && [ ${#servers[@]} -gt 0 ]; then
    systemd=true
    as_root systemctl mask --runtime --quiet "${servers[@]}"
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2
  # Without systemd, RUNLEVEL=1 keeps invoke-rc.d from starting what it installs.
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
  if $systemd; then
    as_root systemctl unmask --runtime --quiet "${servers[@]}"
    as_root systemctl disable --quiet "${servers[@]}"
  fi
}

# Installs what a folder's package-lock.json names, if that is not there yet. Node.js from elsewhere
# than Debian brings npm with it.
install_node_packages() {
  local lock="$1/package-lock.json" installed="$1/node_modules/.package-lock.json"
  [ ! "$installed" -nt "$lock" ] || return 0
  command -v npm >/dev/null || install_missing npm
  say "installing the packages of $lock"
  npm ci --prefix "$1" --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error >&2
}

# Builds the Media tab, where that was not done or a source of it is newer.
build_media_tab() {
  local app=examples/media-tab built=examples/media-tab/dist/.built
  if [ -f "$built" ] && [ ! docs/openapi.json -nt "$built" ] && [ -z "$(find "$app" -mindepth 1 \
    \( -path "$app/node_modules" -o -path "$app/dist" -o -path "$app/dist-lib" \) -prune \
    -o -newer "$built" -print -quit)" ]; then
    return 0
  fi
  install_node_packages "$app" || return
  say "building the Media tab"
  npm run build --prefix "$app" --silent >&2 && touch "$built"
}

# Whether a preset's build folder was made for another checkout, of which this one is a copy.
is_from_elsewhere() {
  local cache="build/$1/CMakeCache.txt" key=CMAKE_HOME_DIRECTORY:INTERNAL
  [ -f "$cache" ] && ! grep -qxF -e "$key=$PWD" -e "$key=$(pwd -P)" "$cache"
}

# configure PRESET [OPTION...]: anew where CMake would refuse the build folder.
configure() {
  local preset="$1" fresh=()
  ! is_from_elsewhere "$preset" || fresh=(--fresh)
  cmake "${fresh[@]}" --preset "$preset" "${@:2}"
}

# Builds targets of a preset; shows each step to a person, and to a log only what goes wrong.
build() {
  local flags=()
  [ -t 1 ] || flags=(--quiet)
  cmake --build --preset "$@" -- "${flags[@]}"
}
