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
cat >"$work/wine" <<END
#!/bin/sh
case " \$* " in *" /u "*) [ ! -e "$work/keep" ] || exit 5 ;; esac
QUTIL_WINEPREFIX=\$WINEPREFIX exec "$project/scripts/wine" $machine "\$@"
END

# cp and mv, which get into trouble with a DLL: FULL is a full disk, KILL and others are signals to
# the script, in cp before it has copied, in mv after it has renamed.
mkdir "$work/tools"
cat >"$work/tools/cp" <<'END'
#!/bin/sh
case "${CP_TROUBLE:-} $1" in
'FULL '*.dll)
    head -c 1000 "$1" >"$2"
    echo "cp: No space left on device" >&2
    exit 1
    ;;
?*' '*.dll) kill -s "$CP_TROUBLE" $PPID ;;
esac
exec /bin/cp "$@"
END
cat >"$work/tools/mv" <<'END'
#!/bin/sh
/bin/mv "$@" || exit
[ -z "${MV_TROUBLE:-}" ] || kill -s "$MV_TROUBLE" $PPID
END
chmod +x "$work/wine" "$work"/tools/*

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

install_wine() {
    WINE=${WINE:-$work/wine} PATH=$work/tools:$PATH "$package/install-wine" "$@" 2>&1
}

# expect CODE TEXT ARGUMENT...: install-wine ends with the exit code, and says TEXT.
expect() {
    local code=$1 text=$2 output status=0
    shift 2
    output=$(install_wine "$@") || status=$?
    printf '%s\n' "$output"
    [ "$status" -eq "$code" ] || fail "install-wine $* should end with $code, not with $status"
    [[ $output = *"$text"* ]] || fail "install-wine $* should say \"$text\""
}

# What is in the prefix: its files with their sizes, and the registry, but what Wine itself writes
# when it likes: the registry's files, its devices, which screens there are, and how many services
# were started.
snapshot() {
    (cd "$prefix" && find . ! -name '*.reg' ! -name 'reg*.tmp' ! -name '*.pnf' \
        -printf '%p %y %s %l\n') | LC_ALL=C sort >"$work/$1.files"
    rm -f "$prefix/drive_c/snapshot.txt"
    # Once in some thousand times Wine 8.0 cannot start a program, and then can.
    wine regedit /E 'C:\snapshot.txt' || wine regedit /E 'C:\snapshot.txt' ||
        fail "regedit cannot be run"
    iconv -f UTF-16 -t UTF-8 "$prefix/drive_c/snapshot.txt" |
        awk -v RS='\r\n\r\n' '!/\\Control\\(ServiceCurrent\]|Video\\)/' >"$work/$1.registry"
    rm "$prefix/drive_c/snapshot.txt"
    [ -s "$work/$1.registry" ] || fail "regedit exports nothing"
}

# assert_unchanged SNAPSHOT TEXT: nothing has changed since it was taken.
assert_unchanged() {
    snapshot now
    diff "$work/$1.files" "$work/now.files" || fail "$2: files differ"
    diff --text "$work/$1.registry" "$work/now.registry" || fail "$2: the registry differs"
}

wine() {
    "$work/wine" "$@" </dev/null
}

# example MACHINE NAME ARGUMENT...: runs it with the DLLs that were installed.
example() {
    local code=0
    cp "$package/$1/share/doc/qutil/examples/$2" "$prefix/drive_c"
    wine "C:\\$2" "${@:3}" || code=$?
    rm "$prefix/drive_c/$2"
    return "$code"
}

runs_program() {
    [[ $(wine 'C:\load_library.exe') = *'consumer: done'* ]]
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

# break_export NAME: makes a package of whose qutil.dll that function is missing.
break_export() {
    rm -rf "$work/package"
    cp -r "$package" "$work/package"
    sed -i "s/$1/${1%?}_/" "$work/package/$machine/bin/qutil.dll"
}

# Wine writes the registry of a new prefix when its server ends.
"$project/scripts/wine" "$machine" --stop
"$project/scripts/wine" "$machine" --start
windows=$prefix/drive_c/windows
folder=$windows/system32
machines=$machine
if [ -e "$windows/syswow64/regsvr32.exe" ]; then
    machines="x64 x86"
    [ "$machine" = x64 ] || folder=$windows/syswow64
fi
qutil=$folder/qutil.dll
qagent=$folder/qagent.dll
export WINEPREFIX=$prefix
cp "$program" "$prefix/drive_c/load_library.exe"
[ ! -e "$qutil" ] || fail "the prefix has a qutil.dll"
! runs_program || fail "a qutil.dll is found before one is installed"
users_files=("$qutil.old" "$qutil.new" "$qagent.old" "$qagent.new")
echo mine | tee "${users_files[@]}" >"$work/mine"
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
cp -r "$package" "$work/package"
rm "$work/package/$machine/bin/qagent.dll"
package=$work/package expect 1 "there is no qagent.dll for $machine"

# What is not ours stays, and then nothing else is installed or removed.
expect_refusal() {
    snapshot refused
    expect 1 "$qagent comes from somebody else"
    expect 1 "$qagent comes from somebody else" --uninstall
    assert_unchanged refused "$1"
    rm -r "$qagent"
}
cp "$folder/version.dll" "$qagent"
expect_refusal "somebody else's DLL"
ln -s nowhere "$qagent"
expect_refusal "a dangling link"
ln -s "$package/$machine/bin/qagent.dll" "$qagent"
expect_refusal "a link to our DLL"
mkdir "$qagent"
expect_refusal "a folder"
assert_unchanged before "failures"

# Without qagent.dll, and then with it.
expect 0 "$qutil is installed" --without-qagent
[ ! -e "$qagent" ] || fail "--without-qagent installs qagent.dll"
expect 0 "$qagent is installed"
cmp "$package/$machine/bin/qutil.dll" "$qutil"
cmp "$package/$machine/bin/qagent.dll" "$qagent"
runs_program || fail "a program does not find the installed DLL"
for file in "${users_files[@]}"; do
    cmp "$work/mine" "$file" || fail "a file of the user's is not what it was"
done

hold_loaded
expect 1 "a program uses $qutil" --uninstall
expect 1 "a program uses $qutil"
let_go

# Until its successor is in its place, an earlier version works.
printf 'earlier' | tee -a "$qutil" >>"$qagent"
snapshot earlier
CP_TROUBLE=FULL expect 1 "$qutil is still the earlier one"
assert_unchanged earlier "a full disk"
CP_TROUBLE=HUP expect 129 "$qutil is still the earlier one"
assert_unchanged earlier "SIGHUP"
CP_TROUBLE=INT expect 130 "$qutil is still the earlier one"
CP_TROUBLE=TERM expect 143 "$qutil is still the earlier one"
assert_unchanged earlier "signals"
MV_TROUBLE=HUP expect 129 "qutil.dll is in its place, but may not be registered"
[[ $(example "$machine" health_exchange.exe) = *'COM knows the classes'* ]] ||
    fail "the classes are not registered after an interruption"

# A run that was killed has left something, which the next one removes.
CP_TROUBLE=KILL expect 137 ""
expect 0 "$qutil is not installed" --uninstall
assert_unchanged before "killed in copying"
expect 0 "$qutil is installed"
MV_TROUBLE=KILL expect 137 ""
expect 0 "$qutil is not installed" --uninstall
assert_unchanged before "killed in renaming"

# A DLL that cannot be registered, and one that has no classes: the whole one then replaces it.
break_export DllRegisterServer
package=$work/package expect 1 "registering qutil.dll failed"
break_export DllGetClassObject
package=$work/package expect 1 "$qutil is in its place"
(cd "${package%/*}" && package=${package##*/} CDPATH=. expect 0 "$qutil is installed")

# A class that belongs to another file.
server='HKLM\Software\Classes\CLSID\{EB082BA1-DF8A-46BE-82F3-35BF9E9BE52F}\InprocServer32'
owner='C:\windows\system32\version.dll'
expect 0 "$qutil is not installed" --uninstall
wine reg add "$server" /ve /d "$owner" /f
expect 1 "registering qagent.dll failed"
expect 1 "${server#*Classes}"
expect 1 "$owner"
[[ $(wine reg query "$server" /ve) = *"$owner"* ]] || fail "what another DLL has registered is lost"
wine reg delete "${server%\\*}" /f
expect 0 "$qagent is installed"

# What was registered with qagent.dll stays. Where programs of both machines run, they share it.
example "$machine" health_agent.exe /register || fail "the health agent cannot be registered"
for other in $machines; do
    ! example "$other" health_agent.exe /register || fail "the health agent is registered twice"
done

touch "$work/keep"
expect 1 "qutil.dll failed" --uninstall
[ -e "$qutil" ] || fail "a DLL is removed whose classes are still registered"
rm "$work/keep"
expect 0 "$qagent is not installed" --uninstall
store='HKLM\Software\qutil\NapAgent\Shas\000137F0'
wine reg query "$store" /reg:64 ||
    fail "what was registered with qagent.dll is lost"
wine reg delete 'HKLM\Software\qutil' /f /reg:64
assert_unchanged before "all was removed"
! runs_program || fail "a qutil.dll is found after it was removed"
rm "${users_files[@]}"
printf 'install-wine: all as expected\n'
