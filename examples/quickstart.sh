#!/usr/bin/env bash
# The whole main job on this machine, without any outside service: builds a release, starts the simulator
# (workers and an S3-compatible store on the loopback), runs the missions of missions/ with config.yaml, and
# shows the report, the rows and the audit objects. Run it again to see that nothing is done twice.
#
#   examples/quickstart.sh [OPTIONS OF mission-control run]
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev
build_release

state=$PWD/state
mkdir -p "$state"
chmod 700 "$state"
"$bin/mission-simulator" --store "$state/simulator-store" --ready-file "$state/simulator.ready" \
  --exit-with-parent 2>"$state/simulator.log" &
simulator=$!
trap 'kill "$simulator" 2>/dev/null || true; rm -f "$state/simulator.ready"' EXIT
wait_for_file "$state/simulator.ready" "$simulator" || { cat "$state/simulator.log" >&2; exit 70; }

code=0
"$bin/mission-control" run "$@" || code=$?

echo
echo "Rows per mission in state/ads.sqlite (the first five):"
"$bin/mission-control" list --status DONE --limit 5
if command -v sqlite3 >/dev/null; then
  sqlite3 -header -column state/ads.sqlite \
    'SELECT mission_id, date_start, languages, ads_count, rows_count FROM missions ORDER BY date_start LIMIT 5'
fi
echo
echo "Audit objects in state/simulator-store: $(find "$state/simulator-store" -name '*.json' -path '*/scrapes/*' | wc -l)"
find "$state/simulator-store" -name '*.json' -path '*/scrapes/*' | sort | head -n 5 | sed "s|^$state|state|"
exit "$code"
