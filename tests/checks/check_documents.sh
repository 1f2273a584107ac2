#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Checks README.md, CONTRIBUTING.md and docs: the files that they link to or name exist, and their
# commands and the README's program can be run.
#
#   check_documents.sh   after the builds host and x64, with the packages in build/unpacked
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

documents=(README.md CONTRIBUTING.md docs/*.md)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    printf '%s\n' "$*" >&2
    failures=$((failures + 1))
}

# The anchors of a document's headings.
anchors() {
    sed -n 's/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | tr -cd '[:alnum:] \n_-' | tr ' ' -
}

check_links() {
    local document=$1 link
    while read -r link; do
        case $link in
        http*) ;;
        '#'*) anchors "$document" | grep -qx -- "${link#\#}" || fail "$document: no heading $link" ;;
        *) [ -e "$(dirname "$document")/${link%#*}" ] || fail "$document: no file $link" ;;
        esac
    done < <(grep -o '\](\([^)]*\))' "$document" | sed 's/^](//; s/)$//')
}

# Documents name a file of the repository or of a package by its path, by the end of its path, or by
# its name alone. Names of examples stand for any file.
check_names() {
    local document=$1 name
    while read -r name; do
        name=${name#../}
        name=${name#FOLDER/}
        name=${name//./\\.}
        grep -Eq "(^|/)${name//\*/[^/]*}(/|\$)" "$work/files" || fail "$document: no file $name"
    done < <({
        grep -oE '[[:alnum:]_/.*-]*[[:alnum:]_*]\.(c|h|cpp|def|inc|lib|md|sh|txt|cmake|manifest)\b' "$document"
        grep -oE '\b(src|tests|scripts|docs|include|examples)/[[:alnum:]_./-]*[[:alnum:]]' "$document"
    } | grep -vE '(^|/)(program|example|result|test_NAME|X|uuid)\.' | sort -u)
}

# The indented lines of a document that begin with a command.
commands() {
    grep -E "^    $2" "$1" | sed 's/^    //'
}

# run TEXT: runs it in bash, and prints its output if it fails.
run() {
    bash -euo pipefail -c "$1" >"$work/output" 2>&1 </dev/null ||
        { fail "failed: $1" && cat "$work/output" >&2; }
}

# Builds the README's program in each way that the README describes, and runs it.
check_program() {
    local package wine="$PWD/scripts/wine x64" line
    package=$(echo "$PWD"/build/unpacked/qutil-*-win-x64)
    # shellcheck disable=SC2016
    sed -n '/^```c$/,/^```$/p' README.md | grep -v '^```' >"$work/program.c"
    {
        printf 'cmake_minimum_required(VERSION 3.25)\nproject(program C)\nadd_executable(program program.c)\n'
        commands README.md '(find_package|target_link)'
    } >"$work/CMakeLists.txt"
    cp "$package/bin/qutil.dll" "$work"
    while read -r line; do
        rm -f "$work/program.exe"
        run "cd '$work'; ${line//FOLDER/$package}"
        run "cd '$work'; $wine program.exe"
    done < <(
        commands README.md x86_64-w64-mingw32-gcc
        echo "x86_64-w64-mingw32-gcc program.c \$($(grep -o 'PKG_CONFIG_LIBDIR[^`]*' README.md)) -o program.exe"
        echo "cmake -S . -B cmake -G Ninja --toolchain $PWD/cmake/x86_64-w64-mingw32-gcc.cmake \
            -D CMAKE_PREFIX_PATH=FOLDER && cmake --build cmake && cp cmake/program.exe ."
    )
    line=$(commands README.md WINEDEBUG)
    run "cd '$work'; ${line/wine /$wine }"
}

git ls-files >"$work/files" 2>/dev/null || find . -type f >"$work/files"
find build/unpacked -type f >>"$work/files"
for document in "${documents[@]}"; do
    check_links "$document"
    check_names "$document"
done
scripts/wine x64 --start
check_program
# The fuzzer runs for a second only.
while read -r line; do
    run "${line/time=600/time=1}"
done < <(commands CONTRIBUTING.md '(cmake --build --preset|mkdir|build/host|scripts/wine x64 build)')
printf '%s documents, %s failures\n' "${#documents[@]}" "$failures"
[ "$failures" -eq 0 ]
