#!/usr/bin/env bash
# Do the tests notice when a promise is broken? Weakens a copy of the project one piece at a time (the list is
# Tests/mutations/mutations.json), runs the suites that should notice, and names the test that did.
#
#   Tests/mutations.sh             all of them, about 15 minutes
#   Tests/mutations.sh ledger      those whose name holds the word
#
# The exit code is 0 when each was caught.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev python3
copy=.build/mutations
mkdir -p "$copy"
# The copy's own build folder stays from one call to the next.
find "$copy" -mindepth 1 -maxdepth 1 ! -name .build -exec rm -rf {} +
tar -c --exclude ./.build --exclude ./.git --exclude ./state . | tar -x -C "$copy"
python3 Tests/mutations/mutate.py "$copy" "$@"
