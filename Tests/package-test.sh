#!/usr/bin/env bash
# The Debian package as a test: built, looked at by lintian, installed in a clean root, and its service's run carried
# out there as its user, with the secrets where systemd would put them.
#
# systemd does not run in such a root, so the line ExecStart= is started by hand, in the folders and with the
# environment that the unit asks for; the unit itself is judged by systemd-analyze.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

skip() {
  [ "${CI:-}" != true ] || { echo "package: $1" >&2; exit 1; }
  echo "package: left out, $1"
  exit 0
}
fail() {
  echo "package: $1" >&2
  exit 1
}
# expect WHAT WANTED GOT
expect() { [ "$2" = "$3" ] || fail "$1: expected $2, got $3"; }

[ "$(id -u)" -eq 0 ] || skip "making a clean root takes the rights of root"
install_packages dpkg-dev binutils lintian debootstrap systemd python3
bring_program prometheus usr/bin/promtool

work=$(mktemp -d)
root=$work/root
simulator= listener=
clean_up() {
  [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
  [ -z "$listener" ] || kill "$listener" 2>/dev/null || true
  ! mountpoint -q "$root/proc" || umount "$root/proc"
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

# The package.
build_release
package=$(examples/packaging/build-deb.sh "$work")
again=$(examples/packaging/build-deb.sh "$(mkdir -p "$work/again" && echo "$work/again")")
cmp -s "$package" "$again" || fail "two builds of the same commit differ"
lintian --fail-on error --tag-display-limit 0 --allow-root "$package" >"$work/lintian" 2>&1 || { cat "$work/lintian"; fail "lintian found errors"; }

# A clean root of this system's release, from this machine's own mirror. What was downloaded is kept.
. /etc/os-release
mirror=$(cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null \
  | sed -n 's/^URIs: *//p; s/^deb \(\[[^]]*\] \)\?\([^ ]*\).* main.*/\2/p' | grep -v security | head -1) || true
cache=$PWD/.build/test-tools/debs
mkdir -p "$cache"
debootstrap --variant=minbase --cache-dir="$cache" "$VERSION_CODENAME" "$root" "${mirror:-http://deb.debian.org/debian}" \
  >"$work/debootstrap" 2>&1 || { tail -20 "$work/debootstrap"; fail "debootstrap"; }
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"
cp "$package" "$root/package.deb"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
{
  inside apt-get update -qq
  inside apt-get install -y -qq --no-install-recommends -o Dir::Cache::Archives=/var/cache/apt/archives /package.deb
} >"$work/apt" 2>&1 || { tail -20 "$work/apt"; fail "the package cannot be installed"; }

expect "the version" "$(.build/release/mission-control --version)" "$(inside mission-control --version)"
expect "the user" mission-control "$(inside id -un mission-control)"
inside mission-control --help >/dev/null

# Workers and a store for it, outside; the network is the same.
.build/release/mission-simulator --port 0 --s3-port 0 --ports-file "$work/ports.json" --store "$work/store" \
  --session-time 20ms --job-time 20ms --exit-with-parent 2>"$work/simulator.log" &
simulator=$!
wait_for_file "$work/ports.json" "$simulator" || { cat "$work/simulator.log"; fail "the simulator did not start"; }
port() { sed -n "s/.*\"$1\": *\([0-9]*\).*/\1/p" "$work/ports.json"; }

# What an administrator does.
cat >"$root/etc/mission-control/config.yaml" <<CONFIG
version: 1
missions: [/etc/mission-control/missions/*.csv]
journal: {path: /var/lib/mission-control/journal.sqlite}
execution: {polling: {session_initial: 20ms, session: 20ms, job: 20ms}}
workers:
  - {name: worker-1, url: "http://127.0.0.1:$(port worker_port)/worker-1", api_key: {file: worker-1-api-key}}
storage_db: {connection_string: "sqlite:/var/lib/mission-control/ads.sqlite"}
storage_s3:
  endpoint: http://127.0.0.1:$(port s3_port)
  bucket: mission-audit
  access_key: {file: s3-access-key}
  secret_key: {file: s3-secret-key}
CONFIG
inside mission-control backfill --from 2025-01-01 --to 2025-01-07 --media-type video --languages pt \
  --write /etc/mission-control/missions/week.csv 2>/dev/null
secret() {
  printf '%s\n' "$2" >"$root/etc/mission-control/secrets/$1"
  inside chgrp mission-control "/etc/mission-control/secrets/$1"
  chmod 640 "$root/etc/mission-control/secrets/$1"
}
secret worker-1-api-key demo-key-1
secret s3-access-key demo-access
secret s3-secret-key demo-secret-key

# What systemd does when the timer is due: folders, credentials, the notification socket, then ExecStart= as the user.
unit=$root/lib/systemd/system/mission-control.service
setting() { sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$unit" | sed -n "s/^$1=//p"; }
user=$(setting User)
inside install -d -m "$(setting StateDirectoryMode)" -o "$user" -g "$user" "/var/lib/$(setting StateDirectory)"
inside install -d -m "$(setting CacheDirectoryMode)" -o "$user" -g "$user" "/var/cache/$(setting CacheDirectory)"
credentials=/run/credentials/mission-control.service
inside install -d -m 700 -o "$user" -g "$user" "$credentials"
setting LoadCredential | while IFS=: read -r name path; do
  inside install -m 400 -o "$user" -g "$user" "$path" "$credentials/$name"
done
python3 - "$root/run/notify" "$work/notified" <<'PYTHON' &
import os, socket, sys
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listener.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o666)
with open(sys.argv[2], "w", buffering=1) as file:
    while True:
        file.write(listener.recv(65536).decode() + "\n")
PYTHON
listener=$!
wait_for_file "$work/notified" "$listener"
start_service() {
  chroot --userspec="$user:$(setting Group)" "$root" env -i PATH=/usr/bin:/bin "CREDENTIALS_DIRECTORY=$credentials" \
    NOTIFY_SOCKET=/run/notify sh -c "umask $(setting UMask) && cd '$(setting WorkingDirectory)' && exec $(setting ExecStart)" \
    >"$work/report" 2>"$work/log"
}
code=0
start_service || code=$?
expect "the run's exit code" 0 "$code" || { cat "$work/log"; exit 1; }
grep -q '^READY=1$' "$work/notified" || fail "the service manager was not told READY=1"
grep -q '^STATUS=ended with 0' "$work/notified" || fail "the service manager was not told how it ended"

# What the operator sees.
as_user() { chroot --userspec="$user:$user" "$root" env -i PATH=/usr/bin:/bin "CREDENTIALS_DIRECTORY=/etc/mission-control/secrets" "$@"; }
config=(--config /etc/mission-control/config.yaml)
done_missions=$(as_user mission-control status "${config[@]}" --output json | python3 -c 'import json,sys; print(json.load(sys.stdin)["counts"]["done"])')
expect "missions DONE in status" 7 "$done_missions"
as_user mission-control check "${config[@]}" >"$work/check" || { cat "$work/check"; fail "check"; }
expect "audit objects" 7 "$(find "$work/store" -path '*/scrapes/*' -name '*.json' ! -path '*.metadata*' | wc -l)"
metrics=$root/var/cache/mission-control/mission-control.prom
expect "who may read the metrics" 644 "$(stat -c %a "$metrics")"
expect "who may read the journal" 600 "$(stat -c %a "$root/var/lib/mission-control/journal.sqlite")"
grep -qx 'mission_control_missions{status="done"} 7' "$metrics" || fail "the metrics do not tell 7 missions DONE"
grep -qx 'mission_control_last_exit_code 0' "$metrics" || fail "the metrics do not tell the exit code"
if [ -x .build/test-tools/promtool ]; then
  expect "what promtool finds" "" "$(.build/test-tools/promtool check metrics <"$metrics" 2>&1)"
fi
if find "$root/var/lib/mission-control" "$metrics" "$work/report" "$work/log" -type f -print0 | xargs -0 grep -l demo-secret-key; then
  fail "a secret was written"
fi

# A second night finds nothing left to do.
start_service || fail "the second run ended with $?"
grep -qx 'mission_control_runs_total{exit_code="0"} 2' "$metrics" || fail "the metrics do not tell 2 runs"

# The units, as systemd would read them: the package among this machine's own units, which the clean root has not.
mkdir -p "$work/units/lib/systemd"
cp -a /lib/systemd/system "$work/units/lib/systemd/"
dpkg-deb -x "$package" "$work/units"
systemd-analyze verify --root="$work/units" mission-control.service mission-control.timer >"$work/verify" 2>&1 || {
  cat "$work/verify"
  fail "systemd-analyze verify"
}
! grep mission-control "$work/verify" || fail "systemd-analyze verify has remarks"
exposure=$(systemd-analyze security --offline=true --threshold=15 "$unit" | sed -n 's/.*exposure level for [^:]*: \([0-9.]*\).*/\1/p') \
  || fail "systemd-analyze security rates the service above 1.5"

# Removed, it leaves nothing but the state.
inside apt-get purge -y -qq mission-control >"$work/purge" 2>&1 || { cat "$work/purge"; fail "purge"; }
left=$(find "$root/etc" "$root/usr" "$root/lib" "$root/var/cache" -path '*mission-control*' ! -path '*/missions*' ! -path "$root/etc/mission-control" 2>/dev/null | head)
expect "what purge leaves" "" "$left"
[ -e "$root/var/lib/mission-control/journal.sqlite" ] || fail "purge took the journal away"

size=$(stat -c %s "$package")
echo "package: ${package##*/} ($((size / 1024)) KiB), lintian without errors, installed and run in a clean $VERSION_CODENAME, exposure $exposure"
