#!/usr/bin/env bash
# The report as a page, in a headless Chromium: programs of .build/debug, a simulator, real runs.
#
#   Tests/html-report-test.sh              everything
#   PICTURES=DIR Tests/html-report-test.sh keeps the pictures of the page in DIR
#
# Needs Debian's chromium, which is installed when it is missing; where it cannot be, nothing is tested, which in CI
# is a failure. PROGRAMS=DIR takes other programs.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh
install_packages python3
want_packages chromium
if ! command -v chromium >/dev/null; then
  echo "the page is not tested: there is no chromium" >&2
  [ "${CI:-}" = true ] && exit 1
  exit 0
fi
if [ -z "${PICTURES:-}" ]; then
  PICTURES=$(mktemp -d)
  trap 'rm -rf "$PICTURES"' EXIT
fi
for suite in page live; do
  PICTURES=$PICTURES PYTHONDONTWRITEBYTECODE=1 python3 "Tests/HTMLReport/test_$suite.py"
done
