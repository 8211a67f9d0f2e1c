#!/bin/sh
# Install what is missing and open the window; without a display, run the demo and say so.
set -eu
. "$(dirname -- "$0")/lib.sh"

# shellcheck disable=SC2086  # lists of names
need_packages $qt_packages $window_packages
need_python requirements.lock
export PYTHONPATH="$project${PYTHONPATH:+:$PYTHONPATH}"

if [ $# -gt 0 ]; then
    exec "$python" -m ncs_desktop "$@"
elif [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec "$python" -m ncs_desktop
else
    folder="$project/build/demo"
    say "Máy này không có màn hình nên chương trình chạy thử toàn bộ công việc trên hồ sơ mẫu."
    mkdir -p "$folder"
    exec "$python" -m ncs_desktop demo --to "$folder"
fi
