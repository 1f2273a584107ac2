#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Tests what need_wine decides on different machines. Fake programs come before the machine's own in
# PATH, and the cache folder is an empty one.
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../scripts" && pwd)
sandbox=$(mktemp -d)
trap 'rm -rf "$sandbox"' EXIT
export XDG_CACHE_HOME=$sandbox/cache QUTIL_WINEPREFIX=$sandbox/prefix
PATH=$sandbox/bin:$PATH
mkdir "$sandbox/bin"

# fake NAME: creates a fake program from the script on standard input.
fake() {
    { echo '#!/bin/sh' && cat; } >"$sandbox/bin/$1"
    chmod +x "$sandbox/bin/$1"
}

# Prints what need_wine decides: its exit code, the machines whose programs run, and whether 32-bit
# programs are skipped.
decision() (
    # shellcheck source=scripts/lib.sh
    . "$scripts/lib.sh"
    [ "$1" = without-root ] || mkdir -p "$(wine32_root)"
    code=0
    need_wine >"$sandbox/output" 2>&1 || code=$?
    echo "$code, ${machines[*]-}, ${no_x86:+skipped}"
)

# expect TEXT WINE ARCH_TEST MMDEBSTRAP with-root|without-root DECISION: the arguments are the exit
# codes of 32-bit programs in Wine and of arch-test, and what mmdebstrap prints before it fails.
expect() {
    local found
    rm -rf "$XDG_CACHE_HOME"
    fake wine <<<"case \$1 in *.exe) exit $2 ;; esac"
    fake arch-test <<<"exit $3"
    fake mmdebstrap <<<"echo '$4' >&2; exit 1"
    found=$(decision "$5") || true
    [ "$found" = "$6" ] && return
    printf 'FAILED: %s: "%s" should be "%s"\n' "$1" "$found" "$6" >&2
    cat "$sandbox/output" >&2
    exit 1
}

fake wineserver </dev/null
fake dpkg-query <<<"echo installed"
fake apt-get <<<"echo http://localhost any Debian"

expect "Wine runs them" 42 1 '' without-root "0, x64 x86, "
expect "the system in the cache runs them" 1 0 '' with-root "0, x64 x86, "
expect "nothing runs them" 1 1 '' without-root "0, x64, skipped"
expect "the system in the cache is of no use" 1 1 '' with-root "0, x64, skipped"
expect "the archive is in trouble" 1 0 'E: Failed to fetch' without-root "75, x64, "
expect "no Wine can be had for them" 1 0 'no space' without-root "1, x64, "
echo "need_wine: all as expected"
