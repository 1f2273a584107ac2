# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# What the scripts share: messages, long steps with progress, packages. To be sourced.

set -euo pipefail
unset CDPATH # cd would print where it goes

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Downloads and what is built from them. It is made once, and outlives the build folder.
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/qutil
logs=$project/build/logs
child=
status=0
log=
# The exit code that says: something that is needed cannot be had now. Mostly the package archive is in
# trouble, and trying again later may help.
readonly later=75

say() {
    printf '%s\n' "$*"
}

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Whether the last log says that the archive's files cannot be fetched, or do not fit together.
is_archive_trouble() {
    grep -Eq -e 'Failed to fetch|files failed to download|Hash Sum mismatch|404 +Not Found' \
        -e 'Could not (resolve|connect)|Temporary failure|unmet dependencies|broken packages' "$log"
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
# code, and log. Not to be called where set -e does not count (if, ||): functions would go on after
# errors.
try() {
    local text=$1 start=$SECONDS next=15
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
# The same with the tests, which compile C++ too.
# shellcheck disable=SC2034
test_packages=("${build_packages[@]}" g++-mingw-w64-x86-64 g++-mingw-w64-i686)
# The programs that are needed of a package, where they are not one with the package's name.
declare -A programs=(
    [clang-tidy]='clang-tidy run-clang-tidy'
    [g++-mingw-w64-i686]=i686-w64-mingw32-g++
    [g++-mingw-w64-x86-64]=x86_64-w64-mingw32-g++
    [gcc-mingw-w64-i686]='i686-w64-mingw32-gcc i686-w64-mingw32-windres'
    [gcc-mingw-w64-x86-64]='x86_64-w64-mingw32-gcc x86_64-w64-mingw32-windres'
    [lld]='ld.lld lld-link'
    [llvm]='llvm-dlltool llvm-readobj'
    [ninja-build]=ninja
    [uidmap]='newuidmap newgidmap'
    [wine64-tools]=winegcc
    [xz-utils]=xz
)
# What is needed of those that bring none. The build finds out whether it is there.
declare -A libraries=(
    [libc6-dev]="the C library's headers"
    [libclang-rt-dev]="clang's runtime for libFuzzer and sanitizers"
    [libcmocka-dev]='CMocka for this machine'
    [libwine-dev]="Wine's headers"
)

has_package() {
    local program
    ! dpkg-query --show --showformat '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed ||
        return 0
    [ -z "${libraries[$1]:-}" ] || return 1
    for program in ${programs[$1]:-$1}; do
        command -v "$program" >/dev/null || return 1
    done
}

# Debian's wine brings wine64 along, but where its 32-bit half is there already. Where that is not, and
# Wine may be 64 bit only, arch-test tells whether this machine runs 32-bit programs.
wine_packages=(wine)
if has_package wine32; then
    wine_packages+=(wine64)
elif command -v apt-get >/dev/null; then
    wine_packages+=(arch-test)
fi

# need_by_name NAME...: where no packages can be had, says what they are needed for. Programs that
# are missing end the script.
need_by_name() {
    local name missing=()
    for name; do
        if [ -n "${libraries[$name]:-}" ]; then
            say "Needed, and not looked for here: ${libraries[$name]}"
        else
            missing+=("${programs[$name]:-$name} (in Debian: $name)")
        fi
    done
    [ ${#missing[@]} -eq 0 ] || die "programs are missing: $(IFS=,; echo "${missing[*]}")"
}

# need_packages NAME...: installs the Debian packages that are missing and whose programs are, too,
# or says which they are.
need_packages() {
    local name missing=()
    for name; do
        has_package "$name" || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        need_by_name "${missing[@]}"
        return
    fi
    if [ "$(id -u)" -ne 0 ]; then
        die "packages are missing. Run: sudo apt-get install --no-install-recommends ${missing[*]}"
    fi
    try "Installing ${#missing[@]} packages: ${missing[*]}" install_packages "${missing[@]}"
    [ "$status" -eq 0 ] || die_of_archive "the packages cannot be installed"
}

# die_of_archive TEXT: says whether trying again later may help, and ends with a code for it.
die_of_archive() {
    is_archive_trouble || die "$1: see $log"
    say "$(basename "$0"): $1 now: the archive's files do not fit together or cannot be fetched," \
        "see $log. Try again later." >&2
    exit "$later"
}

codename() {
    # shellcheck disable=SC1091
    (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-unknown}")
}

# The archive that apt takes this system's own packages from, without its updates: its URI, and what
# the release is called there. /etc/os-release has another name where that is sid.
archive() {
    local targets
    # shellcheck disable=SC2016
    targets=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(LABEL)' 'Created-By: Packages')
    { grep " $(codename) " <<<"$targets" || grep '^[^ ]* [^ -]* Debian$' <<<"$targets" ||
        die "apt knows no archive for $(codename). Run apt-get update and try again."; } |
        awk 'NR == 1 { print $1, $2 }'
}

# source_line RELEASE: where apt finds another release of Debian in that archive.
source_line() {
    local mirror
    mirror=$(archive)
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror% *} $1 main"
}

# What tells one Wine of this machine from another, as a number.
wine_identity() {
    {
        wine --version 2>/dev/null
        stat --format '%n %Y' "$(readlink -f "$(command -v wine)")"
        # Where its 32-bit half is a package of its own.
        dpkg-query --show --showformat '${binary:Package} ${Version} ${db:Status-Status}\n' \
            '*wine*' 2>/dev/null || true
    } | cksum
}

# Has Wine run a 32-bit program in a new prefix of both kinds, and prints what came of it.
ask_wine() (
    work=$(mktemp -d "$cache/ask-wine.XXXXXX")
    wine=(env "QUTIL_WINEPREFIX=$work/prefix" "$project/scripts/wine" x64)
    trap '"${wine[@]}" --stop; rm -rf "$work"' EXIT
    echo 'int start(void) { return 42; }' |
        i686-w64-mingw32-gcc -x c - -nostdlib -Wl,--entry=_start -o "$work/ask.exe" ||
        die "no 32-bit program can be made: install mingw-w64's gcc for i686"
    "${wine[@]}" --start || exit
    status=0
    timeout 60 "${wine[@]}" "$work/ask.exe" >&2 || status=$?
    echo "$status"
)

# Whether this machine's Wine runs 32-bit programs: beside its 64-bit half it has a 32-bit one, or it
# is of the kind that needs none. What it said is remembered for as long as it is the same Wine.
host_wine_runs_x86() {
    local identity status answer=$cache/wine-runs-x86
    command -v wine >/dev/null || return 1
    identity=$(wine_identity)
    if ! grep -qs "^$identity: " "$answer"; then
        mkdir -p "$cache"
        status=$(ask_wine 2>"$answer.log") || die "Wine cannot be asked, see $answer.log"
        printf '%s: %s\n' "$identity" "$status" >"$answer"
    fi
    grep -q ': 42$' "$answer"
}

# The folder with the system that has a 32-bit Wine, where the machine's own Wine is 64 bit only.
wine32_root() {
    printf '%s/wine32-%s' "$cache" "$(codename)"
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
# shellcheck disable=SC2034
need_wine() {
    say "Looking for a Wine that runs 32-bit programs"
    machines=(x64)
    no_x86=
    if ! host_wine_runs_x86; then
        if ! machine_runs_x86; then
            no_x86=$cannot_run_x86
            say "There can be none: $no_x86"
            return
        fi
        [ -d "$(wine32_root)" ] || "$project/scripts/wine32-root" || return
    fi
    machines=(x64 x86)
}

stop_wine() {
    local machine
    for machine in x64 x86; do
        [ ! -d "$project/build/wine-$machine" ] || "$project/scripts/wine" "$machine" --stop
    done
}
