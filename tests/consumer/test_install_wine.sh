#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Tests install-wine from the unpacked package for Wine, in a prefix in which nothing is installed.
#
#   test_install_wine.sh PACKAGE MACHINE PREFIX PROGRAM
#
# PROGRAM loads qutil.dll by name, and with an argument keeps it loaded until its input ends.
set -euo pipefail

package=$1 machine=$2 prefix=$3 program=$4
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d "$prefix.XXXXXX")
export QUTIL_WINEPREFIX=$prefix
# Windows programs look for DLLs in the current folder too, and the build folder has one.
cd "$work"
holder=
trap '[ -z "$holder" ] || kill "$holder" 2>/dev/null || true; rm -rf "$work"' EXIT

# As a user has Wine: one program, which takes WINEPREFIX. It can be told not to unregister.
cat >"$work/wine" <<EOF
#!/bin/sh
case " \$* " in *" /u "*) [ ! -e "$work/keep" ] || exit 5 ;; esac
QUTIL_WINEPREFIX=\$WINEPREFIX exec "$project/scripts/wine" $machine "\$@"
EOF
chmod +x "$work/wine"

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

install_wine() {
    WINE=${WINE:-$work/wine} "$package/install-wine" "$@" 2>&1
}

# expect_error TEXT ARGUMENT...: install-wine fails, and says TEXT.
expect_error() {
    local text=$1 output
    shift
    ! output=$(install_wine "$@") || fail "install-wine $* should fail: $output"
    [[ $output = *"$text"* ]] || fail "install-wine $* should say \"$text\": $output"
    printf '%s\n' "$output"
}

expect_success() {
    local text=$1 output
    shift
    output=$(install_wine "$@") || fail "install-wine $*: $output"
    [[ $output = *"$text"* ]] || fail "install-wine $* should say \"$text\": $output"
    printf '%s\n' "$output"
}

# What is in the prefix: its files with their sizes, and the registry, but what Wine itself writes
# when it likes: the registry's files, which screens there are, and how many services were started.
snapshot() {
    (cd "$prefix" && find . ! -name '*.reg' ! -name 'reg*.tmp' -printf '%p %y %s\n') |
        LC_ALL=C sort >"$work/$1.files"
    rm -f "$prefix/drive_c/snapshot.txt"
    "$work/wine" regedit /E 'C:\snapshot.txt' </dev/null
    iconv -f UTF-16 -t UTF-8 "$prefix/drive_c/snapshot.txt" |
        awk -v RS='\r\n\r\n' '!/\\Control\\(ServiceCurrent\]|Video\\)/' >"$work/$1.registry"
    rm "$prefix/drive_c/snapshot.txt"
    [ -s "$work/$1.registry" ] || fail "regedit exports nothing"
}

assert_as_before() {
    diff "$work/before.files" "$work/$1.files" || fail "files differ"
    diff --text "$work/before.registry" "$work/$1.registry" || fail "the registry differs"
}

server='HKLM\Software\Classes\CLSID\{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}\InprocServer32'
store='HKLM\Software\qutil\NapAgent\Shas\000137F0'

# health_agent MACHINE COMMAND: the example, with the DLLs that were installed.
health_agent() {
    local code=0
    cp "$package/$1/share/doc/qutil/examples/health_agent.exe" "$prefix/drive_c"
    "$work/wine" 'C:\health_agent.exe' "$2" </dev/null || code=$?
    rm "$prefix/drive_c/health_agent.exe"
    return "$code"
}

runs_program() {
    [[ $("$work/wine" 'C:\load_library.exe' </dev/null) = *'consumer: done'* ]]
}

# Without bash's job control, the pipe is what ends the holder.
hold_loaded() {
    mkfifo "$work/input"
    "$work/wine" 'C:\load_library.exe' hold <"$work/input" >"$work/output" 2>&1 &
    holder=$!
    exec 3>"$work/input"
    for _ in $(seq 300); do
        ! grep -q 'consumer: done' "$work/output" || return 0
        sleep 0.1
    done
    fail "the program does not start"
}

let_go() {
    exec 3>&-
    wait "$holder"
    holder=
}

# Wine writes the registry of a new prefix when its server ends.
"$project/scripts/wine" "$machine" --stop
"$project/scripts/wine" "$machine" --start
windows=$prefix/drive_c/windows
folder=$windows/system32
machines=$machine
# A prefix for both kinds of programs: the 64-bit DLL is installed first.
if [ -e "$windows/syswow64/regsvr32.exe" ]; then
    machines="x64 x86"
    [ "$machine" = x64 ] || folder=$windows/syswow64
fi
installed=$folder/qutil.dll
agent=$folder/qagent.dll
export WINEPREFIX=$prefix
cp "$program" "$prefix/drive_c/load_library.exe"
[ ! -e "$installed" ] || fail "the prefix has a qutil.dll"
! runs_program || fail "a qutil.dll is found before one is installed"
snapshot before

expect_error "is no Wine prefix" --prefix "$work/nothing"
expect_error "needs a folder" --prefix
expect_success "usage: install-wine" --help
other=/usr
[ "$(id -u)" -ne 0 ] || { other=$work/other && mkdir "$other" && chown nobody "$other"; }
expect_error "belongs to" --prefix "$other"
expect_error "usage: install-wine" --frobnicate
WINE=$work/nothing expect_error "Wine is missing" --prefix "$prefix"
expect_success "nothing to remove" --uninstall

# A package with another machine's DLL, and one without it.
cp -r "$package" "$work/package"
declare -A other=([x64]=x86 [x86]=x64)
cp "$package/${other[$machine]}/bin/qutil.dll" "$work/package/$machine/bin"
package=$work/package expect_error "and not for $machine"
rm "$work/package/$machine/bin/qutil.dll"
package=$work/package expect_error "there is no qutil.dll for $machine"

# A DLL that loads, but has no classes: what was done is undone.
cp "$folder/version.dll" "$work/package/$machine/bin/qutil.dll"
package=$work/package expect_error "registering qutil.dll failed"
[ ! -e "$installed" ] || fail "a failed installation leaves its DLL"
snapshot undone
assert_as_before undone

# Without qagent.dll, and then with it.
expect_success "installed in $prefix for $machines" --without-qagent
[ ! -e "$agent" ] || fail "--without-qagent installs qagent.dll"
expect_success "installed in $prefix for $machines"
cmp "$package/$machine/bin/qutil.dll" "$installed"
cmp "$package/$machine/bin/qagent.dll" "$agent"
runs_program || fail "a program does not find the installed DLL"
snapshot installed
! diff -q "$work/before.registry" "$work/installed.registry" >/dev/null ||
    fail "nothing was registered"
expect_success "installed in $prefix for $machines" --prefix "$prefix"
package=$work/package expect_error "registering qutil.dll failed"
cmp "$package/$machine/bin/qutil.dll" "$installed"

hold_loaded
expect_error "a program uses $installed" --uninstall
expect_error "a program uses $installed"
let_go

cp "$folder/version.dll" "$work/other.dll"
mv "$installed" "$work/ours.dll"
cp "$work/other.dll" "$installed"
expect_error "comes from somebody else"
expect_error "comes from somebody else" --uninstall
cmp "$work/other.dll" "$installed"
mv "$work/ours.dll" "$installed"

# A qagent.dll of somebody else's stays, and so does what it has registered.
mv "$agent" "$work/ours.dll"
cp "$work/other.dll" "$agent"
expect_error "comes from somebody else"
expect_success "installed in $prefix for $machines" --without-qagent
cmp "$work/other.dll" "$agent"
mv "$work/ours.dll" "$agent"
expect_success "removed from $prefix for $machines" --uninstall
"$work/wine" reg add "$server" /ve /d 'C:\windows\system32\version.dll' /f </dev/null
expect_error "registering qagent.dll failed"
[ ! -e "$agent" ] || fail "a failed installation leaves qagent.dll"
[ ! -e "$installed" ] || fail "a failed installation leaves qutil.dll"
"$work/wine" reg query "$server" /ve </dev/null | grep -qF 'C:\windows\system32\version.dll' ||
    fail "what another DLL has registered is lost"
"$work/wine" reg delete "${server%\\*}" /f </dev/null
expect_success "installed in $prefix for $machines"

# What was registered with qagent.dll stays. Where programs of both machines run, they share it.
health_agent "$machine" /register || fail "the health agent cannot be registered"
for other in $machines; do
    ! health_agent "$other" /register || fail "the health agent is registered twice"
done

touch "$work/keep"
expect_error "could not be unregistered, and their DLLs are still there" --uninstall
rm "$work/keep"
expect_success "removed from $prefix for $machines" --uninstall
"$work/wine" reg query "$store" /s /reg:64 </dev/null | grep -q 'Example health agent' ||
    fail "what was registered with qagent.dll is lost"
"$work/wine" reg delete 'HKLM\Software\qutil' /f /reg:64 </dev/null
snapshot after
assert_as_before after
! runs_program || fail "a qutil.dll is found after it was removed"
expect_success "nothing to remove" --uninstall
printf 'install-wine: all as expected\n'
