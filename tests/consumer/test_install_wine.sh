#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Tests install-wine of the unpacked package for Wine, in a prefix in which nothing is installed.
#
#   test_install_wine.sh PACKAGE MACHINE PREFIX PROGRAM
#
# PROGRAM is linked with qutil.dll, and keeps it loaded until its input ends.
set -euo pipefail

package=$1 machine=$2 prefix=$3 program=$4
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d "$prefix.XXXXXX")
export QUTIL_WINEPREFIX=$prefix WINEPREFIX=$prefix
# Windows programs search the current folder for DLLs, and the build folder has ours.
cd "$work"
# If this test fails, the next start makes the prefix again.
trap 'rm -rf "$work" "$prefix/complete"' EXIT

# TROUBLE is what goes wrong: with "wine keep" Wine unregisters no DLL, and with "wine fail"
# it needs two attempts to start a program. With "cp full" the disk is full, with "cp HUP"
# install-wine gets that signal before it copies a DLL, and with "mv HUP" after it has renamed one.
# A program that fails is run again: once in some thousand times Wine 8.0 cannot start one. So what
# install-wine tries again are the failures that TROUBLE makes, and no others.
cat >wine <<END
#!/bin/sh
case "\${TROUBLE:-} \$*" in
'wine keep '*' /u '*) exit 5 ;;
'wine fail '*)
    if mkdir "$work/failed" 2>/dev/null; then exit 1; fi
    rmdir "$work/failed"
    ;;
esac
export QUTIL_WINEPREFIX=\$WINEPREFIX
"$project/scripts/wine" $machine "\$@" || exec "$project/scripts/wine" $machine "\$@"
END
mkdir tools
cat >tools/cp <<'END'
#!/bin/sh
case "${TROUBLE:-} $1" in
'cp full '*.dll)
    head -c 1000 "$1" >"$2"
    echo "cp: No space left on device" >&2
    exit 1
    ;;
'cp '*.dll) kill -s "${TROUBLE#cp }" $PPID ;;
esac
exec /bin/cp "$@"
END
cat >tools/mv <<'END'
#!/bin/sh
/bin/mv "$@" || exit
case ${TROUBLE:-} in 'mv '*) kill -s "${TROUBLE#mv }" $PPID ;; esac
END
chmod +x wine tools/*

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# expect CODE TEXT ARGUMENT...: runs install-wine, which has to end with this code and print TEXT.
expect() {
    local code=$1 text=$2 output status=0
    shift 2
    output=$(WINE=${WINE:-$work/wine} PATH=$work/tools:$PATH "$package/install-wine" "$@" 2>&1) ||
        status=$?
    printf '%s\n' "$output"
    [ "$status" -eq "$code" ] || fail "install-wine $* should end with $code, not with $status"
    [[ $output = *"$text"* ]] || fail "install-wine $* should say \"$text\""
}

wine() {
    "$work/wine" "$@" </dev/null
}

finds_qutil() {
    wine "C:\\$machine\\health_exchange.exe" >"$work/output" 2>&1
}

# snapshot NAME: writes down what the prefix contains: its files with their sizes, and the registry.
# Left out is what Wine itself changes at any time: the files of the registry and of devices, and
# the registry's keys about screens, the number of services that were started, and the debugger,
# which starts when a program crashes.
snapshot() {
    local exported=$prefix/drive_c/snapshot.txt
    (cd "$prefix" && find . ! -name '*.reg' ! -name 'reg*.tmp' ! -name '*.pnf' \
        -printf '%p %y %s %l\n') | LC_ALL=C sort >"$work/$1"
    wine regedit /E 'C:\snapshot.txt' || fail "regedit cannot be run"
    [ -s "$exported" ] || fail "regedit exports nothing"
    iconv -f UTF-16 -t UTF-8 "$exported" |
        awk -v RS='\r\n\r\n' '!/\\(Control\\(ServiceCurrent\]|Video\\)|WineDbg\])/' >>"$work/$1"
    rm "$exported"
}

# assert_unchanged SNAPSHOT TEXT: fails if the prefix has changed since the snapshot was taken.
assert_unchanged() {
    snapshot now
    diff --text "$work/$1" "$work/now" || fail "$2: files or the registry differ"
}

# expect_refusal TEXT COMMAND...: the command puts something else in the place of qagent.dll, which
# must stay there.
expect_refusal() {
    "${@:2}" "$qagent"
    cp -a "$qagent" foreign
    expect 1 "$qagent comes from somebody else"
    expect 1 "$qagent comes from somebody else" --uninstall
    diff -r --no-dereference foreign "$qagent" || fail "$1 does not stay as it is"
    rm -r foreign "$qagent"
}

# break_export NAME: makes a package with a qutil.dll that does not export this function.
break_export() {
    rm -rf broken
    cp -r "$package" broken
    sed -i "s/$1/${1%?}_/" "broken/$machine/bin/qutil.dll"
}

# Wine writes the registry of a new prefix when its server ends, so the server is started again.
for option in --start --stop --start; do
    "$project/scripts/wine" "$machine" "$option"
done
windows=$prefix/drive_c/windows
folder=$windows/system32
machines=$machine
if [ -e "$windows/syswow64/regsvr32.exe" ]; then
    machines="x64 x86"
    [ "$machine" = x64 ] || folder=$windows/syswow64
fi
qutil=$folder/qutil.dll
qagent=$folder/qagent.dll
# The examples go into folders that have no qutil.dll.
for other in $machines; do
    cp -r "$package/$other/share/doc/qutil/examples" "$prefix/drive_c/$other"
done
cp "$program" "$prefix/drive_c/$machine/holder.exe"
! finds_qutil || fail "a qutil.dll is found before one is installed"
users_files=("$qutil.old" "$qutil.new" "$qagent.old" "$qagent.new")
echo mine | tee "${users_files[@]}"
snapshot before

expect 1 "is no Wine prefix" --prefix "$work/nothing"
expect 1 "needs a folder" --prefix
expect 0 "usage: install-wine" --help
other=/usr
[ "$(id -u)" -ne 0 ] || { other=$work/other && mkdir "$other" && chown nobody "$other"; }
expect 1 "belongs to" --prefix "$other"
expect 1 "usage: install-wine" --frobnicate
WINE=$work/nothing expect 1 "Wine is missing"
expect 0 "$qutil is not installed" --uninstall
cp -r "$package" incomplete
rm "incomplete/$machine/bin/qagent.dll"
package=$work/incomplete expect 1 "there is no qagent.dll for $machine"
expect_refusal "somebody else's DLL" cp "$folder/version.dll"
expect_refusal "a dangling link" ln -s nowhere
expect_refusal "a link to our DLL" ln -s "$package/$machine/bin/qagent.dll"
expect_refusal "a folder" mkdir
assert_unchanged before "failures"

# Without qagent.dll, and then with it.
expect 0 "$qutil is installed" --without-qagent
[ ! -e "$qagent" ] || fail "--without-qagent installs qagent.dll"
TROUBLE="wine fail" expect 0 "$qagent is installed"
cmp "$package/$machine/bin/qutil.dll" "$qutil"
cmp "$package/$machine/bin/qagent.dll" "$qagent"
finds_qutil || fail "a program does not find the installed DLL"

# The program waits until the pipe is closed.
coproc "$work/wine" "C:\\$machine\\holder.exe"
read -r -t 30 -u "${COPROC[0]}" || fail "the program does not start"
expect 1 "a program uses $qutil" --uninstall
expect 1 "a program uses $qutil"
eval "exec ${COPROC[1]}>&-"
wait "$COPROC_PID" || true

# An update that fails before the new DLL is in its place leaves the earlier version installed.
printf 'earlier' | tee -a "$qutil" >>"$qagent"
snapshot earlier
for row in "cp full 1" "cp HUP 129" "cp INT 130" "cp TERM 143"; do
    TROUBLE=${row% *} expect "${row##* }" "$qutil is still the earlier one"
    assert_unchanged earlier "$row"
done
TROUBLE="mv HUP" expect 129 "qutil.dll is in its place, but may not be registered"
{ finds_qutil && grep -q 'COM knows the classes' output; } ||
    fail "the classes are not registered after an interruption"

# A run that is killed leaves a file behind, which the next run removes.
for trouble in "cp KILL" "mv KILL"; do
    expect 0 "$qutil is installed"
    TROUBLE=$trouble expect 137 ""
    expect 0 "$qutil is not installed" --uninstall
    assert_unchanged before "$trouble"
done

# install-wine fails with a DLL that cannot be registered or has no classes. A good one replaces it.
break_export DllRegisterServer
package=$work/broken expect 1 "registering qutil.dll failed"
break_export DllGetClassObject
package=$work/broken expect 1 "$qutil is in its place"
(cd "${package%/*}" && package=${package##*/} CDPATH=. expect 0 "$qutil is installed")

# Another DLL has registered the class: that stays.
server='HKLM\Software\Classes\CLSID\{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}\InprocServer32'
owner='C:\windows\system32\version.dll'
expect 0 "$qutil is not installed" --uninstall
wine reg add "$server" /ve /d "$owner" /f
for text in "registering qagent.dll failed" "${server#*Classes}" "$owner"; do
    expect 1 "$text"
done
[[ $(wine reg query "$server" /ve) = *"$owner"* ]] || fail "what another DLL has registered is lost"
wine reg delete "${server%\\*}" /f
expect 0 "$qagent is installed"

# Uninstalling keeps the agents that were registered. 32-bit and 64-bit programs share them.
wine "C:\\$machine\\health_agent.exe" /register || fail "the health agent cannot be registered"
for other in $machines; do
    ! wine "C:\\$other\\health_agent.exe" /register || fail "the health agent is registered twice"
done

TROUBLE="wine keep" expect 1 "qutil.dll failed" --uninstall
[ -e "$qutil" ] || fail "a DLL is removed whose classes are still registered"
TROUBLE="wine fail" expect 0 "$qagent is not installed" --uninstall
wine reg query 'HKLM\Software\qutil\NapAgent\Shas\000137F0' /reg:64 ||
    fail "what was registered with qagent.dll is lost"
wine reg delete 'HKLM\Software\qutil' /f /reg:64
assert_unchanged before "all was removed"
! finds_qutil || fail "a qutil.dll is found after it was removed"
rm -r "${users_files[@]}" "$prefix"/drive_c/x??
trap 'rm -rf "$work"' EXIT
printf 'install-wine: all as expected\n'
