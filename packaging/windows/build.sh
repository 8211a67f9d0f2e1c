#!/bin/sh
# Build the Windows installer on Linux: dist/ncs-desktop-VERSION-windows.exe. About three minutes.
# Settings as in stage.sh. The installer is not signed; sign it with osslsigncode where there is a
# certificate, else SmartScreen warns.
#
#     sh packaging/windows/build.sh
set -eu
packaging="$(dirname -- "$0")/.."
. "$packaging/lib.sh"
work="$project/build/windows"

need_packages nsis gcc-mingw-w64-x86-64-win32 unzip
sh "$project/packaging/windows/stage.sh"

version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$project/ncs_desktop/__init__.py")
# Debian's Vietnamese of NSIS spells with combining marks, which Windows' dialogs draw badly.
rm -rf "$work/languages"
mkdir -p "$work/languages" "$project/dist"
python3 - "$work/languages" /usr/share/nsis/Contrib/Language*/Vietnamese.n* <<'END'
import sys
import unicodedata
from pathlib import Path

for name in sys.argv[2:]:
    text = Path(name).read_text(encoding="utf-8-sig")
    target = Path(sys.argv[1]) / Path(name).name
    target.write_text(unicodedata.normalize("NFC", text), encoding="utf-8-sig")
END
(cd "$work/program" && find . -maxdepth 1 -type f -printf '  Delete "$INSTDIR\\%f"\n' | sort) \
    > "$work/removals.nsh"

say "Đang đóng bộ cài…"
output="$project/dist/ncs-desktop-$version-windows.exe"
makensis -V2 -INPUTCHARSET UTF8 -DPROGRAM="$work/program" -DOUTPUT="$output" -DVERSION="$version" \
    -DKILOBYTES="$(du -sk "$work/program" | cut -f1)" -DLANGUAGES="$work/languages" \
    -DREMOVALS="$work/removals.nsh" "$project/packaging/windows/installer.nsi"
ls -l "$output" >&2
