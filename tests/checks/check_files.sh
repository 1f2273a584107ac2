#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Checks built files: each qutil.dll and qagent.dll has the bytes of one that was tested, the three
# packages contain the files of cmake/MANIFEST.txt and no others, and no file names the folder, user
# or machine of the build.
#
#   check_files.sh X64-FOLDER X86-FOLDER FILE|FOLDER...
#
# The first two folders have the DLLs that were tested.
set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
failures=0

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    failures=$((failures + 1))
}

# quote TEXT: prints a regular expression that matches only TEXT.
quote() {
    sed 's/[^[:alnum:]_/]/\\&/g' <<<"$1"
}

# Sets the patterns that no file may contain. In a text, the name of a user or machine may be an
# ordinary word, so the names alone are only forbidden in binary files.
set_patterns() {
    local user host name
    user=$(id -un)
    host=$(hostname)
    # First, folders of builds and users at the start of a path.
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

# Zero bytes are removed, so that patterns match UTF-16 text in binary files too.
check_origin() {
    local file=$1 pattern=$anywhere found
    case $file in
    *.dll | *.exe | *.lib) pattern+=$in_binaries ;;
    esac
    found=$(tr -d '\000' <"$file" | LC_ALL=C grep -aoE ".{0,40}($pattern).{0,40}" | head -n 3 |
        LC_ALL=C tr -c '[:print:]\n' '.' || true)
    [ -z "$found" ] || fail "$file tells where it was built:"$'\n'"$found"
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
