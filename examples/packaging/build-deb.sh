#!/usr/bin/env bash
# Builds the Debian package mission-control_VERSION_ARCH.deb: the release build with the toolchain's libraries linked
# in, completions and the manual page, the systemd units, an example configuration, and a user of its own.
#
#   examples/packaging/build-deb.sh [FOLDER]     default: the present folder
#
# DEBFULLNAME and DEBEMAIL name the maintainer. Two builds of the same commit give the same bytes.
set -euo pipefail
folder=$(realpath "${1:-.}")
cd "$(dirname "$0")/../.."
source examples/setup.sh
sources=examples/packaging/debian

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev dpkg-dev binutils
build_release mission-control
program=$bin/mission-control

version=$("$program" --version | awk '{print $2}')-1
architecture=$(dpkg --print-architecture)
maintainer="${DEBFULLNAME:-Mission Control} <${DEBEMAIL:-maintainers@mission-control.invalid}>"
# The time of the commit, so that the package does not depend on when it is built.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
doc=$root/usr/share/doc/mission-control
umask 022

put() { install -D -m "$1" "$2" "$root$3"; }
compress() { gzip -9n; }

# Writes what `mission-control WORDS…` prints to a file of the package; leaves it out when this version has no such
# command.
put_output() {
  local path=$1
  shift
  "$program" "$@" >"$work/output" 2>/dev/null || return 0
  case $path in *.gz) compress <"$work/output" >"$work/output.gz" && put 644 "$work/output.gz" "$path" ;;
    *) put 644 "$work/output" "$path" ;;
  esac
}

put 755 "$program" /usr/bin/mission-control
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$root/usr/bin/mission-control"

put_output /usr/share/bash-completion/completions/mission-control completions bash
put_output /usr/share/zsh/vendor-completions/_mission-control completions zsh
put_output /usr/share/fish/vendor_completions.d/mission-control.fish completions fish
put_output /usr/share/man/man1/mission-control.1.gz man

for unit in mission-control.service mission-control.timer; do
  sed -e 's|/usr/local/bin/|/usr/bin/|' -e '1s|^# /etc/systemd/system/.*|# Changes belong in /etc/systemd/system/'"$unit"'.d/|' \
    "examples/systemd/$unit" >"$work/$unit"
  put 644 "$work/$unit" "/lib/systemd/system/$unit"
done
put 644 examples/systemd/config.yaml /etc/mission-control/config.yaml
install -d "$root/etc/mission-control/missions"

for example in aws-s3.yaml cloudflare-r2.yaml minio.yaml postgresql.yaml cron/crontab cron/schedules \
  systemd/mission-control-due.service systemd/mission-control-due.timer; do
  put 644 "examples/$example" "/usr/share/doc/mission-control/examples/${example##*/}"
done
put 644 README.md /usr/share/doc/mission-control/README.md
put 644 "$sources/README.Debian" /usr/share/doc/mission-control/README.Debian
put 644 "$sources/copyright" /usr/share/doc/mission-control/copyright
compress <CHANGELOG.md >"$doc/changelog.gz"
printf 'mission-control (%s) unstable; urgency=medium\n\n  * See changelog.gz for what is new.\n\n -- %s  %s\n' \
  "$version" "$maintainer" "$(date -uRd "@$SOURCE_DATE_EPOCH")" | compress >"$doc/changelog.Debian.gz"

# What the program is linked against says which packages it needs, and from which version on.
mkdir -p "$work/debian"
printf 'Source: mission-control\n\nPackage: mission-control\nArchitecture: any\nDepends: ${shlibs:Depends}\n' \
  >"$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O "$root/usr/bin/mission-control" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
[[ $depends == *libcurl4* && $depends == *libsqlite3-0* && $depends == *libyaml-0-2* ]] || {
  echo "the computed dependencies are incomplete: $depends" >&2
  exit 70
}

mkdir -p "$root/DEBIAN"
for script in postinst prerm postrm; do install -m 755 "$sources/$script" "$root/DEBIAN/$script"; done
echo /etc/mission-control/config.yaml >"$root/DEBIAN/conffiles"
# libcrypto is bound at run time, so the linker knows nothing of it.
sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@MAINTAINER@|$maintainer|" \
  -e "s|@DEPENDS@|$depends, libssl3, adduser|" \
  -e "s|@SIZE@|$(du -k -s --apparent-size --exclude=DEBIAN "$root" | cut -f1)|" "$sources/control" >"$root/DEBIAN/control"
(cd "$root" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)

find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
package=$folder/mission-control_${version}_${architecture}.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
echo "$package"
