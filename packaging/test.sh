#!/bin/sh
# Install what is missing, then check style, types, floors and run every test.
set -eu
. "$(dirname -- "$0")/lib.sh"

# shellcheck disable=SC2086  # lists of names
need_packages $qt_packages libreoffice-writer libreoffice-calc poppler-utils fonts-liberation2
need_python requirements-dev.lock
cd "$project"
export PYTHONPATH="$project" QT_QPA_PLATFORM=offscreen
export PYTHONPYCACHEPREFIX="$project/build/pycache"
unset PYTHONDONTWRITEBYTECODE

"$venv/bin/ruff" check .
"$venv/bin/ruff" format --check .
"$venv/bin/mypy"
"$venv/bin/lint-imports"
exec "$python" -m pytest -q -n 2 "$@"
