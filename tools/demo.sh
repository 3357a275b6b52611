#!/usr/bin/env bash
# Shows what Duebook is for, on the books of a small trading company that come with it: sets up the machine, builds, and
# plays the five minutes of README.md: says what stands there and types its commands. Works from any folder; quick the
# second time.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

bold="" plain=""
if [[ -t 1 ]]; then bold=$(tput bold || true) plain=$(tput sgr0 || true); fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }

# Runs a command in this shell. Only one that the page shows being refused may fail.
type_command() {
  local command=$1 shown=$2
  printf '\n$ %s\n' "$command"
  if eval "$command" 2>&1; then return; fi
  if [[ "$shown" == "duebook: "* ]]; then return; fi
  echo "demo.sh: this should have succeeded" >&2
  exit 1
}

# Plays lines of Markdown: paragraphs are said, console blocks typed, sh blocks shown for the reader to try.
play() {
  local lines=("$@") block="" paragraph="" command i
  for ((i = 0; i < ${#lines[@]}; i++)); do
    local line=${lines[i]}
    if [[ "$line" == '```'* ]]; then
      if [[ -n "$paragraph" ]]; then say "$paragraph"; fi
      paragraph=""
      if [[ -n "$block" ]]; then block=""; else block=${line#'```'}; fi
    elif [[ "$block" == console && "$line" == '$ '* ]]; then
      command=${line#'$ '}
      while [[ "$command" == *'\' ]]; do command+=$'\n'${lines[++i]}; done
      type_command "$command" "${lines[i + 1]}"
    elif [[ "$block" == sh ]]; then
      echo "  $line"
    elif [[ -z "$block" && -n "$line" && "$line" != [#\|]* ]]; then
      paragraph+="${paragraph:+ }$line"
    elif [[ -z "$line" ]]; then
      if [[ -n "$paragraph" ]]; then say "$paragraph"; fi
      paragraph=""
    fi
  done
}

say "Setting up and building"
tools/setup.sh
cmake --preset release >build-demo.log 2>&1 || { cat build-demo.log; exit 1; }
rm build-demo.log
cmake --build --preset release --target duebook

mapfile -t five_minutes < <(sed -n '/^## Five minutes/,/^| command/p' README.md)
play "${five_minutes[@]}"
say "To try these here: export PATH=$PWD/build:\$PATH DUEBOOK_LEDGER=$PWD/build/demo-ledger"
