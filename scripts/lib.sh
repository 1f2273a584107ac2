# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# What the scripts share: messages, long steps with progress, packages. To be sourced.

set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Downloads and what is built from them. It is made once, and outlives the build folder.
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/qutil
logs=$project/build/logs
child=
status=0

say() {
    printf '%s\n' "$*"
}

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Ends what step has started, when the script is interrupted or ends for another reason.
stop_child() {
    [ -z "$child" ] || kill -TERM -- "-$child" 2>/dev/null || true
    child=
}
trap stop_child EXIT
trap 'echo; exit 130' INT
trap 'exit 143' TERM

# try TEXT COMMAND...: runs a command that may take long, and says every 15 seconds that it still
# does. Its output goes to a log, whose end is shown when the command fails. Sets status to its exit
# code. Not to be called where set -e does not count (if, ||): functions would go on after errors.
try() {
    local text=$1 log start=$SECONDS next=15
    status=0
    shift
    mkdir -p "$logs"
    log=$logs/$(printf '%s' "$text" | tr -cs '[:alnum:]' '-' | cut -c 1-60).log
    printf '%s ...' "$text"
    # A process group of its own, so that stop_child ends all of it.
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    set +m
    while kill -0 "$child" 2>/dev/null; do
        sleep 0.2
        if [ $((SECONDS - start)) -ge "$next" ]; then
            printf ' %s s' "$next"
            next=$((next + 15))
        fi
    done
    wait "$child" || status=$?
    child=
    if [ "$status" -eq 0 ]; then
        printf ' done\n'
    else
        printf ' failed\n'
        tail -n 40 "$log" >&2
        printf 'Exit code %s. All of the output is in %s\n' "$status" "$log" >&2
    fi
}

# step TEXT COMMAND...: as try, and the script ends when the command fails.
step() {
    try "$@"
    [ "$status" -eq 0 ] || die "cannot go on: $1 failed"
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    # An index that cannot be had may be of no concern: if it is, installing fails.
    apt-get update || true
    apt-get install --yes --no-install-recommends "$@"
}

# shellcheck disable=SC2034
build_packages=(cmake ninja-build llvm gcc-mingw-w64-x86-64 gcc-mingw-w64-i686)
# shellcheck disable=SC2034
wine_packages=(wine wine64)

# need_packages NAME...: installs the Debian packages that are missing, or says which are.
need_packages() {
    local name missing=()
    if ! command -v dpkg-query >/dev/null; then
        say "This is not a Debian system, so packages are not checked. Needed: $*"
        return
    fi
    for name; do
        dpkg-query --show --showformat '${db:Status-Status}\n' "$name" 2>/dev/null |
            grep -qx installed || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        die "packages are missing. Run: sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    step "Installing ${#missing[@]} packages: ${missing[*]}" install_packages "${missing[@]}"
}

# Whether this machine's own Wine runs 32-bit programs: its 32-bit half is there. QUTIL_WINE_X86=1
# says so for a Wine in an unusual place.
host_wine_runs_x86() {
    [ -z "${QUTIL_WINE_X86:-}" ] || return 0
    compgen -G '/usr/lib*/i386-linux-gnu/wine/i386-unix/ntdll.so' >/dev/null ||
        compgen -G '/usr/lib*/wine/i386-unix/ntdll.so' >/dev/null
}

codename() {
    # shellcheck disable=SC1091
    (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-unknown}")
}

# The URI of the archive that apt takes this system's own packages from, without its updates.
archive_uri() {
    local uri
    # shellcheck disable=SC2016
    uri=$(apt-get indextargets --format '$(REPO_URI)' \
        "Codename: $(codename)" 'Created-By: Packages' | head -n 1)
    [ -n "$uri" ] || die "apt knows no archive for $(codename). Run apt-get update and try again."
    printf '%s' "$uri"
}

# The folder with the system that has a 32-bit Wine, where the machine's own Wine is 64 bit only.
wine32_root() {
    printf '%s/wine32-%s' "$cache" "$(codename)"
}

# Makes ready what scripts/wine needs for both machines.
need_wine() {
    if ! host_wine_runs_x86 && [ ! -d "$(wine32_root)" ]; then
        say "This machine's Wine runs 64-bit programs only."
        "$project/scripts/wine32-root"
    fi
}

stop_wine() {
    local machine
    for machine in x64 x86; do
        [ ! -d "$project/build/wine-$machine" ] || "$project/scripts/wine" "$machine" --stop
    done
}
