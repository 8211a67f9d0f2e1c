# A Wine of our own in build/windows/wine, able to run CPython 3.13 and Qt 6.12 without a screen.
# Sourced; wants $packaging and lib.sh first. Debian 12's wine64 8.0 suffices.

here="$project/packaging/windows"
export WINEPREFIX="$project/build/windows/wine" WINEARCH=win64 WINEDEBUG=-all LC_ALL=C.UTF-8
# Without the menu builder switched off an installer would write into the builder's own desktop.
export WINEDLLOVERRIDES="winemenubuilder.exe=d;mscoree,mshtml=;mscms=n"
drive="$WINEPREFIX/drive_c"

# in_wine SECONDS PROGRAM ARGUMENT... : run and return the program's exit code. All streams are
# pipes, since Wine 8 opens no others; what the program leaves running may hold them open for ever,
# so that only the program is waited for.
in_wine() {
    seconds=$1; shift
    pipe=$(mktemp -u); mkfifo "$pipe"
    cat "$pipe" & reader=$!
    code=0
    echo | timeout "$seconds" wine "$@" > "$pipe" 2>&1 || code=$?
    rm -f "$pipe"
    for _ in $(seq 20); do
        kill -0 "$reader" 2> /dev/null || break
        sleep 0.1
    done
    kill "$reader" 2> /dev/null || true
    wait "$reader" 2> /dev/null || true
    return "$code"
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
