#!/usr/bin/env bash
# The crash sweeps alone: the program killed at failpoints and at system calls, and with a full or broken disk.
#
#   Tests/crash-sweep.sh                 the share that Tests/run.sh plays
#   Tests/crash-sweep.sh --all           every pair of failpoints and every system call (some hours)
#   CRASH_SWEEP_SEED=7 Tests/crash-sweep.sh   another share of the pairs
#   CRASH_COURSE=0:journal.commit.after:3,0:recovery.requeue.before:1 Tests/crash-sweep.sh --course
#                                        one course, as a failure prints it
set -euo pipefail
cd "$(dirname "$0")/.."
source examples/setup.sh

install_packages libsqlite3-dev libcurl4-openssl-dev libyaml-dev strace
case ${1-} in
  '') suites='CrashSweepTests|SystemCallSweepTests' ;;
  --all)
    suites='CrashSweepTests|SystemCallSweepTests'
    export CRASH_SWEEP=all
    ;;
  --course) suites='CrashSweepTests/oneCourse' ;;
  *)
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 64
    ;;
esac
exec swift test --no-parallel --filter "$suites"
