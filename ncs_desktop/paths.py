"""Where the program's own data and a person's data lie; the only place that knows."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path


def data_folder(name: str) -> Path:
    """Return the folder ``forms`` or ``resources``: in a wheel inside the package, else beside."""
    inside = Path(str(files("ncs_desktop") / name))
    return inside if inside.is_dir() else Path(__file__).resolve().parents[1] / name


def user_folder() -> Path:
    """Return the folder of a person's own data (store, own calls); it may not exist yet.

    ``NCS_DESKTOP_HOME`` overrides it, for a portable installation on a USB stick.
    """
    override = os.environ.get("NCS_DESKTOP_HOME")
    if override:
        return Path(override)
    from platformdirs import user_data_path  # noqa: PLC0415  (only where it is needed)

    return user_data_path("ncs_desktop", appauthor=False)


def default_store() -> Path:
    """Return the store opened when none is named."""
    return user_folder() / "ncs.sqlite"


def own_calls_folder() -> Path:
    """Return the folder of calls a person made or received."""
    return user_folder() / "calls"
