#!/bin/sh
# Try the package in a bare Debian: install, run as a plain user in folders whose names have
# diacritics and spaces, open the window, ask for the file type, remove. After build.sh, as root;
# about a minute.
#
#     sh packaging/linux/installed.sh [RELEASE]
#
# RELEASE: Debian's name of it, bookworm without one.
set -eu
packaging="$(dirname -- "$0")/.."
. "$packaging/lib.sh"
release=${1:-bookworm}
bare="$project/build/linux/bare-$release"
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$project/ncs_desktop/__init__.py")
package="$project/dist/ncs-desktop_${version}_$(dpkg --print-architecture).deb"
home='/srv/Nguyễn Ánh'

fail() { say "KHÔNG ĐẠT: $*"; exit 1; }

inside() { chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"; }

# as_person COMMAND : a shell command line of someone without any rights, in their own folder.
as_person() { inside su - anh -c "export QT_QPA_PLATFORM=offscreen; cd 'Hồ sơ của tôi' && $1"; }

need_packages mmdebstrap
rm -rf "$bare"
say "Đang dựng một Debian trần ($release)…"
mmdebstrap -q --variant=apt --mode=root "$release" "$bare"
cp /etc/resolv.conf "$bare/etc/"
cp "$package" "$bare/package.deb"
inside apt-get update -q > /dev/null
inside apt-get install -y -q --no-install-recommends /package.deb passwd shared-mime-info \
    desktop-file-utils xdg-utils libfile-mimeinfo-perl > "$bare/install.log" 2>&1 ||
    { tail "$bare/install.log" >&2; fail "cài"; }
[ ! -e "$bare/usr/bin/python3" ] || say "Lưu ý: Debian này đã có Python."
say "Đã cài $(du -sh "$bare/opt/ncs-desktop" | cut -f1)."

inside useradd -m -d "$home" -s /bin/sh anh
inside mkdir "$home/Hồ sơ của tôi"
cp "$project"/resources/samples/*.json "$bare$home/Hồ sơ của tôi/"
inside chown -R anh "$home"
as_person 'ncs-desktop --version' | grep -q "$version" || fail "phiên bản"
as_person 'ncs-desktop demo --to "Chạy thử ở đây" --now 2025-08-05T09:00' > "$bare/demo.log" 2>&1 ||
    { tail "$bare/demo.log" >&2; fail "chạy thử"; }
as_person 'find "Chạy thử ở đây" -name "*.pdf" -size +0' | grep -q . || fail "chạy thử không có PDF"
as_person 'ncs-desktop bundle an-giang-2026-truy*.json --call an-giang-2026 --to "Bộ nộp.zip" \
    --now 2025-08-05T09:00' > /dev/null 2>&1 || fail "bộ nộp"
# So many files are read by another process ahead of the first.
as_person 'mkdir "Nhận nhiều" && for number in $(seq 120); do
    cp "Bộ nộp.zip" "Nhận nhiều/Bộ nộp $number.zip"; done'
as_person 'ncs-desktop collect "Nhận nhiều" --call an-giang-2026 --to "Kết quả" \
    --now 2025-08-05T09:00' 2> /dev/null | grep -q '^120 tệp: ' || fail "tổng hợp nhiều tệp"
as_person 'ncs-desktop --quit-when-ready' 2> /dev/null | grep '^ready' || fail "mở cửa sổ"
as_person 'ncs-desktop import *.json' > /dev/null || fail "nhập phiếu"
as_person 'ncs-desktop calls --from an-giang-2026 --year 2027 --deadline 2026-12-10 --to "Đợt.ncs"' \
    > /dev/null || fail "tạo tệp đợt"
kind=$(as_person 'LC_ALL=C.UTF-8 mimetype -b "Đợt.ncs"')
[ "$kind" = application/x-ncs-desktop ] || fail "kiểu tệp .ncs là $kind"
[ "$(as_person "xdg-mime query default $kind")" = ncs-desktop.desktop ] || fail "mở tệp .ncs"

# Every library that what is installed asks for is there, or belongs to something optional.
missing=$(inside find /opt/ncs-desktop -name '*.so*' -type f | while read -r path; do
    inside ldd "$path" 2>/dev/null | sed -n "s|\(.*\) => not found|${path##*/} \1|p"
done | grep -v '^libqgtk3\|^libcups\|wayland\|^libadwaita\|^libbradient\|^libxdg-shell' || true)
[ -z "$missing" ] || fail "thiếu thư viện: $missing"

inside apt-get remove -y -q ncs-desktop > /dev/null 2>&1 || fail "gỡ"
left=$(inside find / -xdev -name '*ncs-desktop*' -not -path "$home/*" -not -path '/var/lib/dpkg/*' \
    -not -path '/proc/*')
[ -z "$left" ] || fail "còn lại: $left"
as_person 'find ~ -name ncs.sqlite' | grep -q . || fail "mất dữ liệu của người dùng"
rm -rf "$bare"
say "Đã gỡ hết, dữ liệu của người dùng còn nguyên."
