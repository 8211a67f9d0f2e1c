# Shared by the scripts here: what the machine still lacks, and the program's own Python.
# POSIX sh; needs only python3 and, on Debian or Ubuntu, apt-get. Scripts in a folder below name
# the folder packaging/ in $packaging first.

project=$(CDPATH= cd -- "${packaging:-$(dirname -- "$0")}/.." && pwd)
venv="$project/.venv"
python="$venv/bin/python"

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1; then sudo "$@"
    else say "Cần quyền quản trị để cài: $*"; return 1
    fi
}

# need_packages NAME... : install the Debian packages that are missing.
need_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    missing=
    for name in "$@"; do
        case $(dpkg-query -W -f='${Status}' "$name" 2>/dev/null) in
            *"ok installed"*) ;;
            *) missing="$missing $name" ;;
        esac
    done
    [ -z "$missing" ] && return 0
    say "Đang cài gói hệ thống:$missing"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
    # shellcheck disable=SC2086  # a list of names
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >/dev/null
}

# need_python LOCK : the virtual environment, holding exactly what LOCK lists.
need_python() {
    lock="$project/packaging/$1"
    stamp="$venv/.installed"
    wanted=$(cksum < "$lock")
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    command -v python3 >/dev/null 2>&1 || need_packages python3 python3-venv
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
        say "Cần Python 3.11 trở lên."; return 1
    }
    python3 -c 'import ensurepip' 2>/dev/null || need_packages python3-venv
    say "Đang cài thư viện Python (chỉ lần đầu)…"
    [ -x "$python" ] || python3 -m venv "$venv"
    "$python" -m pip install -q --disable-pip-version-check --require-hashes -r "$lock" || {
        say "Chưa cài được thư viện Python; hãy xem lỗi ở trên, kiểm tra mạng rồi chạy lại."; return 1
    }
    printf '%s' "$wanted" > "$stamp"
}

qt_packages="libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0"
window_packages="libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libcups2 libwayland-cursor0"
