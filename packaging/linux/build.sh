#!/bin/sh
# Build dist/ncs-desktop_VERSION_ARCHITECTURE.deb on Debian or Ubuntu: the system's own CPython, the
# locked libraries and the program in /opt/ncs-desktop, menu entry, icons and the .ncs file type.
# Runs on the release it is built on and on later ones. Needs uv; about two minutes.
#
#     sh packaging/linux/build.sh
set -eu
packaging="$(dirname -- "$0")/.."
. "$packaging/lib.sh"
here="$project/packaging/linux"
work="$project/build/linux"
root="$work/root"
program="$root/opt/ncs-desktop"
libraries="$program/lib/site-packages"
system_python=$(readlink -f /usr/bin/python3)
release=$(basename "$system_python")
uv=${UV:-uv}

"$system_python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "Cần Python 3.11 trở lên của hệ thống."; exit 1
}
"$uv" --version >/dev/null 2>&1 || { say "Cần có $uv."; exit 1; }
need_packages "$release-minimal" "lib$release-stdlib" binutils
rm -rf "$root"
mkdir -p "$program/bin" "$libraries" "$project/dist"

say "Đang lấy Python của hệ thống…"
dpkg -L "$release-minimal" "lib$release-minimal" "lib$release-stdlib" | grep "^/usr/lib/$release/" |
while read -r path; do
    case $path in
        */lib-dynload/*test*|*/lib-dynload/xx*|*/lib-dynload/_xx*|*curses*|*/lib-dynload/_dbm*) ;;
        */lib-dynload/_crypt*|*/lib-dynload/nis*|*/lib-dynload/readline*|*/lib-dynload/oss*) ;;
        */unittest/*|*/lib2to3/*|*/pydoc_data/*|*/ensurepip/*|*/distutils/*) ;;
        *) [ -L "$path" ] || [ -d "$path" ] || {
               target="$program/${path#/usr/}"
               mkdir -p "${target%/*}" && cp "$path" "$target"
           } ;;
    esac
done
[ -f "$program/lib/$release/os.py" ] || { say "Không thấy thư viện của $release."; exit 1; }
cp "$system_python" "$program/bin/python3"
# With this file beside it Python looks nowhere else, as Windows' embeddable Python does.
printf '../lib/%s\n../lib/%s/lib-dynload\n../lib/site-packages\n' "$release" "$release" \
    > "$program/bin/python3._pth"

say "Đang lấy thư viện…"
# Copied, not linked: what is stripped below must not be the files of another environment.
for_linux() { "$uv" pip install -q --link-mode copy --python "$system_python" --target "$libraries" "$@"; }
for_linux --only-binary :all: --require-hashes -r "$project/packaging/requirements.lock"
for_linux --no-deps "$project"
"$system_python" "$project/packaging/prune.py" "$libraries"
find "$libraries" -name '*.so*' -type f -exec strip --strip-unneeded {} + 2>/dev/null || true
"$system_python" -m compileall -q -j 2 --invalidation-mode unchecked-hash \
    -s "$root" -p / "$program/lib"

say "Đang đặt biểu tượng và mục trình đơn…"
need_python requirements.lock
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$project/ncs_desktop/__init__.py")
architecture=$(dpkg --print-architecture)
share="$root/usr/share"
QT_QPA_PLATFORM=offscreen "$python" "$project/packaging/icons.py" "$work/icons"
for size in 16 24 32 48 64 128 256; do
    install -Dm644 "$work/icons/ncs-desktop-$size.png" \
        "$share/icons/hicolor/${size}x$size/apps/ncs-desktop.png"
done
install -Dm644 "$project/resources/icons/app.svg" \
    "$share/icons/hicolor/scalable/apps/ncs-desktop.svg"
install -Dm644 "$here/ncs-desktop.desktop" "$share/applications/ncs-desktop.desktop"
install -Dm644 "$here/ncs-desktop.xml" "$share/mime/packages/ncs-desktop.xml"
mkdir -p "$share/doc/ncs-desktop" "$root/DEBIAN"
cat "$here/copyright" "$project/LICENSE" > "$share/doc/ncs-desktop/copyright"
install -Dm755 "$here/ncs-desktop" "$root/usr/bin/ncs-desktop"
chmod -R u=rwX,go=rX "$root"

say "Đang đóng gói…"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" \
    -e "s/@KILOBYTES@/$(du -sk "$root" | cut -f1)/" "$here/control" > "$root/DEBIAN/control"
output="$project/dist/ncs-desktop_${version}_$architecture.deb"
dpkg-deb --root-owner-group -Zxz --build "$root" "$output" >&2
ls -l "$output" >&2
