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

failures=0
rules=0
patterns=()

fail() {
    printf '%s\n' "$*" >&2
    failures=$((failures + 1))
}

scripts/wine x64 --start
mapfile -t cases < <({
    for program in build/host/*_sanitized; do
        "$program" --list
    done
    scripts/wine x64 build/x64/qutil-tests.exe --own --list | tr -d '\r'
} | sort -u)

# matches PATTERN: whether a case matches it.
matches() {
    local name
    for name in "${cases[@]}"; do
        # shellcheck disable=SC2053
        [[ $name != $1 ]] || return 0
    done
    return 1
}

# has_rule CASE: whether a pattern of a rule matches it.
has_rule() {
    local pattern
    for pattern in "${patterns[@]}"; do
        # shellcheck disable=SC2053
        [[ $1 != $pattern ]] || return 0
    done
    return 1
}

set -f
while IFS='|' read -r _ rule _ tests _; do
    case $rule in
    ' rule ' | ' --- ') continue ;;
    esac
    rules=$((rules + 1))
    grep -q '[a-z]' <<<"$tests" || fail "no test: $rule"
    for name in ${tests//,/ }; do
        case $name in
        *.*)
            patterns+=("$name")
            matches "$name" || fail "there is no test $name: $rule"
            ;;
        *)
            grep -q -- "(NAME ${name%\*}" tests/{checks,consumer}/CMakeLists.txt ||
                fail "there is no test $name: $rule"
            ;;
        esac
    done
done < <(grep '^| .* | .* | .* |$' docs/contract.md)
set +f

for file in tests/contract/test_*.c; do
    group=$(basename "$file" .c)
    for name in "${cases[@]}"; do
        [[ $name != "${group#test_}".* ]] || has_rule "$name" || fail "no rule: $name"
    done
done

[ "$rules" -gt 50 ] || fail "docs/contract.md has $rules rules only"
printf '%s rules, %s names of cases, %s failures\n' "$rules" "${#cases[@]}" "$failures"
[ "$failures" -eq 0 ]
