#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Fails if gcc warns about our NAP headers: about each by itself, and about all of them in another
# order, after macros that programs define. compare_headers.sh compiles code that uses them.
#
#   check_warnings.sh HEADERS
set -euo pipefail

headers=$1

# check LANGUAGE OPTION...: compiles the headers in the options.
check() {
    x86_64-w64-mingw32-gcc -x "${1%%[0-9]*}" -std="$1" -S -o /dev/null \
        -Wall -Wextra -Wpedantic -Werror -I "$headers" "${@:2}" -include stddef.h /dev/null
}

all=()
for header in "$headers"/*.h; do
    for language in c99 c++98; do
        check "$language" -include "${header##*/}"
    done
    all=(-include "${header##*/}" "${all[@]}")
done
for language in c11 c++98; do
    check "$language" -D COBJMACROS "${all[@]}"
    check "$language" -D COBJMACROS -D CONST_VTABLE "${all[@]}"
    check "$language" -D CINTERFACE -D NONAMELESSUNION "${all[@]}"
done
[ "${#all[@]}" -ge 26 ]
