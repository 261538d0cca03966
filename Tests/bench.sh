#!/usr/bin/env bash
# The benchmarks: builds the release programs, measures them and prints one table (about 9 minutes).
#
#   Tests/bench.sh                  everything
#   Tests/bench.sh missions large   only these: missions, large, plan, status, waiting, uploads
#   Tests/bench.sh --quick          small amounts, to see that everything works
#
# Journals and databases go to a temporary folder, in TMPDIR or /tmp: it should lie on a disk. The exit code is 0
# when everything could be measured, also when a target is missed.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev
Tests/servers.sh
build_release
swift build -c release --static-swift-stdlib --product Benchmarks >&2

folder=$(mktemp -d "${TMPDIR:-/tmp}/mission-benchmarks.XXXXXX")
store=$(mktemp -d /dev/shm/mission-benchmarks.XXXXXX 2>/dev/null || mktemp -d "$folder/store.XXXXXX")
trap 'rm -rf "$folder" "$store"' EXIT
"$bin/Benchmarks" --folder "$folder" --store "$store" --servers "$PWD/.build/servers" "$@"
