#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Compares our NAP headers with mingw-w64's, which other people wrote. clang reads both, in C and in
# C++. Each declaration, layout, macro and value becomes a fact, which is a line, and the facts have
# to be the same. Fewer facts than before are an error: a new clang may print them differently.
#
#   compare_headers.sh TARGET OURS THEIRS
#
#   TARGET        x86_64-w64-mingw32 or i686-w64-mingw32
#   OURS, THEIRS  folders with the headers
set -euo pipefail
export LC_ALL=C

target=$1
ours=$2
theirs=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The number of facts with clang 14, 19 and 21, and mingw-w64 10, 12 and 14.
least=1801

fail() {
    printf '%s: %s\n' "$target" "$*" >&2
    exit 1
}

# compile SIDE LANGUAGE OPTION... FILE: compiles the file after the headers of a side.
compile() {
    clang --target="$target" -x "${2%%[0-9]*}" -std="$2" -I "$work/$1" -include "$work/$1/all.h" \
        -D COBJMACROS -Wall -Wextra -Wpedantic -Werror "${@:3}"
}

# Prints functions, variables, enumerators and types; and for each C++ interface its base and its
# methods in the order of the vtable. Two differences are left out: mingw-w64 has _ifspec variables
# for RPC, and its ids are not constants (use.h checks that ours are).
declarations() {
    compile "$1" "$2" -fsyntax-only -Xclang -ast-dump /dev/null | awk '
        /CXXRecordDecl .* definition$/ { class = $(NF - 1) }
        /-public / {
            split($0, part, "\047")
            methods[class] = methods[part[2]]
            print "base", class, part[2]
        }
        !/-(Function|Var|EnumConstant|Typedef|CXXMethod)Decl / { next }
        !match($0, /[A-Za-z0-9_]+ \047[^\047]+\047/) { next }
        {
            kind = $0
            sub(/Decl .*/, "", kind)
            sub(/.*-/, "", kind)
            fact = substr($0, RSTART, RLENGTH)
            gsub("WINBOOL", "BOOL", fact)
            sub("\047const UINT32\047", "\047UINT32\047", fact)
        }
        kind != "CXXMethod" && fact !~ /_ifspec / { print kind, fact }
        # A method that the base has too overrides that one and keeps its place in the vtable.
        / virtual pure$/ && !index("\n" methods[class], "\n" fact "\n") {
            methods[class] = methods[class] fact "\n"
        }
        END {
            for (class in methods) {
                count = split(methods[class], method, "\n")
                for (i = 1; i < count; i++)
                    print "method", class, i - 1, method[i]
            }
        }'
}

# Prints offset, type and name of the members of structures, unions and C vtables.
layouts() {
    compile "$1" c11 -fsyntax-only -Xclang -fdump-record-layouts-complete \
        -Xclang -fdump-record-layouts-canonical /dev/null | awk '
        /Dumping AST Record Layout/ { record = "" }
        record == "" && / \| / { record = $3 " " $4 }
        / \| / { print "layout", record ":", $0 }'
}

# Prints the macros that call methods, the result codes, and the names of macros that are numbers;
# use.h makes facts of their values.
macros() {
    compile "$1" c11 -E -dM /dev/null | awk '
        $2 ~ /^((Async)?INap[A-Za-z0-9]+_|NAP_[ES]_|NAPAPI$)/ {
            name = $2
            $1 = $2 = ""
            gsub(" ", "")
            print "macro", name, $0
            next
        }
        $2 ~ /^[A-Za-z][A-Za-z0-9]*$/ && NF > 2 { print "number", $2 }'
}

# Prints the facts that can be found without a list of names.
declared() {
    declarations "$1" c11 | sed 's/^/c11 /'
    declarations "$1" c++17 | sed 's/^/c++17 /'
    layouts "$1"
    macros "$1"
}

# Reads facts of mingw-w64's headers, and prints their names as calls of the macros in use.h.
names() {
    sed -nE -e 's/^number (.*)/USE_NUMBER(\1)/p' \
        -e 's/^c11 EnumConstant ([^ ]+) .*/USE_NUMBER(\1)/p' \
        -e 's/^c11 Function ([^ ]+) .*/USE_FUNCTION(\1)/p' \
        -e 's/^c11 Var IID_([^ ]+) .*/USE_INTERFACE(\1)/p' \
        -e 's/^c11 Var CLSID_([^ ]+) .*/USE_CLASS(\1)/p' \
        -e 's/^c11 Var ([^ ]+) .*/USE_ID(\1)/p'
}

# Prints the values that use.h makes of the names. mingw-w64's headers lack the GUIDs of classes, so
# those of napguid.c are compared.
values() {
    compile "$1" "$2" -S -emit-llvm -o - -D NAPAPI= -include "$here/use.h" "$work/names" | variables
    [ "$1 $2" != "theirs c++17" ] || napguid | sed -n '/ CLSID_/p'
}
napguid() {
    clang --target="$target" -S -emit-llvm -o - "$here/../../src/napguid/napguid.c" | variables
}
variables() {
    sed -nE -e 's/, (comdat|align).*//' -e 's/^@([^ ]+) = .*(constant|global) (.*)/value \1 \3/p'
}

# Writes all.h for three sides: ours, theirs, and none, which is Windows without NAP. The facts of
# none are left out. NAP's result codes are in mingw-w64's winerror.h, and in our naperror.h.
write_sides() {
    local header
    mkdir "$work/none" "$work/ours" "$work/theirs"
    cp "$ours"/*.h "$work/ours"
    printf '#include <%s.h>\n' windows ole2 ocidl rpc wincrypt sal initguid >"$work/theirs/all.h"
    cp "$work/theirs/all.h" "$work/none/all.h"
    macros none | awk '$2 ~ /^NAP_/ { print "#undef", $2 }' >"$work/undefine"
    cat "$work/undefine" >>"$work/none/all.h"
    cp "$work/none/all.h" "$work/ours/all.h"
    for header in "$work/ours"/nap*.h; do
        printf '#include "%s"\n' "${header##*/}" >>"$work/ours/all.h"
    done
    for header in "$theirs"/nap*.h; do
        [ -f "$ours/${header##*/}" ] || fail "we have no ${header##*/}"
        printf '#include <%s>\n' "${header##*/}" >>"$work/theirs/all.h"
    done
}

write_sides
for side in none theirs ours; do
    declared "$side" | sort -u >"$work/$side/declared"
done
comm -13 "$work"/{none,theirs}/declared | names >"$work/names"
for side in theirs ours; do
    {
        comm -13 "$work"/{none,"$side"}/declared
        values "$side" c11 | sed 's/^/c11 /'
        values "$side" c++17 | sed 's/^/c++17 /'
    } | sort >"$work/$side/facts"
done
diff --unified=0 --label theirs --label ours "$work"/{theirs,ours}/facts ||
    fail "these facts differ"
diff --label napguid.c --label headers <(napguid | sort) \
    <(sed -nE 's/^c\+\+17 (value (IID|CLSID)_)/\1/p' "$work/ours/facts") ||
    fail "napguid.c has other GUIDs than the headers"
count=$(wc -l <"$work/ours/facts")
[ "$count" -ge "$least" ] || fail "only $count facts"
printf '%s: %s facts are the same\n' "$target" "$count"
