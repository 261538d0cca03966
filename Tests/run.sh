#!/usr/bin/env bash
# The tests, in three sizes: installs what is missing, builds, tests, and says how long each stage took.
#
#   Tests/run.sh quick      the decisions: no server, no network, no other process (90 s after a build on 2 cores)
#   Tests/run.sh            what CI runs: every suite, the scripts and a share of the sweeps (45 minutes on 2 cores)
#   Tests/run.sh full       all of it: every crash point, long fuzzing, mutations, more seeds (many hours)
#   Tests/run.sh --filter X only the suites that match, as `swift test` takes it
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

# Their tests start no program and open no port.
decisions=(
  MissionCoreTests EngineTests PortsTests RecordsTests ThreadsTests ConfigurationTests MissionFilesTests
  JSONStreamTests CryptoTests SQLiteTests JournalTests CommandLineTests TranslationTests
)

size=usual
case ${1-} in
  '' | --filter) ;;
  quick | full) size=$1 ;;
  *)
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 64
    ;;
esac

work=$(mktemp -d)
beside=
trap '[ -z "$beside" ] || kill "$beside" 2>/dev/null || true; rm -rf "$work"' EXIT

# processor_time SHELL: seconds of the processor that its ended children have taken.
processor_time() { awk -v each="$(getconf CLK_TCK)" '{ print int(($16 + $17) / each) }' "/proc/$1/stat"; }
# stage NAME COMMAND…: runs it and notes its time and that of the processor; ends this shell when it fails.
stage() {
  local name=$1 shell=$BASHPID began=$SECONDS worked status=0
  worked=$(processor_time "$shell")
  shift
  "$@" || status=$?
  printf '%6d s %6d s  %s\n' $((SECONDS - began)) $(($(processor_time "$shell") - worked)) "$name" >>"$work/times"
  [ "$status" -eq 0 ] && return
  echo "$name failed with $status" >&2
  exit "$status"
}
tell_times() {
  echo "    time processor  stage"
  cat "$work/times"
  printf '%6d s %6d s  in all\n' "$SECONDS" "$(processor_time $$)"
}
# end_with STATUS: the times, and then the end.
end_with() {
  tell_times
  exit "$1"
}

install_what_is_needed() {
  install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev || return
  [ "$size" != quick ] || return 0
  install_packages sqlite3 python3 python3-yaml python3-aiosmtpd openssl strace || return
  # For Tests/shells-test.sh, which passes over what is missing, and for the test that reads the page's script.
  want_packages zsh fish mandoc groff
  command -v node >/dev/null || want_packages nodejs
  # Prometheus's checker alone, not its server, which would start on this machine.
  bring_program prometheus usr/bin/promtool
  # OpenStack Swift's s3api brings some seventy Debian packages.
  local interop=()
  [ "$size" != full ] && [ "${CI:-}" != true ] || interop=(--interop)
  [ "$size" != full ] || interop+=(--airflow)
  # Without them, where there is no network, their suites are skipped, but not in CI.
  Tests/servers.sh "${interop[@]}" || [ "${CI:-}" != true ]
}
[ "$size" != full ] && [ "${CI:-}" != true ] || export MISSION_CONTROL_INTEROP=1

lint() {
  swift format lint --strict --recursive Sources Tests Package.swift && echo "lint: clean" || return
  # What Tests/mutations.sh weakens may have been moved or rewritten.
  python3 Tests/mutations/mutate.py . --check
}

# Without PyPI it is passed over, but not in CI.
kubernetes() {
  [ -x .build/servers/bin/python ] || [ "${CI:-}" = true ] || { echo "kubernetes: passed over"; return 0; }
  .build/servers/bin/python Tests/kubernetes-check.py
}

build() {
  # Without what only editors and debuggers read, a quarter of the work. The index of our own modules stays: the package
  # manager looks for tests in it.
  local options=()
  [ "${CI:-}" != true ] || options=(-Xswiftc -index-ignore-system-modules -Xswiftc -gnone)
  swift build --build-tests "${options[@]}" 2>&1 | tee "$work/build" || return
  if grep -E 'warning: ' "$work/build" | grep -v 'ignoring duplicate'; then
    echo "the build has warnings" >&2
    return 1
  fi
}

# suites LIMIT [OPTION…]: one test after another; everything that is not a single success is shown. The limit is for a
# test that hangs where its own limit cannot end it.
suites() {
  local limit=$1 status found
  shift
  found=$(mktemp)
  timeout -k 30 "$limit" .build/debug/mission-controlPackageTests.xctest --testing-library swift-testing \
    --no-parallel "$@" 2>&1 | sed -u 's/\x1b\[[0-9;]*m//g' | tee "$found" \
    | awk '/^↳/ { if (failed) print; next } { failed = /^✘/ } !/^(◇|✔ Test "|✔ Test [A-Za-z]+\(|✔ Suite|\[)/ { print; fflush() }'
  status=${PIPESTATUS[0]}
  # A name that matches nothing must not look like a success.
  [ "$status" -ne 0 ] || grep -qE 'Test run with [1-9]' "$found" || status=1
  rm -f "$found"
  return "$status"
}

# The programs against each other wait more than they work: they run beside everything else, with half of the sweeps.
all_suites() {
  local limit=$1 status=0
  local sweeps='^EndToEndTests\.(SystemCallSweepTests|CrashSweepTests/(backfill|staying|folder)\b)'
  (suites "$limit" --filter '^EndToEndTests\.' --skip "$sweeps" || exit 1) &
  suites "$limit" --filter "^(?!EndToEndTests\.)|$sweeps" || status=1
  wait $! || status=1
  return "$status"
}

# What is built for later stages. What goes wrong here is told by those, which build again what is missing.
build_ahead() {
  (build_release)
  Tests/fuzz.sh build
  Tests/sanitizers.sh build-share
}

stages_of_programs() {
  stage "quickstart" Tests/quickstart-test.sh
  stage "shells and manual page" Tests/shells-test.sh .build/debug/mission-control
  stage "watching a run" Tests/watch-test.py .build/debug
  stage "page in a browser" Tests/html-report-test.sh
  stage "real servers" Tests/real-servers-test.sh
  stage "package" Tests/package-test.sh
  stage "Kubernetes" kubernetes
  [ -z "${MISSION_CONTROL_INTEROP:-}" ] || stage "Slurm" Tests/slurm-test.sh
}

stages_of_checks() {
  stage "sanitizers" Tests/sanitizers.sh "$([ "$size" = full ] && echo both || echo share)"
  stage "fuzzing" Tests/fuzz.sh "$([ "$size" = full ] && echo 1800 || echo 10)"
}

# Both at once: the programs wait for one another more than they work.
last_stages() {
  local status=0
  (stages_of_programs) &
  (stages_of_checks) || status=$?
  wait $! || status=$?
  return "$status"
}

(stage "installing" install_what_is_needed) || end_with $?
if [ "${1-}" = --filter ]; then
  swift test "$@"
  exit
fi
if [ "$size" = quick ]; then
  (stage "build" build) || end_with $?
  filter=$(whole_targets "${decisions[@]}")
  (stage "decisions" suites 10m --filter "$filter") || end_with $?
  end_with 0
fi

(stage "lint" lint && stage "build" build) || end_with $?
[ "$size" = usual ] || export CRASH_SWEEP=all
# The suites mostly wait: what is left of the processor builds meanwhile.
nice -n 19 bash -c "$(declare -f build_ahead build_release); build_ahead" >/dev/null 2>&1 &
beside=$!
(stage "suites" all_suites "$([ "$size" = full ] && echo 12h || echo 60m)") || end_with $?
wait "$beside" || true
beside=
last_stages || end_with $?
if [ "$size" = full ]; then
  (stage "simulation" Tests/simulate.sh --seeds 100000 && stage "mutations" Tests/mutations.sh) || end_with $?
fi
end_with 0
