#!/usr/bin/env bash
# Builds the fuzzers of tests/fuzz and runs each for a while, one a core. Exit status 1 if one of them found something:
# the input lies in build-asan/found then, and how to run it again is printed. What they learn is kept in
# build-asan/corpus and built upon the next time.
#
#   tools/fuzz.sh                    every fuzzer for a minute
#   tools/fuzz.sh 3600 jsonl frame   these two for an hour each
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

seconds=${1:-60}
if [[ ! $seconds =~ ^[1-9][0-9]*$ ]]; then echo "fuzz.sh: '$seconds' is not a number of seconds" >&2; exit 2; fi
shift $(($# > 0 ? 1 : 0))
if [[ $# -eq 0 ]]; then
  for source in tests/fuzz/*_fuzzer.cc; do set -- "$@" "$(basename "$source" _fuzzer.cc)"; done
fi
for name in "$@"; do
  if [[ ! -f tests/fuzz/${name}_fuzzer.cc ]]; then echo "fuzz.sh: there is no fuzzer '$name'" >&2; exit 2; fi
done

build=build-asan
cmake --preset asan >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
rm "$build.log"
cmake --build --preset asan --target "${@/%/_fuzzer}" -- -j "$(nproc)"
mkdir -p $build/found $build/log

# Runs one fuzzer and says what became of it. Inputs are short: what is long is tried by the tests.
fuzz() {
  local name=$1 log=$build/log/$1.log corpus=$build/corpus/$1 before status=0
  mkdir -p "$corpus"
  before=$(find "$corpus" -type f | wc -l)
  local options=(-max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1)
  if [[ -f tests/fuzz/$name.dict ]]; then options+=(-dict=tests/fuzz/"$name".dict); fi
  $build/tests/fuzz/"$name"_fuzzer "${options[@]}" -artifact_prefix="$build/found/$name-" \
    "$corpus" "tests/fuzz/corpus/$name" >"$log" 2>&1 || status=$?
  local executions found
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  found=$(find "$corpus" -type f | wc -l)
  printf '%-12s %9s executions in %d s; %d inputs, %d of them new\n' \
    "$name" "${executions:-0}" "$seconds" "$found" $((found - before))
  if [[ $status -eq 0 ]]; then return 0; fi
  grep -m 1 -E 'invariant broken|ERROR: |runtime error' "$log" || tail -n 5 "$log"
  local input
  input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
  if [[ -n $input ]]; then
    printf '  found by   %s\n  run again  %s %s\n  then keep the input in %s\n' \
      "$input" "$build/tests/fuzz/${name}_fuzzer" "$input" "tests/fuzz/corpus/$name"
  fi
  printf '  log        %s\n' "$log"
  return 1
}

failed=0
running=0
for name in "$@"; do
  if [[ $running -ge $(nproc) ]]; then
    wait -n || failed=1
    running=$((running - 1))
  fi
  fuzz "$name" &
  running=$((running + 1))
done
while [[ $running -gt 0 ]]; do
  wait -n || failed=1
  running=$((running - 1))
done
exit $failed
