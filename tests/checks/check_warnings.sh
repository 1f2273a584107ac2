#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Fails where gcc warns of our NAP headers: of each by itself, and of all of them in another order,
# with what programs define before them, and with the ids used.
#
#   check_warnings.sh HEADERS
set -euo pipefail

headers=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
uses=$(mktemp)
trap 'rm -f "$uses"' EXIT
failures=0

# check LANGUAGE FILE OPTION...: compiles a file.
check() {
    local language=$1 file=$2
    shift 2
    x86_64-w64-mingw32-gcc -x "${language%%[0-9]*}" -std="$language" -S -o /dev/null \
        -Wall -Wextra -Wpedantic -Werror -I "$headers" "$@" -include stddef.h "$file" || {
        printf 'failed: %s %s\n' "$language" "$*" >&2
        failures=$((failures + 1))
    }
}

all=()
for header in "$headers"/*.h; do
    for language in c99 c++98; do
        check "$language" /dev/null -include "${header##*/}"
    done
    all=(-include "${header##*/}" "${all[@]}")
done
for definitions in "-D COBJMACROS" "-D COBJMACROS -D CONST_VTABLE" \
    "-D CINTERFACE -D NONAMELESSUNION"; do
    for language in c11 c++98; do
        # shellcheck disable=SC2086
        check "$language" /dev/null $definitions "${all[@]}"
    done
done
sed -nE 's/^static const UINT32 ([A-Za-z0-9]+) =.*/USE_ID(\1)/p' "$headers"/*.h >"$uses"
for language in c11 c++17; do
    check "$language" "$uses" "${all[@]}" -include "$here/use.h"
done

count=$((${#all[@]} / 2))
ids=$(wc -l <"$uses")
printf '%s headers, %s ids, %s failures\n' "$count" "$ids" "$failures"
[ "$failures" -eq 0 ] && [ "$count" -ge 13 ] && [ "$ids" -ge 16 ]
