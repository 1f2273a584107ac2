#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Reads built files: that each qutil.dll is hardened, small and has no exports and imports but those
# it should have, and that no file at all tells where it was built, by whom, and on which machine.
#
#   check_files.sh FILE|FOLDER...
set -euo pipefail

readonly max_size=$((32 * 1024))
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readobj=$(command -v llvm-readobj || command -v llvm-readobj-14) ||
    { echo "llvm-readobj is missing: install the package llvm" >&2; exit 1; }
failures=0

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    failures=$((failures + 1))
}

# has TEXT PATTERN MESSAGE: a whole line of TEXT is as PATTERN says, but for what surrounds it.
has() {
    grep -Eq "^ *$2( .*)?\$" <<<"$1" || fail "$3"
}

lacks() {
    ! grep -Eq "^ *$2( .*)?\$" <<<"$1" || fail "$3"
}

check_headers() {
    local file=$1 headers=$2 bit
    local bits=(DYNAMIC_BASE NX_COMPAT)
    if grep -q 'Arch: x86_64' <<<"$headers"; then
        bits+=(HIGH_ENTROPY_VA)
    else
        bits+=(NO_SEH)
    fi
    for bit in "${bits[@]}"; do
        has "$headers" "IMAGE_DLL_CHARACTERISTICS_$bit" "$file is not marked $bit"
    done
    lacks "$headers" IMAGE_FILE_RELOCS_STRIPPED "$file has no relocations"
    has "$headers" 'BaseRelocationTableSize: 0x[0-9A-F]*[1-9A-F][0-9A-F]*' \
        "$file has an empty table of relocations"
    lacks "$headers" 'DebugSize: 0x[0-9A-F]*[1-9A-F][0-9A-F]*' "$file has debug information"
}

# llvm-readobj prints a block for each section, from its number to its characteristics.
check_sections() {
    local file=$1 sections both
    sections=$("$readobj" --sections "$file")
    has "$sections" 'Name: \.reloc' "$file has no section of relocations"
    both=$(awk '/^ *Name: / { name = $2; write = execute = 0 }
        /IMAGE_SCN_MEM_WRITE/ { write = 1 }
        /IMAGE_SCN_MEM_EXECUTE/ { execute = 1 }
        /^  }/ && write && execute { print name }' <<<"$sections")
    [ -z "$both" ] || fail "$file has sections both writable and executable: $both"
}

check_names() {
    local file=$1 wanted=$2 found=$3 what=$4 differences
    differences=$(diff <(sort <<<"$wanted") <(sort <<<"$found") | grep '^[<>]' || true)
    [ -z "$differences" ] ||
        fail "$file: other $what (< is missing, > is too many):"$'\n'"$differences"
}

check_dll() {
    local file=$1 size
    size=$(stat --format %s "$file")
    [ "$size" -le "$max_size" ] || fail "$file has $size bytes, and $max_size are allowed"
    check_headers "$file" "$("$readobj" --file-headers "$file")"
    check_sections "$file"
    check_names "$file" "$(awk '/@/ { print $1 }' "$project/qutil.def")" \
        "$("$readobj" --coff-exports "$file" | awk '$1 == "Name:" { print $2 }')" exports
    check_names "$file" $'advapi32.dll\nkernel32.dll\nole32.dll' \
        "$("$readobj" --coff-imports "$file" | awk '$1 == "Name:" { print tolower($2) }')" imports
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

[ $# -gt 0 ] || { echo "usage: check_files.sh FILE|FOLDER..." >&2; exit 2; }
set_patterns
files=0
dlls=0
while IFS= read -r -d '' file; do
    files=$((files + 1))
    check_origin "$file"
    if [ "${file##*/}" = qutil.dll ]; then
        dlls=$((dlls + 1))
        check_dll "$file"
    fi
done < <(find "$@" -type f -print0)

[ "$dlls" -gt 0 ] || fail "there is no qutil.dll in $*"
echo "check_files: $files files, $dlls of them qutil.dll; $failures failures"
[ "$failures" -eq 0 ]
