# A Wine of our own in build/windows/wine, able to run CPython 3.13 and Qt 6.12 without a screen.
# Sourced; wants $packaging and lib.sh first. Debian 12's wine64 8.0 suffices.

here="$project/packaging/windows"
export WINEPREFIX="$project/build/windows/wine" WINEARCH=win64 WINEDEBUG=-all LC_ALL=C.UTF-8
# Without the menu builder switched off an installer would write into the builder's own desktop.
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree,mshtml=;mscms=n"
drive="$WINEPREFIX/drive_c"

# in_wine SECONDS PROGRAM ARGUMENT... : run; all streams are pipes, since Wine 8 opens no others.
# The program's exit code is returned.
in_wine() {
    seconds=$1; shift
    code_file=$(mktemp)
    { echo | { timeout "$seconds" wine "$@" 2>&3 || echo $? > "$code_file"; } 3>&1 | cat; }
    code=$(cat "$code_file"); rm -f "$code_file"
    return "${code:-0}"
}

need_wine() {
    need_packages wine wine64 gcc-mingw-w64-x86-64-win32
    [ -f "$WINEPREFIX/.ready" ] && return 0
    say "Đang chuẩn bị Wine…"
    mkdir -p "$WINEPREFIX"
    in_wine 120 wineboot -i
    in_wine 60 reg add 'HKCU\Software\Wine' /v Version /d win10 /f > /dev/null
    for name in icuuc bcryptprimitives mscms; do
        x86_64-w64-mingw32-gcc -shared -O1 -s -Wl,--kill-at -o "$drive/windows/system32/$name.dll" \
            "$here/wine/$name.c" -ladvapi32
    done
    touch "$WINEPREFIX/.ready"
}
