#!/usr/bin/env bash
# Takes the pictures of the README anew: builds a release, runs a year of missions with the simulator on this
# machine, and lets a headless Chromium draw what the terminal and the report's page show.
#
#   examples/pictures.sh           writes examples/pictures/*.png
#   PROGRAMS=DIR examples/pictures.sh  takes programs that are built already
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh
install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev python3 chromium pngquant
if [ -z "${PROGRAMS:-}" ]; then
  build_release
  PROGRAMS=$bin
fi
script=$(mktemp --suffix=.jsonl)
trap 'rm -f "$script"' EXIT
PROGRAMS=$PROGRAMS PYTHONDONTWRITEBYTECODE=1 python3 examples/pictures/pictures.py "$script"
