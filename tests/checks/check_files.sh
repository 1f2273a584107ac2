#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Checks built files: each qutil.dll and qagent.dll has the bytes of one that was tested, the three
# packages contain the files of cmake/MANIFEST.txt and no others, no file has a path of the build.
#
#   check_files.sh X64-FOLDER X86-FOLDER FILE|FOLDER...
#
# The first two folders have the DLLs that were tested.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}
failures=0

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    failures=$((failures + 1))
}

# manifest PACKAGE: prints the files that it has to contain, below its top folder.
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
files=0 dlls=0 packages=0
while IFS= read -r -d '' file; do
    files=$((files + 1))
    ! LC_ALL=C grep -qaF -e "$project/" -e "$cache/" "$file" ||
        fail "$file has the path of a folder of this computer"
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
