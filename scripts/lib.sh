# shellcheck shell=bash
# shellcheck disable=SC2034
# SPDX-License-Identifier: MIT
#
# What the scripts share: messages, long steps with progress, packages, Wine. To be sourced.

set -euo pipefail
unset CDPATH # cd would print where it goes

called_in=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
project=$PWD
# Downloads and what is built from them. It is made once, and outlives the build folder.
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/qutil
logs=$project/build/logs
# The compilers' names of the machines.
declare -A target=([x64]=x86_64-w64-mingw32 [x86]=i686-w64-mingw32)
# The exit code that says: something that is needed cannot be had now. Mostly the package archive is in
# trouble, and trying again later may help.
readonly later=75

# Of the last command that finish has waited for.
status=0
log=
# Process groups that start has started, by their texts.
declare -A running=()
# What the end of the script removes, and whether it ends Wine.
temporary=()
runs_wine=

say() {
    printf '%s\n' "$*"
}

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Ends what start has started, when the script is interrupted or ends for another reason, and removes
# what is left of it.
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

# start TEXT COMMAND...: runs a command beside what follows. Its output goes to a log.
start() {
    mkdir -p "$logs"
    # A process group of its own, so that clean_up ends all of it.
    set -m
    "${@:2}" >"$(log_of "$1")" 2>&1 </dev/null &
    running[$1]=$!
    set +m
}

# finish TEXT: waits for what was started under this text, and says every 15 seconds that it still runs.
# The end of its output is shown when it failed. Sets status to its exit code, and log.
finish() {
    local child=${running[$1]} start=$SECONDS next=15
    status=0
    log=$(log_of "$1")
    printf '%s ...' "$1"
    while kill -0 "$child" 2>/dev/null; do
        sleep 0.2
        if [ $((SECONDS - start)) -ge "$next" ]; then
            printf ' %s s' "$next"
            next=$((next + 15))
        fi
    done
    wait "$child" || status=$?
    unset "running[$1]"
    if [ "$status" -eq 0 ]; then
        printf ' done\n'
    else
        printf ' failed\n'
        tail -n 40 "$log" >&2
        printf 'Exit code %s. All of the output is in %s\n' "$status" "$log" >&2
    fi
}

# try TEXT COMMAND...: runs a command that may take long. Not to be called where set -e does not count
# (if, ||): functions would go on after errors.
try() {
    start "$@"
    finish "$1"
}

# step TEXT COMMAND...: as try, and the script ends when the command fails.
step() {
    try "$@"
    [ "$status" -eq 0 ] || die "cannot go on: $1 failed"
}

# make_once FOLDER TEXT COMMAND...: as try, for a command that fills the folder "$unfinished", which gets
# its name when it is complete. Nothing is done where the folder is there already.
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

# Whether the last log says that the archive's files cannot be fetched, or do not fit together.
is_archive_trouble() {
    grep -Eq -e 'Failed to fetch|files failed to download|Hash Sum mismatch|404 +Not Found' \
        -e 'Could not (resolve|connect)|Temporary failure|unmet dependencies|broken packages' "$log"
}

# die_of_archive TEXT: says whether trying again later may help, and ends with a code for it.
die_of_archive() {
    is_archive_trouble || die "$1: see $log"
    say "$(basename "$0"): $1 now: the archive's files do not fit together or cannot be fetched," \
        "see $log. Try again later." >&2
    exit "$later"
}

# Packages are named as Debian names them, with a program that they bring where that has another name.
build_packages=(cmake ninja-build:ninja llvm:llvm-dlltool gcc-mingw-w64-x86-64:x86_64-w64-mingw32-gcc
    gcc-mingw-w64-i686:i686-w64-mingw32-gcc)
# What the native programs need beside those.
native_packages=(gcc libc6-dev clang libclang-rt-dev libwine-dev libcmocka-dev gcovr)

# has_package NAME[:PROGRAM]: a package may also be another system's, or none at all. What is missing
# of libraries, the build finds out then.
has_package() {
    ! dpkg-query --show --showformat '${db:Status-Status}\n' "${1%:*}" 2>/dev/null |
        grep -qx installed || return 0
    case $1 in
    lib*) ! command -v apt-get >/dev/null ;;
    *) command -v "${1#*:}" >/dev/null ;;
    esac
}

# Debian's wine brings wine64 along, but where its 32-bit half is there already.
wine_packages=(wine)
! has_package wine32 || wine_packages+=(wine64)

install_packages() {
    # An index that cannot be had may be of no concern: if it is, installing fails.
    apt-get update || true
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

# need_packages NAME[:PROGRAM]...: installs the packages that are missing, or says which they are.
need_packages() {
    local package missing=()
    for package; do
        has_package "$package" || missing+=("${package%:*}")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        return
    elif ! command -v apt-get >/dev/null; then
        die "programs are missing, which Debian has in: ${missing[*]}"
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

# Sets mirror to the archive that apt takes this system's own packages from, without its updates, and
# release to what the system is called there. /etc/os-release has another name where that is sid.
find_archive() {
    local targets
    # shellcheck disable=SC2016
    targets=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(LABEL)' 'Created-By: Packages')
    read -r mirror release _ < <(grep " $(codename) " <<<"$targets" ||
        grep '^[^ ]* [^ -]* Debian$' <<<"$targets") ||
        die "apt knows no archive for $(codename). Run apt-get update and try again."
}

# source_line RELEASE: where apt finds a release of Debian, in the archive that find_archive has found.
source_line() {
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main"
}

# What tells one Wine of this machine from another. Its 32-bit half may be a package of its own.
wine_identity() {
    wine --version 2>/dev/null
    stat --dereference --format '%n %Y' "$(command -v wine)"
    dpkg-query --show '*wine*' 2>/dev/null || true
}

# Has Wine run a 32-bit program in a new prefix of both kinds, and prints its exit code.
ask_wine() (
    work=$(mktemp -d "$cache/ask-wine.XXXXXX")
    wine=(env "QUTIL_WINEPREFIX=$work/prefix" "$project/scripts/wine" x64)
    trap '"${wine[@]}" --stop; rm -rf "$work"' EXIT
    echo 'int start(void) { return 42; }' |
        i686-w64-mingw32-gcc -x c - -nostdlib -Wl,--entry=_start -o "$work/ask.exe" &&
        "${wine[@]}" --start || exit
    timeout 60 "${wine[@]}" "$work/ask.exe" >&2 && echo 0 || echo $?
)

# Whether this machine's Wine runs 32-bit programs: beside its 64-bit half it has a 32-bit one, or it
# is of the kind that needs none. What it said is remembered for as long as it is the same Wine.
host_wine_runs_x86() {
    local identity status answer=$cache/wine-runs-x86
    command -v wine >/dev/null || return 1
    identity=$(wine_identity | cksum)
    if ! grep -qs "^$identity: " "$answer"; then
        mkdir -p "$cache"
        status=$(ask_wine 2>"$answer.log") || die "Wine cannot be asked, see $answer.log"
        printf '%s: %s\n' "$identity" "$status" >"$answer"
    fi
    grep -q ': 42$' "$answer"
}

# The folder with the system that has a 32-bit Wine, where the machine's own Wine is 64 bit only.
wine32_root() {
    echo "$cache/wine32-$(codename)"
}

# Whether this machine runs 32-bit Linux programs, of which a 32-bit Wine is one. Where there is no
# arch-test to tell, it is assumed to.
machine_runs_x86() {
    ! command -v arch-test >/dev/null || arch-test i386 >/dev/null
}
readonly cannot_run_x86="this machine runs no 32-bit programs: its kernel does not allow them, or the \
hypervisor that it runs under does not"

# Makes ready what scripts/wine needs, and sets machines to those whose programs run. Where 32-bit
# programs cannot run on this machine at all, no_x86 says why. Where they could, and there is no Wine
# for them, it says what to install, and returns the exit code of scripts/wine32-root.
need_wine() {
    say "Looking for a Wine that runs 32-bit programs"
    machines=(x64)
    no_x86=
    if ! host_wine_runs_x86; then
        ! command -v apt-get >/dev/null || need_packages arch-test
        if ! machine_runs_x86; then
            no_x86=$cannot_run_x86
            say "There can be none: $no_x86"
            return
        fi
        [ -d "$(wine32_root)" ] || scripts/wine32-root || return
    fi
    machines=(x64 x86)
}

# tell_x86 PARTICIPLE: says what was not done with 32-bit programs where none run.
tell_x86() {
    [ -z "$no_x86" ] || say "$(basename "$0"): 32 bit is not $1, since $no_x86."
}

# Ends what runs in the project's prefixes, for its own tests and those of the packages.
stop_wine() {
    local machine prefix
    for machine in x64 x86; do
        for prefix in build/{,consumer-$machine/}wine-$machine; do
            [ ! -d "$prefix" ] ||
                QUTIL_WINEPREFIX=$project/$prefix scripts/wine "$machine" --stop
        done
    done
}

# configure_tests MACHINE [OPTION...]: its build folder, with the tests and what they need.
configure_tests() {
    cmake --preset "$1" -D BUILD_TESTING=ON -D CMOCKA_ROOT="$cache/cmocka-${target[$1]}" "${@:2}"
}

# prepare_machines TARGET...: builds these for each machine whose programs run, and starts Wine there.
prepare_machines() {
    local machine
    need_packages "${build_packages[@]}" "${wine_packages[@]}"
    need_wine
    scripts/cmocka
    runs_wine=yes
    for machine in "${machines[@]}"; do
        step "Configuring: $machine" configure_tests "$machine"
        step "Building: $machine" cmake --build --preset "$machine" --target "$@"
        step "Starting Wine: $machine" scripts/wine "$machine" --start
    done
}
