#!/usr/bin/env bash
# The quickstart as a test: it must end with 0 and everything in its place, and again with nothing done twice.
# A state folder that is there already is put aside and brought back.
set -euo pipefail
cd "$(dirname "$0")/.."
aside=
if [ -e state ]; then
  aside=$(mktemp -d -p . .state-aside.XXXXXX)
  mv state "$aside/"
fi
trap 'rm -rf state; [ -z "$aside" ] || { mv "$aside/state" . && rmdir "$aside"; }' EXIT

first=$(examples/quickstart.sh)
missions=$(tail -q -n +2 missions/*.csv | grep -c .)
objects=$(find state/simulator-store -path '*/scrapes/*' -name '*.json' ! -path '*.metadata*' | wc -l)
[ "$objects" -eq "$missions" ] || { echo "$first"; echo "quickstart: $objects objects for $missions missions" >&2; exit 1; }
rows=$(sqlite3 state/ads.sqlite 'SELECT count(*) FROM missions')
[ "$rows" -eq "$missions" ] || { echo "quickstart: $rows missions loaded of $missions" >&2; exit 1; }
mismatched=$(sqlite3 state/ads.sqlite \
  'SELECT count(*) FROM missions m WHERE rows_count <> (SELECT count(*) FROM ads a WHERE a.mission_id = m.mission_id)')
[ "$mismatched" -eq 0 ] || { echo "quickstart: the ledger differs from the rows" >&2; exit 1; }

before=$(sqlite3 state/ads.sqlite 'SELECT group_concat(loaded_at) FROM missions')
examples/quickstart.sh >/dev/null
after=$(sqlite3 state/ads.sqlite 'SELECT group_concat(loaded_at) FROM missions')
[ "$before" = "$after" ] || { echo "quickstart: the second run loaded again" >&2; exit 1; }
# What kills a test build must not be in the program that people use.
if grep -qE 'MISSION_CONTROL_FAILPOINT|journal\.commit\.before' .build/release/mission-control; then
  echo "quickstart: the release holds failpoints" >&2
  exit 1
fi
echo "quickstart: $missions missions, $objects objects, and nothing done twice"
