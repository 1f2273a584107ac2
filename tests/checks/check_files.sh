#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Reads built files: that each qutil.dll and qagent.dll is one of those that were tested, byte by byte,
# that the three packages have the files of cmake/MANIFEST.txt and no others, and that no file at all
# tells where it was built, by whom, and on which machine.
#
#   check_files.sh X64-FOLDER X86-FOLDER FILE|FOLDER...
#
# The DLLs that were tested are in the first two folders.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
failures=0

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    failures=$((failures + 1))
}

# quote TEXT: as a regular expression that finds just TEXT.
quote() {
    sed 's/[^[:alnum:]_/]/\\&/g' <<<"$1"
}

# What may be in no file. Words of a text may be anybody's name, in a binary file they are suspicious.
set_patterns() {
    local user host name
    user=$(id -un)
    host=$(hostname)
    # Folders of builds and users, at the start of a path.
    anywhere='(^|[^[:alnum:]_.~})/-])/(home|root|tmp|build|builds)/|[A-Za-z]:[\]+Users[\]'
    anywhere+="|$(quote "$project")(/|\$)|[/\\]$(quote "$user")[/\\]|@$(quote "$host")([^.-]|\$)"
    case ${HOME:-/} in
    / | /root) ;;
    *) anywhere+="|$(quote "$HOME")(/|\$)" ;;
    esac
    in_binaries=
    for name in "$user" "$host"; do
        [ ${#name} -le 4 ] || in_binaries+="|(^|[^[:alnum:]])$(quote "$name")([^[:alnum:]]|\$)"
    done
}

# Without its zero bytes, UTF-16 text in a binary file reads as other text does.
check_origin() {
    local file=$1 pattern=$anywhere found
    case $file in
    *.dll | *.exe | *.lib) pattern+=$in_binaries ;;
    esac
    found=$(tr -d '\000' <"$file" | LC_ALL=C grep -aoE ".{0,40}($pattern).{0,40}" | head -n 3 |
        LC_ALL=C tr -c '[:print:]\n' '.' || true)
    [ -z "$found" ] || fail "$file tells where it was built:"$'\n'"$found"
}

# manifest PACKAGE: the files that it has, below its top folder.
manifest() {
    case $1 in
    *-wine.zip) sed -E '/^#/d; s,^MACHINE/(.*),x64/\1\nx86/\1,' "$project/cmake/MANIFEST.txt" ;;
    *) sed -n 's,^MACHINE/,,p' "$project/cmake/MANIFEST.txt" ;;
    esac
}

check_contents() {
    local difference
    difference=$(diff --label MANIFEST.txt --label "$1" -U 0 <(manifest "$1" | sort) \
        <(unzip -Z1 "$1" | sed -nE 's,^[^/]+/(.*[^/])$,\1,p' | sort)) || fail "$difference"
}

[ $# -gt 2 ] || { echo "usage: check_files.sh X64-FOLDER X86-FOLDER FILE|FOLDER..." >&2; exit 2; }
set_patterns
files=0 dlls=0 packages=0
while IFS= read -r -d '' file; do
    files=$((files + 1))
    check_origin "$file"
    name=${file##*/}
    case $name in
    qutil.dll | qagent.dll | qutil.manifest | qagent.manifest)
        dlls=$((dlls + 1))
        cmp -s "$file" "$1/$name" || cmp -s "$file" "$2/$name" || fail "$file is not what was tested"
        ;;
    *.zip)
        packages=$((packages + 1))
        check_contents "$file"
        ;;
    esac
done < <(find "${@:3}" -type f -print0)

[ "$dlls" -gt 0 ] || fail "there is no DLL of ours in" "${@:3}"
[ "$packages" -eq 3 ] || fail "there are $packages packages in" "${@:3}"
echo "check_files: $files files, $dlls of them DLLs of ours, $packages packages; $failures failures"
[ "$failures" -eq 0 ]
