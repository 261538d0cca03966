#!/usr/bin/env bash
# Gives every reader of foreign bytes random ones, two targets at a time, and checks what must hold whatever comes.
#
#   Tests/fuzz.sh [SECONDS] [TARGET…]   seconds for each target (60); all targets
#   Tests/fuzz.sh build                 builds and runs nothing
#
# An input that breaks something stays in .build/fuzz/found/ and is named; it belongs into a regression test.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
[ $# -eq 0 ] || shift
out=.build/fuzz
mkdir -p "$out/found"
# With address checks; -enable-testing lets the targets see what is not public; gold cannot link this, lld can.
FUZZING=1 swift build -c release --scratch-path "$out" --product Fuzzing \
  -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing -Xcc -fsanitize=address \
  -Xswiftc -Xclang-linker -Xswiftc -fuse-ld=lld
[ "$seconds" != build ] || exit 0
fuzzer="$(FUZZING=1 swift build -c release --scratch-path "$out" --show-bin-path)/Fuzzing"

# Swift's constants live as long as the process and would count as leaks: growth is seen by the memory limit.
export ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=8 SWIFT_BACKTRACE=enable=no

fuzz() {
  local name=$1 folder="$out/corpus/$1"
  rm -rf "$folder"
  mkdir -p "$folder"
  "$fuzzer" --seeds "$name" "$folder"
  "$fuzzer" --words "$name" > "$out/$name.dict"
  # The readers need a few MB beside what libFuzzer and the address checks take.
  if ! "$fuzzer" "$name" -max_total_time="$seconds" -rss_limit_mb=512 -malloc_limit_mb=64 -timeout=10 \
    -max_len=4096 -dict="$out/$name.dict" -artifact_prefix="$out/found/$name-" -print_final_stats=1 "$folder" \
    > "$out/$name.log" 2>&1; then
    echo "fuzzing $name found something:" >&2
    grep -aE 'does not hold|Fatal error|SUMMARY|in \$s|Test unit|Base64' "$out/$name.log" | head -30 >&2
    return 1
  fi
  awk -v name="$name" '/number_of_executed_units/ { runs = $2 } /peak_rss_mb/ { rss = $2 } /average_exec/ { rate = $2 }
    END { printf "fuzzing %s: %d inputs, %d/s, %d MB at most, nothing found\n", name, runs, rate, rss }' "$out/$name.log"
}

if [ $# -gt 0 ]; then targets=("$@"); else mapfile -t targets < <("$fuzzer" --targets); fi
status=0
for ((index = 0; index < ${#targets[@]}; index += 2)); do
  running=()
  for name in "${targets[@]:index:2}"; do
    fuzz "$name" &
    running+=($!)
  done
  for process in "${running[@]}"; do wait "$process" || status=1; done
done
exit "$status"
