#!/usr/bin/env bash
# The tests under sanitizers: ThreadSanitizer for what has threads, AddressSanitizer for what touches C.
#
#   Tests/sanitizers.sh              both
#   Tests/sanitizers.sh thread       only this one
#   Tests/sanitizers.sh address      only this one
#   Tests/sanitizers.sh share        ThreadSanitizer for journal, spool and transport alone, as CI does
#   Tests/sanitizers.sh build-share  builds for that and runs nothing
#
# Each has a build folder of its own below .build.
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

# Left out: suites without threads, and those that measure time against a deadline, which a sanitizer stretches.
threads=(JournalTests SpoolTests HTTPTests SQLiteDestinationTests S3StoreTests FolderStoreTests WorkerSourceTests)
threaded="$(whole_targets "${threads[@]}")|RunnerTests|RunOptions|MendedParts"
# Where those suites are.
threads+=(EngineTests EndToEndTests)
# The threads of our own that everything else hands its work to.
share=(JournalTests SpoolTests HTTPTests)
c=(
  SQLiteTests CryptoTests HTTPTests JSONStreamTests ConfigurationTests MissionFilesTests S3Tests JournalTests SpoolTests
  SQLiteDestinationTests WorkerSourceTests
)
touching_c=$(whole_targets "${c[@]}")

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

# build SANITIZER TARGET…: sets tests to the test program of these targets, and builds what it starts.
build() {
  tests=.build/sanitize-$1/debug/mission-controlPackageTests.xctest
  local products=(mission-controlPackageTests) product
  [[ " $* " != *" EndToEndTests "* ]] || products+=(mission-control mission-simulator)
  for product in "${products[@]}"; do
    TEST_TARGETS="${*:2}" swift build --sanitize="$1" -Xswiftc -index-ignore-system-modules \
      --scratch-path ".build/sanitize-$1" --product "$product" >"$log/build" 2>&1 || { cat "$log/build"; exit 1; }
  done
}

# judge NAME STATUS: shows what went wrong, or the closing line.
judge() {
  local reports
  # Without a report there is no such file, which is no failure.
  reports=$({ cat "$log"/report.* "$log/tests" 2>/dev/null || true; } | grep -ac 'SUMMARY: ' || true)
  if [ "$2" -ne 0 ] || [ "${reports:-0}" -ne 0 ]; then
    # What failed and why comes last, where whoever keeps only an end of this output has it.
    cat "$log"/report.* 2>/dev/null | tail -n 200
    tail -n 20 "$log/tests"
    awk '/^↳/ { if (failed) print; next } { failed = /^✘/ } failed' "$log/tests"
    echo "$1: ${reports:-0} reports, exit $2" >&2
    exit 1
  fi
  echo "$1: $(grep -E 'Test run with' "$log/tests" | tail -n 1 | sed 's/^. //'), 0 reports"
  rm -f "$log"/report.*
}

thread() {
  build thread "${threads[@]}"
  clang -O1 -shared -fPIC Tests/sanitizers/mutex.c -o "$log/mutex.so"
  local status=0
  LD_PRELOAD=$log/mutex.so TSAN_OPTIONS="report_thread_leaks=0:log_path=$log/report" \
    "$tests" --testing-library swift-testing --no-parallel --filter "$threaded" >"$log/tests" 2>&1 || status=$?
  judge ThreadSanitizer "$status"
}

address() {
  build address "${c[@]}"
  local status=0
  # Swift's runtime keeps its metadata for good, which is no leak.
  ASAN_OPTIONS="detect_leaks=0:log_path=$log/report" \
    "$tests" --testing-library swift-testing --no-parallel --filter "$touching_c" >"$log/tests" 2>&1 || status=$?
  judge AddressSanitizer "$status"
}

case "${1:-both}" in
  both)
    thread
    address
    ;;
  thread | address) "$1" ;;
  share)
    threads=("${share[@]}")
    threaded=$(whole_targets "${share[@]}")
    thread
    ;;
  build-share) build thread "${share[@]}" ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac
