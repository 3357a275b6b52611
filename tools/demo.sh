#!/usr/bin/env bash
# Shows what Duebook is for, on the books of a small trading company that come with it: sets up the machine, builds,
# records two years and what came to light after the signing, and asks. Works from any folder; quick the second time.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

bold="" plain=""
if [[ -t 1 ]]; then bold=$(tput bold || true) plain=$(tput sgr0 || true); fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

# Prints a command as one would type it, and runs it.
run() {
  printf '\n$ duebook'
  local word
  for word in "$@"; do
    if [[ "$word" == *" "* ]]; then printf " '%s'" "$word"; else printf ' %s' "$word"; fi
  done
  printf '\n'
  build/duebook "$@"
}

# The same for one that is refused: the demonstration goes on.
run_refused() {
  if run "$@" 2>&1; then
    echo "demo.sh: this should have been refused" >&2
    exit 1
  fi
}

say "Setting up and building"
tools/setup.sh
cmake --preset release >build-demo.log 2>&1 || { cat build-demo.log; exit 1; }
rm build-demo.log
cmake --build --preset release --target duebook

export DUEBOOK_LEDGER=build/demo-ledger
rm -rf "$DUEBOOK_LEDGER"

say "1. 2024 comes from the old system, 2025 was recorded as it happened; on 20 January 2026 the year was signed"
run init "$DUEBOOK_LEDGER" --company "Qiantang Trading" --currency CNY --administrator admin --date 2024-01-01
run import --as-imported tools/demo/2024-old-system.jsonl
run import tools/demo/2025-books.jsonl
signed=$(build/duebook info --format json | sed -n 's/.*"events":\([0-9]*\).*/\1/p')

say "2. Then a cheque bounced, a payment turned out to belong to another invoice, and wet pallets were credited"
run import tools/demo/after-the-signing.jsonl

say "3. The aging at the year's end, as it was known when it was signed (event $signed) ..."
run aging --effective 2025-12-31 --known "$signed"

say "... and as it is known now"
run aging --effective 2025-12-31

say "4. What made the difference: every event, who entered it, and by how much"
run explain --effective 2025-12-31 --known "$signed" --known "$(build/duebook info --format json |
  sed -n 's/.*"events":\([0-9]*\).*/\1/p')"

say "5. One invoice's trail, with what was open before and after each event"
run trail INV-25-037

say "6. Who wrote off what, who approved it, and which rules the old system let people break"
run write-offs --effective 2026-01-28

say "7. In September 2024 a claim was split in two to stay under 5000.00, where one signature does. Now somebody tries again"
run record WriteOffRequested date=2026-01-28 actor=wang.lei write_off=WO-26-01 invoice=INV-25-023 amount=4800.00 \
  reason="the other half"
run_refused record WriteOffApproved date=2026-01-28 actor=li.na write_off=WO-26-01

say "8. Promises that were made, and what became of them"
run promises --effective 2026-01-28

say "Every byte is read again, and all that follows from the events is computed again"
run verify

say "Try next (export DUEBOOK_LEDGER=$PWD/$DUEBOOK_LEDGER; duebook is $PWD/build/duebook)"
cat <<'TRY'
  duebook statement 天府食品 --from 2025-07-01 --to 2025-12-31   a customer's account; to send it, add
                    --language zh --format html --output statement.html
  duebook write-offs --violations                           what broke a rule, and the events that show it
  duebook trail Okafor                                      the cheque that came back, told by its events
  duebook open-items --effective 2025-12-31 --format csv    for a spreadsheet
  duebook shipments --effective 2025-12-31                  the cut-off test: shipped and not invoiced
  duebook balance --by salesperson                          whose customers owe how much
  duebook events --type PaymentReversed --format jsonl      the log itself
  duebook record NoteAdded date=2026-01-29 customer=Okafor text="called, promises to pay on Friday"
  duebook COMMAND --help                                    every command has an example
TRY
