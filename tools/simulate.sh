#!/usr/bin/env bash
# The longer campaign on a failing disk: tools/simulate.sh [ROUNDS] [FIRST_SEED]. Prints what it has seen; a seed that
# fails is printed with the command that replays it.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds="${1:-20000}"
first="${2:-100000}"
cmake --preset long >/dev/null
ninja -C build-long faults_tests
DUEBOOK_ROUNDS="$rounds" DUEBOOK_SEED="$first" build-long/tests/faults_tests --gtest_filter='Simulator.*' --gtest_brief=1
