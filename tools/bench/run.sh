#!/usr/bin/env bash
# Measures Duebook on this machine: append, import, reports from a cold command line, one customer's trail.
#
#   tools/bench/run.sh [EVENTS]     1000000 if not given
#
# Works in build/bench/work, which must be on the disk to be measured, and is removed at the end.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

events=${1:-1000000}
work=build/bench/work
tools/setup.sh
cmake --preset release >/dev/null
cmake --build --preset release --target duebook duebook-generate duebook-append
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT

echo
echo "$(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-), commit $(git rev-parse --short HEAD)"
echo
build/bench/duebook-append "$work/append" "$events"
rm -rf "$work/append"

build/bench/duebook-generate "$events" >"$work/history.jsonl"
export DUEBOOK_LEDGER="$work/ledger"
echo
printf '%-44s' "import of $events events, $(($(stat -c %s "$work/history.jsonl") / events)) bytes a line"
build/duebook init "$DUEBOOK_LEDGER" --company Bench --currency CNY >/dev/null
peak() { { /usr/bin/env time -f '%M' "$@" >/dev/null; } 2>&1 | tail -n 1; }
started=$(date +%s%N)
build/duebook import "$work/history.jsonl" | tail -n 1
took=$((($(date +%s%N) - started) / 1000000))
printf '%-44s%12d/s\n' "  from start to end of the command" $((events * 1000 / took))
printf '%-44s%12d\n' "  bytes on disk an event" $(($(du -sb "$DUEBOOK_LEDGER" | cut -f1) / events))

# The best and the median of seven runs of a command, each a new process, in milliseconds.
cold() {
  local title=$1
  shift
  local times=()
  for _ in 1 2 3 4 5 6 7; do
    local started
    started=$(date +%s%N)
    build/duebook "$@" >/dev/null
    times+=($((($(date +%s%N) - started) / 100000)))
  done
  mapfile -t times < <(printf '%s\n' "${times[@]}" | sort -n)
  printf '%-44s%9d.%d ms   median %d.%d ms\n' "$title" $((times[0] / 10)) $((times[0] % 10)) $((times[3] / 10)) $((times[3] % 10))
}

middle=$((events / 2))
cold "aging, newest" aging
cold "aging at a past date" aging --effective 2024-12-31
cold "aging at a past date, as known half-way" aging --effective 2024-06-30 --known "$middle"
cold "balance by salesperson at a past date" balance --effective 2024-12-31 --by salesperson
cold "open items at a past date" open-items --effective 2024-12-31
cold "one customer's trail" trail C7
cold "one customer's statement, half a year" statement C7 --from 2024-07-01 --to 2024-12-31
cold "one customer's aging at a past date" aging --customer C7 --effective 2024-12-31
cold "one invoice's trail" trail INV-777
cold "one event recorded" record NoteAdded date=2025-12-30 customer=C7 text=measured
