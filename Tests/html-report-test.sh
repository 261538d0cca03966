#!/usr/bin/env bash
# The report as a page, in a headless Chromium: programs of .build/debug, a simulator, real runs.
#
#   Tests/html-report-test.sh              everything
#   PICTURES=DIR Tests/html-report-test.sh keeps the pictures of the page in DIR
#
# Needs Debian's chromium, which is installed when it is missing. PROGRAMS=DIR takes other programs.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh
install_packages python3 chromium
for suite in page live; do
  PYTHONDONTWRITEBYTECODE=1 python3 "Tests/HTMLReport/test_$suite.py"
done
