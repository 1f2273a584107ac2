#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Each rule in docs/contract.md names a test that exists.
#
#   check_contract.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

failures=0
rules=0

fail() {
    printf '%s\n' "$*" >&2
    failures=$((failures + 1))
}

# check_rule RULE TESTS
check_rule() {
    local name
    grep -q '[a-z]' <<<"$2" || fail "no test: $1"
    for name in ${2//,/ }; do
        grep -rqw --include='*.c' --include=CMakeLists.txt -- "$name" tests ||
            fail "there is no test $name: $1"
    done
}

set -f
while IFS='|' read -r _ rule _ tests _; do
    case $rule in
    ' rule ' | ' --- ') ;;
    *)
        rules=$((rules + 1))
        check_rule "$rule" "$tests"
        ;;
    esac
done < <(grep '^|' docs/contract.md)

[ "$rules" -gt 50 ] || fail "docs/contract.md has $rules rules only"
printf '%s rules, %s faults\n' "$rules" "$failures"
[ "$failures" -eq 0 ]
