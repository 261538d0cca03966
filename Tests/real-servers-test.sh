#!/usr/bin/env bash
# The documented example with PostgreSQL and rclone as a test: it compares both ends itself, and must find them the same.
set -euo pipefail
cd "$(dirname "$0")/.."
output=$(examples/real-servers.sh 2>&1) || { echo "$output"; echo "real-servers: the example failed" >&2; exit 1; }
missions=$(tail -q -n +2 missions/*.csv | grep -c .)
tail -1 <<<"$output" | grep -qE "^The same: [1-9][0-9]* rows of $missions missions, $missions byte-identical objects\.$" \
  || { echo "$output"; echo "real-servers: not all of $missions missions" >&2; exit 1; }
echo "real-servers: $(tail -1 <<<"$output")"
