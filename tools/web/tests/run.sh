#!/usr/bin/env bash
# Runs the page's tests against a server of their own, on the books of the demonstration.
#
#   tools/web/tests/run.sh DUEBOOK     the program; duebook-serve lies beside it
set -euo pipefail
duebook=$(readlink -f "$1")
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

folder=$(mktemp -d)
server=""
end() {
  if [[ -n "$server" ]]; then kill "$server" && wait "$server" || true; fi
  rm -rf "$folder"
}
trap end EXIT

export DUEBOOK_LEDGER=$folder/ledger
"$duebook" init "$DUEBOOK_LEDGER" --company 'Qiantang Trading' --currency CNY --administrator admin --date 2024-01-01
"$duebook" import --as-imported ../demo/2024-old-system.jsonl
"$duebook" import ../demo/2025-books.jsonl ../demo/after-the-signing.jsonl

# It prints its address, with the code that signs in, once it answers.
mkfifo "$folder/printed"
"$duebook" --actor li.na serve --port 0 >"$folder/printed" 2>"$folder/log" </dev/null &
server=$!
read -r address <"$folder/printed"
DUEBOOK_WEB_ADDRESS=${address%%/#*} DUEBOOK_WEB_CODE=${address##*code=} npm test
