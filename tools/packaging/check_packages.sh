#!/usr/bin/env bash
# check_packages.sh BUILD: makes the Debian packages of a build, and runs the program from what they hold.
set -euo pipefail
build=$(readlink -f "$1")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

(cd "$room" && cpack --config "$build/CPackConfig.cmake" >cpack.log) || { cat "$room/cpack.log"; exit 1; }
program=$(echo "$room"/duebook_*.deb)
development=$(echo "$room"/duebook-dev_*.deb)
dpkg-deb --info "$program"
for library in libc6 libssl3 libsodium23 libzstd1; do
  dpkg-deb --field "$program" Depends | grep --quiet "$library" || { echo "the package does not depend on $library"; exit 1; }
done
dpkg-deb --extract "$program" "$room/tree"
dpkg-deb --extract "$development" "$room/tree"
for file in usr/bin/duebook usr/bin/duebook-serve usr/share/man/man1/duebook-aging.1.gz usr/share/bash-completion/completions/duebook \
  usr/share/zsh/vendor-completions/_duebook usr/share/duebook/maps/open-items.toml usr/share/duebook/cards/trade-credit.toml \
  usr/include/duebook/ledger/ledger.h; do
  test -e "$room/tree/$file" || { echo "no package holds $file"; exit 1; }
done
"$room/tree/usr/bin/duebook" init "$room/books" --company Acme --currency CNY
"$room/tree/usr/bin/duebook" --ledger "$room/books" verify
