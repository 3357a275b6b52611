#!/usr/bin/env bash
# Builds Duebook and runs its tests. Works from any folder; the second run only does what changed.
#
#   tools/test.sh            the build with clang and every test whose outcome depends on nothing but the code
#   tools/test.sh --all      and what is long, random or depends on load: GCC, sanitizers, fuzzers, new seeds, clang-tidy
#   tools/test.sh STEP...    single steps: release, web, gcc, long, gcc-tests, package, seeds, asan, tsan, fuzz or lint
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

started=$SECONDS
jobs=$(nproc)

say() { printf '\n=== %s (%d s so far)\n' "$1" $((SECONDS - started)); }

# Configures and builds one preset of CMakePresets.json; further arguments are those of `cmake --build`.
build() {
  local preset=$1
  shift
  cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log"; exit 1; }
  rm "build-$preset.log"
  cmake --build --preset "$preset" "$@" -- -j "$jobs"
}

release() {
  say "release build"
  build release
  say "all tests"
  ctest --preset release -j "$jobs"
}

# The page: whether what is committed is what its sources make, and each of its jobs in a browser, on the books of the
# demonstration. Who builds Duebook needs neither npm nor a browser, so without them this is left out, which is said.
web() {
  say "page"
  local tool
  for tool in npm chromium; do
    if ! command -v "$tool" >/dev/null; then
      echo "skipped: $tool is not installed (tools/setup.sh --web)"
      return
    fi
  done
  build release --target duebook duebook-serve
  npm --prefix tools/web ci --ignore-scripts --no-audit --no-fund
  npm --prefix tools/web run check
  tools/web/tests/run.sh build/duebook
}

# As packagers build it.
gcc() {
  say "program built with GCC"
  build gcc --target duebook
  build-gcc/duebook --version
}

gcc-tests() {
  say "all tests built with GCC"
  build gcc
  ctest --preset gcc -j "$jobs"
}

# The Debian packages: what they hold, and whether the program runs from them.
package() {
  say "Debian packages"
  build release
  tools/packaging/check_packages.sh build
}

long() {
  say "build with the long tests"
  build long
  say "long tests"
  ctest --preset long -j 1
}

# Random tests from a seed that nobody has tried; a failure prints it.
seeds() {
  build long
  local seed=$RANDOM$RANDOM
  say "random tests from seed $seed"
  DUEBOOK_SEED=$seed DUEBOOK_ROUNDS=500 build-long/tests/model_tests
  DUEBOOK_SEED=$seed DUEBOOK_ROUNDS=2000 build-long/tests/faults_tests
  local suite
  for suite in ledger projections hostile; do DUEBOOK_SEED=$seed "build-long/tests/${suite}_tests" --gtest_brief=1; done
}

asan() {
  say "build for AddressSanitizer and UndefinedBehaviorSanitizer"
  build asan
  say "all tests under AddressSanitizer and UndefinedBehaviorSanitizer"
  ctest --preset asan -j "$jobs"
}

tsan() {
  say "build for ThreadSanitizer"
  build tsan
  say "concurrent tests under ThreadSanitizer"
  # ThreadSanitizer does not start where the kernel spreads addresses widely, so that is switched off.
  local fixed_addresses=()
  if setarch --addr-no-randomize true 2>/dev/null; then fixed_addresses=(setarch --addr-no-randomize); fi
  "${fixed_addresses[@]}" ctest --preset tsan -j "$jobs"
}

fuzz() {
  say "fuzzers"
  tools/fuzz.sh 60
}

lint() {
  say "clang-tidy"
  cmake --preset release >/dev/null
  cmake --build --preset release --target generate_schemas
  python3 tools/lint.py build
}

if [[ "${1:-}" == --all ]]; then set -- release web gcc long gcc-tests package seeds asan tsan fuzz lint; fi
if [[ $# -eq 0 ]]; then set -- release web; fi
say "setup"
if [[ "$*" == release || "$*" == "release web" ]]; then tools/setup.sh; else tools/setup.sh --all; fi
for step in "$@"; do
  case "$step" in
    release | web | gcc | long | gcc-tests | package | seeds | asan | tsan | fuzz | lint) "$step" ;;
    *)
      echo "test.sh: no step is called '$step'; see the top of this file" >&2
      exit 2
      ;;
  esac
done
say "all is well"
