# shellcheck shell=bash
# shellcheck disable=SC2034
# SPDX-License-Identifier: MIT
#
# Functions of the scripts, which source this file: messages, steps with progress, packages, Wine.

set -euo pipefail
unset CDPATH # with it, cd may print the folder

called_in=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=$PWD
# Downloads, and what is built from them. It is made once, and stays if the build folder is removed.
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/qutil
logs=$project/build/logs
# The compilers' names for the machines x64 and x86.
declare -A target=([x64]=x86_64-w64-mingw32 [x86]=i686-w64-mingw32)
# The exit code if something is needed that is not available now, mostly because the package archive
# is in trouble. Trying again later may help.
readonly later=75

# The exit code and the log file of the last command that finish has waited for.
status=0
log=
# The process groups that start has started, by the text of each.
declare -A running=()
# Files and folders that clean_up removes, and whether it stops Wine.
temporary=()
runs_wine=

say() {
    printf '%s\n' "$*"
}

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Ends the commands that start has started, and removes temporary files.
clean_up() {
    local child i
    trap '' INT TERM
    for child in "${running[@]}"; do
        kill -TERM -- "-$child" 2>/dev/null || continue
        for ((i = 0; i < 50; i++)); do
            kill -0 -- "-$child" 2>/dev/null || break
            sleep 0.1
        done
    done
    [ -z "$runs_wine" ] || stop_wine >/dev/null 2>&1 || true
    rm -rf --one-file-system -- "${temporary[@]}"
}
trap clean_up EXIT
trap 'echo; exit 130' INT
trap 'exit 143' TERM

log_of() {
    printf '%s/%s.log' "$logs" "$(printf '%s' "$1" | tr -cs '[:alnum:]' - | cut -c 1-60)"
}

# start TEXT COMMAND...: starts a command and does not wait for it. Its output goes to a log.
start() {
    local log code
    mkdir -p "$logs"
    log=$(log_of "$1")
    code=$log.code
    rm -f "$code"
    # A process group of its own, so that clean_up ends all of it. Its exit code goes to a file,
    # because bash forgets that of a job that has ended long ago.
    set -m
    (
        trap 'echo $? >"$code"' EXIT
        "${@:2}"
    ) >"$log" 2>&1 </dev/null &
    running[$1]=$!
    set +m
}

# finish TEXT: waits for the command that was started with this text, and prints the time every 15
# seconds. Prints the end of its output if it failed. Sets status to its exit code, and log.
finish() {
    local child=${running[$1]} start=$SECONDS next=15
    log=$(log_of "$1")
    printf '%s ...' "$1"
    while [ ! -e "$log.code" ] && kill -0 "$child" 2>/dev/null; do
        sleep 0.2
        if [ $((SECONDS - start)) -ge "$next" ]; then
            printf ' %s s' "$next"
            next=$((next + 15))
        fi
    done
    wait "$child" 2>/dev/null || true
    status=$(cat "$log.code" 2>/dev/null || echo 1)
    unset "running[$1]"
    if [ "$status" -eq 0 ]; then
        printf ' done\n'
    else
        printf ' failed\n'
        tail -n 40 "$log" >&2
        printf 'Exit code %s. The whole output is in %s\n' "$status" "$log" >&2
    fi
}

# try TEXT COMMAND...: starts a command and waits for it. Must not be called in a condition (if,
# ||): bash ignores set -e there, and functions would go on after errors.
try() {
    start "$@"
    finish "$1"
}

# step TEXT COMMAND...: as try, but if the command fails, the script ends.
step() {
    try "$@"
    [ "$status" -eq 0 ] || die "cannot go on: $1 failed"
}

# make_once FOLDER TEXT COMMAND...: does nothing if FOLDER exists. Otherwise runs a command, as try
# does, that fills the folder "$unfinished", and renames this to FOLDER if the command succeeds.
make_once() {
    status=0
    [ ! -d "$1" ] || return 0
    mkdir -p "$cache"
    unfinished=$(mktemp -d "$1.XXXXXX")
    temporary+=("$unfinished")
    try "${@:2}"
    if [ "$status" -eq 0 ]; then
        chmod 755 "$unfinished"
        mv -T "$unfinished" "$1"
    else
        rm -rf --one-file-system "$unfinished"
    fi
}

# die_of_archive TEXT: ends the script. The exit code is $later if the last log says that files of
# the archive cannot be fetched or do not fit together.
die_of_archive() {
    grep -Eq -e 'Failed to fetch|files failed to download|Hash Sum mismatch|404 +Not Found' \
        -e 'Could not (resolve|connect)|Temporary failure|unmet dependencies|broken packages' "$log" ||
        die "$1: see $log"
    say "$(basename "$0"): $1 now: files of the package archive cannot be fetched or do not fit" \
        "together, see $log. Try again later." >&2
    exit "$later"
}

# Names of Debian's packages.
build_packages=(cmake ninja-build llvm gcc-mingw-w64-x86-64 gcc-mingw-w64-i686)
# What the native programs need in addition.
native_packages=(gcc libc6-dev clang libclang-rt-dev libwine-dev libcmocka-dev gcovr)
wine_packages=(wine wine64)

install_packages() {
    # An index that cannot be fetched may not be needed. If it is needed, the installation fails.
    apt-get update || true
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

# need_packages NAME...: installs Debian's packages that are missing, or names them and ends the
# script. Without apt it names all of them, and goes on.
need_packages() {
    local package missing=()
    if ! command -v apt-get >/dev/null; then
        say "There is no apt. Needed is what Debian has in the packages: $*"
        return
    fi
    for package; do
        dpkg-query --show --showformat '${db:Status-Status}\n' "$package" 2>/dev/null |
            grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" -eq 0 ] ||
        die "packages are missing. Run: sudo apt-get install --no-install-recommends ${missing[*]}"
    try "Installing ${#missing[@]} packages: ${missing[*]}" install_packages "${missing[@]}"
    [ "$status" -eq 0 ] || die_of_archive "the packages cannot be installed"
}

codename() {
    # shellcheck disable=SC1091
    (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-unknown}")
}

# Sets mirror to the archive of this system's packages that apt uses (not that of the updates), and
# release to the system's name there. For sid, /etc/os-release has another name.
find_archive() {
    local targets
    # shellcheck disable=SC2016
    targets=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(LABEL)' 'Created-By: Packages')
    read -r mirror release _ < <(grep " $(codename) " <<<"$targets" ||
        grep '^[^ ]* [^ -]* Debian$' <<<"$targets") ||
        die "apt knows no package archive for $(codename). Run apt-get update and try again."
}

# source_line RELEASE: prints a line for a source list, with the mirror that find_archive has set.
source_line() {
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main"
}

# Finds out whether this computer's Wine runs 32-bit programs, by running one. Some Wines need a
# 32-bit half for that, others do not. The answer stays in the cache folder, for scripts/wine.
try_x86_program() {
    local program=$cache/x86-program.exe code=0
    mkdir -p "$cache"
    echo 'int start(void) { return 42; }' |
        i686-w64-mingw32-gcc -x c - -nostdlib -Wl,--entry=_start -o "$program" || die "gcc fails"
    scripts/wine x64 --start || die "Wine does not start"
    timeout 60 scripts/wine x64 "$program" >"$program.log" 2>&1 || code=$?
    echo "$code" >"$cache/wine-runs-x86"
}

host_wine_runs_x86() {
    [ "$(cat "$cache/wine-runs-x86" 2>/dev/null)" = 42 ]
}

# The folder with a system that has a 32-bit Wine, for computers whose own Wine is 64 bit only.
wine32_root() {
    echo "$cache/wine32-$(codename)"
}

# Whether this computer runs 32-bit Linux programs: a 32-bit Wine is one. Without arch-test, it is
# assumed that it does.
computer_runs_x86() {
    ! command -v arch-test >/dev/null || arch-test i386 >/dev/null
}
readonly cannot_run_x86="this computer runs no 32-bit programs: its kernel does not allow them, or \
its hypervisor does not"

# Prepares what scripts/wine needs, and sets machines to those whose programs run. If this computer
# cannot run 32-bit programs at all, sets no_x86 to the reason. If it can, but there is no Wine for
# them, says what to install, and returns the exit code of scripts/wine32-root.
need_wine() {
    say "Looking for a Wine that runs 32-bit programs"
    machines=(x64)
    no_x86=
    ! command -v wine >/dev/null || try_x86_program
    if ! host_wine_runs_x86; then
        need_packages arch-test
        if ! computer_runs_x86; then
            no_x86=$cannot_run_x86
            say "There is none: $no_x86"
            return
        fi
        [ -d "$(wine32_root)" ] || scripts/wine32-root || return
    fi
    machines=(x64 x86)
}

# Stops Wine in the project's prefixes: those of its own tests and those of the packages' tests.
stop_wine() {
    local prefix
    for prefix in build/wine-x?? build/consumer-x??/wine-x??; do
        [ ! -d "$prefix" ] || QUTIL_WINEPREFIX=$project/$prefix scripts/wine "${prefix##*-}" --stop
    done
}

# configure_tests MACHINE [OPTION...]: configures the machine's build folder, with the tests.
configure_tests() {
    cmake --preset "$1" -D BUILD_TESTING=ON -D CMOCKA_SOURCE="$cache/cmocka" "${@:2}"
}
