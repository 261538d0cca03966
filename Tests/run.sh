#!/usr/bin/env bash
# Every test: installs what is missing, builds, lints, runs all suites, the quickstart and the example with real servers.
#
#   Tests/run.sh            everything
#   Tests/run.sh --interop  also OpenStack Swift's s3api, which brings some seventy Debian packages; CI always does
#   Tests/run.sh --filter X only the suites that match (no lint, no quickstart)
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev sqlite3 python3 python3-yaml python3-aiosmtpd openssl strace
# For Tests/shells-test.sh, which passes over what is missing.
want_packages zsh fish mandoc groff
# Prometheus's checker alone, not its server, which would start on this machine.
bring_program prometheus usr/bin/promtool
interop=()
if [ "${1:-}" = --interop ] || [ "${CI:-}" = true ]; then
  interop=(--interop)
  export MISSION_CONTROL_INTEROP=1
fi
[ "${1:-}" != --interop ] || shift
# Without them, where there is no network, their suites are skipped, but not in CI.
Tests/servers.sh "${interop[@]}" || [ "${CI:-}" != true ]
if [ $# -gt 0 ]; then exec swift test "$@"; fi

swift format lint --strict --recursive Sources Tests Package.swift
echo "lint: clean"
python3 Tests/mutations/mutate.py . --check

log=$(mktemp)
trap 'rm -f "$log"' EXIT
swift build --build-tests 2>&1 | tee "$log"
if grep -E 'warning: ' "$log" | grep -v 'ignoring duplicate'; then
  echo "the build has warnings" >&2
  exit 1
fi

# Everything that is not a single success is shown.
set +e
swift test --skip-build --no-parallel 2>&1 | tee "$log" | grep -vE '^(◇|↳|✔ Test "|✔ Test [A-Za-z]+\(|✔ Suite|\[)'
status=${PIPESTATUS[0]}
set -e
[ "$status" -eq 0 ] || exit "$status"

Tests/shells-test.sh .build/debug/mission-control
Tests/watch-test.py .build/debug
Tests/html-report-test.sh
Tests/fuzz.sh 60
Tests/sanitizers.sh
Tests/quickstart-test.sh
Tests/real-servers-test.sh
Tests/package-test.sh
