#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Compares docs/contract.md with the tests: each rule names a test, each named test exists, and each
# case in tests/contract has a rule. Names are as --list prints them, or are patterns with * and ?.
# Names without a dot are tests of tests/checks or tests/consumer.
#
#   check_contract.sh   after the builds host and x64; runs --list of qutil-tests in Wine
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
rules=0

fail() {
    printf '%s\n' "$*" >&2
    failures=$((failures + 1))
}

scripts/wine x64 --start
{
    for program in build/host/*_sanitized; do
        "$program" --list
    done
    scripts/wine x64 build/x64/qutil-tests.exe --own --list | tr -d '\r'
} | sort -u >"$work/cases"

touch "$work/expressions"
while IFS='|' read -r _ rule _ tests _; do
    [[ $rule != ' rule ' && $rule != ' --- ' ]] || continue
    rules=$((rules + 1))
    grep -q '[a-z]' <<<"$tests" || fail "no test: $rule"
    while read -r name; do
        if [[ $name = *.* ]]; then
            expression=$(sed -e 's/\./\\./g' -e 's/\*/.*/g' -e 's/?/./g' <<<"$name")
            echo "$expression" >>"$work/expressions"
            grep -qx "$expression" "$work/cases" || fail "there is no test $name: $rule"
        else
            grep -q -- "(NAME ${name%\*}" tests/{checks,consumer}/CMakeLists.txt ||
                fail "there is no test $name: $rule"
        fi
    done < <(tr ', ' '\n' <<<"$tests" | grep .)
done < <(grep '^| .* | .* | .* |$' docs/contract.md)

for file in tests/contract/test_*.c; do
    group=$(basename "$file" .c)
    while read -r name; do
        fail "no rule: $name"
    done < <(grep "^${group#test_}\." "$work/cases" | grep -vxf "$work/expressions")
done

[ "$rules" -gt 50 ] || fail "docs/contract.md has $rules rules only"
printf '%s rules, %s names of cases, %s failures\n' "$rules" "$(wc -l <"$work/cases")" "$failures"
[ "$failures" -eq 0 ]
