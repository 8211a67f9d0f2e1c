#!/bin/sh
# Try the installer under Wine: install silently, run, open a .ncs by association, refuse while the
# program runs, install over an old one, uninstall. After build.sh; about a minute and a half.
#
#     sh packaging/windows/installed.sh
set -eu
packaging="$(dirname -- "$0")/.."
. "$packaging/lib.sh"
packaging="$project/packaging"
. "$packaging/windows/wine/wine.sh"

need_wine
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$project/ncs_desktop/__init__.py")
setup="$project/dist/ncs-desktop-$version-windows.exe"
home="$drive/users/$(id -un)"
folder="$home/AppData/Local/Programs/ncs-desktop"
classes='HKCU\Software\Classes'
export WINEQT_QPA_PLATFORM=offscreen
trap 'wineserver -k || true' EXIT

fail() { say "KHÔNG ĐẠT: $*"; exit 1; }

install() { in_wine 200 "$setup" /S; }

has_key() { in_wine 60 reg query "$1" > /dev/null 2>&1; }

# opened FILE : whether the window runs with this file within half a minute.
opened() {
    for _ in $(seq 60); do
        for process in /proc/[0-9]*/cmdline; do
            line=$(cat "$process" 2>/dev/null | tr '\0' ' ')
            case $line in *ncs-desktopw.exe*"$1"*) return 0 ;; esac
        done
        sleep 0.5
    done
    return 1
}

install || fail "cài đặt"
for file in ncs-desktop.exe ncs-desktopw.exe uninstall.exe python313.dll; do
    [ -f "$folder/$file" ] || fail "thiếu $file"
done
[ -f "$home/Desktop/Phiếu đề xuất 1322.lnk" ] || fail "thiếu lối tắt trên màn hình"
find "$home" -path '*Start Menu*' -name 'Phiếu đề xuất 1322.lnk' | grep -q . || fail "thiếu lối tắt Start"
say "Đã cài $(du -sh "$folder" | cut -f1), $(find "$folder" -type f | wc -l) tệp."

in_wine 60 "$folder/ncs-desktopw.exe" --quit-when-ready | grep '^ready' || fail "mở cửa sổ"

# Wine does not merge a person's classes into the machine's, as Windows does.
for key in .ncs ncs-desktop.file; do
    in_wine 60 reg copy "$classes\\$key" "HKLM\\Software\\Classes\\$key" /s /f > /dev/null
done
mkdir -p "$home/Hồ sơ"
cp "$project"/resources/samples/nam-dinh-2024-*.json "$home/Hồ sơ/Phiếu.json"
in_wine 60 "$folder/ncs-desktop.exe" import "C:\\users\\$(id -un)\\Hồ sơ\\Phiếu.json" > /dev/null ||
    fail "nhập phiếu"
in_wine 60 "$folder/ncs-desktop.exe" calls --from an-giang-2026 --year 2027 \
    --deadline 2026-12-10 --to "C:\\users\\$(id -un)\\Hồ sơ\\Đợt mới.ncs" > /dev/null
in_wine 60 start "C:\\users\\$(id -un)\\Hồ sơ\\Đợt mới.ncs"
opened 'Đợt mới.ncs' || fail "mở tệp .ncs bằng cách bấm vào tệp"
say "Tệp .ncs mở bằng chương trình."

code=0; install || code=$?
[ "$code" = 2 ] || fail "cài đè khi đang mở phải bị từ chối, nhưng mã là $code"
say "Không cài đè khi chương trình đang mở."
wineserver -k; sleep 1

touch "$folder/Lib/left-over.txt" "$folder/Của tôi.txt"
install || fail "cài đè"
[ ! -e "$folder/Lib/left-over.txt" ] || fail "cài đè không dọn bản cũ"

# The uninstaller goes on as a copy of itself, which deletes the installed one last.
in_wine 120 "$folder/uninstall.exe" /S || fail "gỡ"
for _ in $(seq 60); do
    [ -e "$folder/uninstall.exe" ] || break
    sleep 0.5
done
sleep 2
left=$(find "$folder" -type f 2>/dev/null | grep -v 'Của tôi.txt' || true)
[ -z "$left" ] || fail "còn lại: $left"
[ -f "$folder/Của tôi.txt" ] || fail "mất tệp của người dùng"
for key in "$classes\\.ncs" "$classes\\ncs-desktop.file" 'HKCU\Software\ncs-desktop' \
    'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\ncs-desktop'; do
    ! has_key "$key" || fail "còn khoá $key"
done
[ -z "$(find "$home" -name 'Phiếu đề xuất 1322.lnk')" ] || fail "còn lối tắt"
[ -f "$home/AppData/Local/ncs_desktop/ncs.sqlite" ] || fail "mất dữ liệu của người dùng"
say "Đã gỡ hết, dữ liệu của người dùng còn nguyên."
