#!/usr/bin/env bash
# The whole main job on this machine, without any outside service: builds a release, starts the simulator
# (workers and an S3-compatible store on the loopback), runs the missions of missions/ with config.yaml, and
# shows the report, the rows and the audit objects.
#
#   examples/quickstart.sh [OPTIONS OF mission-control run]
#
# Stop it in the middle (Ctrl-C, or kill -9 of mission-control) and type the same command again: it goes on
# where it was. Run it once more after that: nothing is done twice. Everything it makes is in state/ (remove
# that folder to begin anew) and .build/. It ends with the exit code of the run.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev
want_packages sqlite3
require_free_ports 8600 8601
build_release

state=$PWD/state
mkdir -p "$state"
chmod 700 "$state"

# setsid: Ctrl-C is for mission-control, whose workers must not go away while it stops.
ready=$state/simulator.ready
rm -f "$ready"
setsid "$bin/mission-simulator" --store "$state/simulator-store" --ready-file "$ready" \
  --exit-with-parent 2>"$state/simulator.log" &
simulator=$!
trap 'kill "$simulator" 2>/dev/null || true; rm -f "$ready"' EXIT
wait_for_file "$ready" "$simulator" || { cat "$state/simulator.log" >&2; exit 70; }

# Ctrl-C reaches both; this script goes on when mission-control has ended.
trap : INT
code=0
"$bin/mission-control" run "$@" || code=$?

show_rows() {
  if ! command -v sqlite3 >/dev/null; then
    echo "  (the Debian package sqlite3 shows them: sqlite3 state/ads.sqlite 'SELECT * FROM ads LIMIT 5')"
    return
  fi
  sqlite3 state/ads.sqlite "SELECT '  ' || coalesce(sum(rows_count), 0) || ' rows of ' || count(*) ||
    ' missions; of ads with the same id in one result the last counts (' || coalesce(sum(ads_count), 0) ||
    ' ads came)' FROM missions;
    SELECT '  ' || substr(mission_id, 1, 8) || '  ad ' || ad_id || '  ' || substr(data, 1, 60) || '…'
    FROM ads ORDER BY mission_id, position LIMIT 5"
}

show_objects() {
  local store=$state/simulator-store objects
  mapfile -t objects < <(find "$store" -name '*.json' -path '*/scrapes/*' -not -path '*/.metadata/*' | sort)
  echo "Audit objects in state/simulator-store: ${#objects[@]}"
  [ ${#objects[@]} -eq 0 ] || printf '  %s\n' "${objects[@]:0:5}" | sed "s|$store/||"
}

if [ -e state/ads.sqlite ]; then
  echo
  echo "Rows in state/ads.sqlite:"
  show_rows
  echo
  show_objects
fi
echo
case $code in
  0) echo "Try next: .build/release/mission-control list --limit 5, or this command again, which finds nothing left to do." ;;
  75 | 130 | 137 | 143) echo "It was stopped (exit code $code). Type the same command again: it goes on where it was." ;;
  *) echo "It ended with exit code $code; the lines above say what to mend. Then type the same command again." ;;
esac
exit "$code"
