# Sourced by the scripts of this repository: packages, the release build, waiting for a server.

# Installs the Debian packages that are missing; says what to do where that is not possible.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "install these packages as root: ${missing[*]}" >&2; exit 69; }
    sudo=(sudo)
  fi
  echo "installing ${missing[*]}" >&2
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Builds the two programs and sets bin to their folder.
build_release() {
  command -v swift >/dev/null || { echo "the Swift 6 toolchain is missing: https://www.swift.org/install/linux" >&2; exit 69; }
  swift build -c release --static-swift-stdlib --product mission-control >&2
  swift build -c release --static-swift-stdlib --product mission-simulator >&2
  bin=$(swift build -c release --static-swift-stdlib --show-bin-path)
}

# wait_for_file FILE PID: until FILE is there; fails when the process PID has ended.
wait_for_file() {
  while [ ! -e "$1" ]; do
    kill -0 "$2" 2>/dev/null || return 1
    sleep 0.05
  done
}
