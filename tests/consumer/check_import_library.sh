#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Checks that programs link with all functions of naputil.h and with nothing else. qutil.lib has each
# function under the names that callers ask for (AllocConnections@8, and with __imp_ in front), and
# napguid.lib has none. A COM server that has forgotten to define what it exports does not link then.
#
#   check_import_library.sh COMPILER PACKAGE
set -euo pipefail

compiler=$1 package=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# undefined OPTION...: the names that a program's object has for all functions.
undefined() {
    "$compiler" -x c -include naputil.h -isystem "$package/include" "$@" -c "$work/calls.c" \
        -o "$work/calls.o"
    llvm-nm --undefined-only "$work/calls.o"
}

sed -nE 's/^NAPAPI .* WINAPI ([A-Za-z]+)\(.*/void use_\1(void **f) { *f = (void *)\1; }/p' \
    "$package/include/naputil.h" >"$work/calls.c"
{ undefined && undefined -D NAPAPI=; } | awk '{ print $NF }' | sort >"$work/asked"
llvm-nm --defined-only "$package"/lib/{qutil,napguid}.lib | awk '$2 == "T" { print $3 }' | sort \
    >"$work/offered"
diff --label asked --label offered "$work/asked" "$work/offered"
[ "$(wc -l <"$work/calls.c")" -ge 16 ]
