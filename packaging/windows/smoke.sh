#!/bin/sh
# Run the Windows program under Wine, off-screen: every command line task, in folders whose names
# have diacritics and spaces, and the window. After stage.sh; about two minutes.
#
#     sh packaging/windows/smoke.sh [FOLDER]
#
# FOLDER: a program folder inside Wine's drive C: to test instead of build/windows/program.
set -eu
packaging="$(dirname -- "$0")/.."
. "$packaging/lib.sh"
packaging="$project/packaging"
. "$packaging/windows/wine/wine.sh"

need_wine
program=${1:-$project/build/windows/program}
user="$drive/users/Nguyễn Ánh"
place="$user/Hồ sơ"
rm -rf "$user"
mkdir -p "$place/Nhận về" "$place/Bản Word"
cp "$project"/resources/samples/*.json "$place/"
export NCS_DESKTOP_HOME='C:\users\Nguyễn Ánh\Dữ liệu của tôi'
export WINEQT_QPA_PLATFORM=offscreen
now=2025-08-05T09:00
cd "$place"
failed=0

# try NAME CODE ARGUMENT... : one command; its output must be valid UTF-8 and its exit code CODE.
try() {
    name=$1 wanted=$2; shift 2
    begun=$(date +%s)
    got=0
    in_wine 120 "$program/ncs-desktop.exe" "$@" > "$user/output.txt" || got=$?
    problem=
    [ "$got" = "$wanted" ] || problem="exit code $got, not $wanted"
    iconv -f UTF-8 -t UTF-8 "$user/output.txt" > /dev/null 2>&1 || problem="output is not UTF-8"
    grep -q 'Traceback\|UnicodeEncodeError' "$user/output.txt" && problem="a traceback"
    report "$name" "$problem" "$(($(date +%s) - begun)) s"
}

report() {
    if [ -z "$2" ]; then printf 'fine    %s  %s\n' "$1" "${3:-}"; return; fi
    failed=$((failed + 1))
    printf 'FAILED  %s: %s\n' "$1" "$2"
    sed 's/^/        /' "$user/output.txt" | tail -n 15
}

# says WORDS : the last command said so, in Vietnamese.
says() {
    grep -q -- "$1" "$user/output.txt" && return
    report "says «$1»" "it does not"
}

# made FILE... : each is there and has content; nothing half-written lies about.
made() {
    for file in "$@"; do [ -s "$file" ] || report "makes $file" "it is not there"; done
    left=$(find "$user" -name '.ncs-*' | head -n 1)
    [ -z "$left" ] || report "leaves nothing half-written" "$left"
}

sample=an-giang-2026-truy-xuat-lua-gao.json
lacking=an-giang-2026-con-thieu.json
try version 0 --version
try forms 0 forms
try check 0 check "$sample" --now "$now";                          says 'lưu ý'
try check-with-errors 1 check "$lacking" --now "$now";             says 'LỖI F01'
try missing-file 2 check 'không có.json';                          says 'không có.json'
try export 0 export "$sample" --to 'Bản Word' --now "$now"
made 'Bản Word'/*.docx 'Bản Word'/*.pdf
try export-over-old 0 export "$sample" --to 'Bản Word' --now "$now"
made 'Bản Word'/*.docx
try blank 0 export --blank a1-dxnv --to 'Phiếu trắng'
made 'Phiếu trắng'/*.pdf
try print-set 0 print-set "$sample" --call an-giang-2026 --to 'Bộ in ký.pdf' --now "$now"
made 'Bộ in ký.pdf'
try bundle 0 bundle "$sample" --call an-giang-2026 --to 'Nhận về/Bộ nộp.zip' --now "$now"
made 'Nhận về/Bộ nộp.zip'
try verify 0 verify 'Nhận về/Bộ nộp.zip'
try import 0 import "$sample" "$lacking" --now "$now"
try import-docx 0 import 'Bản Word'/*.docx --now "$now"
try list 0 list;                                                   says 'An Giang'
try backup 0 backup --to 'Sao lưu.ncsbackup'
made 'Sao lưu.ncsbackup'
try restore 0 restore 'Sao lưu.ncsbackup'
try doctor 0 doctor
made "$user/Dữ liệu của tôi/ncs.sqlite"
cp 'Bản Word'/*.docx 'Nhận về/Phiếu Xay xát Ánh Dương.docx'
printf 'not a Word file' > 'Nhận về/hỏng.docx'
try collect 1 collect 'Nhận về' --call an-giang-2026 --to 'Kết quả' --now "$now"
says 'Phiếu Xay xát Ánh Dương.docx'
says '3 tệp: 1 mới, 1 mới cần đối chiếu, 1 không đọc được'
made 'Kết quả'/*.xlsx
# So many files are read by another process ahead of this one.
mkdir 'Nhận nhiều'
for number in $(seq 120); do cp 'Nhận về/Bộ nộp.zip' "Nhận nhiều/Bộ nộp $number.zip"; done
try collect-many 0 collect 'Nhận nhiều' --call an-giang-2026 --to 'Kết quả nhiều' --now "$now"
says '^120 tệp: '
made 'Kết quả nhiều'/*.xlsx
try demo 0 demo --to 'Chạy thử' --now "$now"
try window 0 --quit-when-ready
try window-again 0 --quit-when-ready "$sample";                    says '^ready [0-9]\{1,5\}\b'
in_wine 120 "$program/python.exe" -X utf8 "$packaging/windows/probe.py" > "$user/output.txt"
says 'killed: BrokenPipeError EOFError'
says 'work: 7'
says 'too long: isolation.too_slow'
says 'after it: 7'
says 'held file: file.in_use, old content kept'
# Wine 8 knows job objects but enforces no limit: these two lines are for a person on Windows.
grep '^limit\|^too much' "$user/output.txt"

[ "$failed" = 0 ] || { say "$failed chỗ không đạt"; exit 1; }
say "Mọi việc chạy được dưới Wine."
