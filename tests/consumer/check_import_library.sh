#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Checks that the libraries define all functions of naputil.h and no others. qutil.lib has each
# function under both names that programs use (AllocConnections@8, and the same after __imp_), and
# napguid.lib has none. So a COM server that does not define one of its own exports does not link.
#
#   check_import_library.sh COMPILER PACKAGE
set -euo pipefail

compiler=$1 package=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# undefined OPTION...: prints the names that the object of a program has for all functions.
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
