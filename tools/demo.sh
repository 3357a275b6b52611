#!/usr/bin/env bash
# Shows what Duebook is for, on the books of a small trading company that come with it: sets up the machine, builds, and
# plays a page: says what stands there and types its commands. Works from any folder; quick the second time.
#
#   tools/demo.sh         the five minutes of README.md
#   tools/demo.sh month   a month of collecting, tools/guide/a-month.md
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
  if [[ "$shown" == *"duebook: "* ]]; then return; fi
  echo "demo.sh: this should have succeeded" >&2
  exit 1
}

# Plays lines of Markdown: paragraphs are said, console blocks typed, sh blocks shown for the reader to try, and blocks
# with a name written as files.
play() {
  local lines=("$@") block="" paragraph="" command shown i j
  for ((i = 0; i < ${#lines[@]}; i++)); do
    local line=${lines[i]}
    if [[ "$line" == '```'* ]]; then
      if [[ -n "$paragraph" ]]; then say "$paragraph"; fi
      paragraph=""
      if [[ -n "$block" ]]; then block=""; else block=${line#'```'}; fi
      if [[ "$block" == *' '* ]]; then : >"${block#* }"; fi
    elif [[ "$block" == *' '* ]]; then
      printf '%s\n' "$line" >>"${block#* }"
    elif [[ "$block" == console && "$line" == '$ '* ]]; then
      command=${line#'$ '}
      while [[ "$command" == *'\' ]]; do command+=$'\n'${lines[++i]}; done
      shown=""
      for ((j = i + 1; j < ${#lines[@]}; j++)); do
        if [[ "${lines[j]}" == '$ '* || "${lines[j]}" == '```'* ]]; then break; fi
        shown+=${lines[j]}$'\n'
      done
      type_command "$command" "$shown"
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

if [[ "${1:-}" == month ]]; then
  export PATH="$PWD/build:$PATH"
  mapfile -t month <tools/guide/a-month.md
  rm -rf build/demo-month
  mkdir build/demo-month
  ln -s "$PWD/tools" build/demo-month/tools
  cd build/demo-month
  play "${month[@]}"
else
  mapfile -t five_minutes < <(sed -n '/^## Five minutes/,/^| command/p' README.md)
  play "${five_minutes[@]}"
  DUEBOOK_LEDGER=build/demo-ledger
fi
say "To try these here: export PATH=${PATH%%:*}:\$PATH DUEBOOK_LEDGER=$PWD/$DUEBOOK_LEDGER"
