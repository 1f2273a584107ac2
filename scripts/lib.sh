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
    # A process group of its own, so that clean_up ends all of it. Its exit code goes to a file: bash
    # forgets that of a job that has ended long ago.
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

# Whether the last log says that files of the archive cannot be fetched or do not fit together.
is_archive_trouble() {
    grep -Eq -e 'Failed to fetch|files failed to download|Hash Sum mismatch|404 +Not Found' \
        -e 'Could not (resolve|connect)|Temporary failure|unmet dependencies|broken packages' "$log"
}

# die_of_archive TEXT: ends the script, with the exit code $later if the archive is in trouble.
die_of_archive() {
    is_archive_trouble || die "$1: see $log"
    say "$(basename "$0"): $1 now: files of the package archive cannot be fetched or do not fit" \
        "together, see $log. Try again later." >&2
    exit "$later"
}

# Packages have Debian's names. A program follows if its name is not the package's: NAME:PROGRAM.
build_packages=(cmake ninja-build:ninja llvm:llvm-dlltool gcc-mingw-w64-x86-64:x86_64-w64-mingw32-gcc
    gcc-mingw-w64-i686:i686-w64-mingw32-gcc)
# What the native programs need in addition.
native_packages=(gcc libc6-dev clang libclang-rt-dev libwine-dev libcmocka-dev gcovr)

# has_package NAME[:PROGRAM]: whether Debian's package is installed, or the program from elsewhere.
# Without apt, libraries count as installed: if one is missing, the build fails.
has_package() {
    ! dpkg-query --show --showformat '${db:Status-Status}\n' "${1%:*}" 2>/dev/null |
        grep -qx installed || return 0
    case $1 in
    lib*) ! command -v apt-get >/dev/null ;;
    *) command -v "${1#*:}" >/dev/null ;;
    esac
}

# Debian's wine installs wine64 too, unless wine32 is installed already.
wine_packages=(wine)
! has_package wine32 || wine_packages+=(wine64)

install_packages() {
    # An index that cannot be fetched may not be needed. If it is needed, the installation fails.
    apt-get update || true
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

# need_packages NAME[:PROGRAM]...: installs the missing packages, or names them and ends the script.
need_packages() {
    local package missing=()
    for package; do
        has_package "$package" || missing+=("${package%:*}")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        return
    elif ! command -v apt-get >/dev/null; then
        die "programs are missing. Debian has them in the packages ${missing[*]}"
    elif [ "$(id -u)" -ne 0 ]; then
        die "packages are missing. Run: sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
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

# Finds out whether this computer's Wine runs 32-bit programs, by running one. Some Wines need a 32-bit
# half for that, others do not. The answer stays in the cache folder, for scripts/wine.
try_x86_program() {
    local program=$cache/x86-program.exe code=0
    mkdir -p "$cache"
    echo 'int start(void) { return 42; }' |
        i686-w64-mingw32-gcc -x c - -nostdlib -Wl,--entry=_start -o "$program"
    scripts/wine x64 --start
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
        ! command -v apt-get >/dev/null || need_packages arch-test
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
    local machine prefix
    for machine in x64 x86; do
        for prefix in build/{,consumer-$machine/}wine-$machine; do
            [ ! -d "$prefix" ] ||
                QUTIL_WINEPREFIX=$project/$prefix scripts/wine "$machine" --stop
        done
    done
}

# configure_tests MACHINE [OPTION...]: configures the machine's build folder, with the tests.
configure_tests() {
    cmake --preset "$1" -D BUILD_TESTING=ON -D CMOCKA_SOURCE="$cache/cmocka" "${@:2}"
}
