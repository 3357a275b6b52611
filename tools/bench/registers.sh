#!/usr/bin/env bash
# Measures what reads of many customers, what asks for one customer or document of many, what happens to one of them very
# often, and `verify`.
#
#   tools/bench/registers.sh [--all]    registers over 1 and 10 million events; with --all over 30 million, too
#
# Reports run in turns with `aging`, each in a new process: the median of five, wall clock and processor time, and the
# most memory. Questions about one customer or document should take the same time over any number of events: the mean of
# twenty. The stories about one customer are told with 100,000 and 200,000 events, which should take twice the time.
# Works in build/bench/work, which must be on the disk to be measured, and is removed at the end.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

sizes=(1000000 10000000)
[[ ${1:-} == --all ]] && sizes+=(30000000)
work=build/bench/work
tools/setup.sh
cmake --preset release >/dev/null
cmake --build --preset release --target duebook duebook-generate duebook-generate-one-customer
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
export DUEBOOK_LEDGER="$work/ledger"

# Appends "SECONDS PROCESSOR_SECONDS MEGABYTES" of a command to the file.
measure() {
  local file=$1
  shift
  /usr/bin/env time -f '%e %U %S %M' -o "$work/time" "$@" >/dev/null
  awk '{ printf "%.2f %.2f %d\n", $1, $2 + $3, $4 / 1000 }' "$work/time" >>"$file"
}
# The median of each column of the file.
show() {
  local column figures=()
  for column in 1 2 3; do
    figures+=("$(awk -v c=$column '{ print $c }' "$2" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')")
  done
  printf '%-44s%9s s   processor %7s s   %6s MB\n' "$1" "${figures[@]}"
}
# The mean of twenty new processes, in milliseconds.
ask() {
  local title=$1 TIMEFORMAT='%R %U %S' figures
  shift
  figures=$({ time for _ in {1..20}; do build/duebook "$@" >/dev/null; done; } 2>&1)
  awk -v title="$title" '{ printf "%-44s%8.1f ms  processor %7.1f ms\n", title, $1 * 50, ($2 + $3) * 50 }' <<<"$figures"
}

echo
echo "$(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-), commit $(git rev-parse --short HEAD)"
reports=(aging promises disputes write-offs shipments credit remind worklist interest verify)
for events in "${sizes[@]}"; do
  echo
  rm -rf "$work"/*
  build/bench/duebook-generate "$events" >"$work/history.jsonl"
  build/duebook init "$DUEBOOK_LEDGER" --company Bench --currency CNY >/dev/null
  build/duebook import "$work/history.jsonl" >/dev/null
  build/duebook record InterestSet date=2023-01-01 rate=12 >/dev/null  # without it no invoice bears interest
  rm "$work/history.jsonl"
  for _ in 1 2 3 4 5; do
    for report in "${reports[@]}"; do measure "$work/$report" build/duebook "$report"; done
  done
  for report in "${reports[@]}"; do show "$report, $events events" "$work/$report"; done
  ask "one invoice's trail, $events events" trail INV-777
  ask "one customer's balance" balance --customer C7
  ask "one event recorded" record NoteAdded date=2025-12-30 customer=C7 text=measured
done

# What each story asks for, beside its import and `verify`.
declare -A asked=([promises]=promises [invoice-promises]=promises [write-offs]=write-offs [applications]=balance [reversal]=balance)
for story in promises invoice-promises write-offs applications reversal; do
  echo
  for events in 100000 200000; do
    rm -rf "$work"/*
    build/bench/duebook-generate-one-customer "$story" "$events" >"$work/history.jsonl"
    build/duebook init "$DUEBOOK_LEDGER" --company Bench --currency CNY >/dev/null
    measure "$work/import" build/duebook import "$work/history.jsonl" --as-imported
    measure "$work/verify" build/duebook verify
    measure "$work/report" build/duebook "${asked[$story]}"
    show "$story, $events events: import" "$work/import"
    show "  verify" "$work/verify"
    show "  ${asked[$story]}" "$work/report"
  done
done
