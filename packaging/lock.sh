#!/bin/sh
# Write both lock files anew from pyproject.toml: names, versions and hashes, for every platform.
set -eu
. "$(dirname -- "$0")/lib.sh"
cd "$project"
lock() {
    uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
        --no-emit-index-url "$@"
}
lock pyproject.toml -o packaging/requirements.lock
lock pyproject.toml --extra dev -o packaging/requirements-dev.lock
