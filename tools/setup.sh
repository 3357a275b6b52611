#!/usr/bin/env bash
# Installs what building and testing Duebook needs, all of it from Debian 12. Asks dpkg first, so it takes no time when
# everything is there. Works as root, or as a user who may use sudo.
#
#   tools/setup.sh           to build, and to run the tests of every day
#   tools/setup.sh --web     and to change the page, and to run its tests in a browser
#   tools/setup.sh --all     and for sanitizers, fuzzers, clang-tidy, packages, clocks that go wrong and pages as PDF
set -euo pipefail

packages=(
  # to build
  clang g++ cmake ninja-build ccache pkg-config
  librocksdb-dev libflatbuffers-dev flatbuffers-compiler libspdlog-dev libfmt-dev libssl-dev libsodium-dev libutf8proc-dev libabsl-dev libboost-dev
  libjemalloc-dev libzstd-dev libxxhash-dev liblz4-dev libsnappy-dev libbz2-dev zlib1g-dev
  libcli11-dev libsimdjson-dev libtomlplusplus-dev libxlsxwriter-dev libzip-dev libexpat1-dev
  # to test
  libgtest-dev libgmock-dev nlohmann-json3-dev clang-format git python3
)
if [[ "${1:-}" == --web || "${1:-}" == --all ]]; then
  # Another build of node, with its npm, does as well.
  command -v npm >/dev/null || packages+=(nodejs npm)
  packages+=(chromium fonts-noto-core fonts-noto-cjk)
fi
if [[ "${1:-}" == --all ]]; then
  packages+=(libclang-rt-dev clang-tidy faketime dpkg-dev file zsh weasyprint fonts-noto-core fonts-noto-cjk poppler-utils)
fi

missing=()
for package in "${packages[@]}"; do
  if [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]]; then
    missing+=("$package")
  fi
done
if [[ ${#missing[@]} -eq 0 ]]; then
  echo "setup: all ${#packages[@]} packages are installed"
  exit 0
fi

as_root=()
if [[ "$(id -u)" -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: these packages are missing, and without sudo only root can install them: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "setup: installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "${missing[@]}"
