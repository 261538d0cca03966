#!/usr/bin/env bash
# The quickstart as a test, in a copy of the checkout: it must end with 0, and again with nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$copy"
[ -d .build ] && ln -s "$PWD/.build" "$copy/.build"
cd "$copy"

first=$(examples/quickstart.sh)
missions=$(tail -q -n +2 missions/*.csv | grep -c .)
objects=$(sed -n 's/^Audit objects in .*: //p' <<<"$first")
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
echo "quickstart: $missions missions, $objects objects, and nothing done twice"
