"""Remove from site-packages what a program of widgets and PDF pages never loads.

    python packaging/prune.py SITE_PACKAGES

For Windows' and for Linux' wheels. Of Qt only what is named here stays, so that a new Qt cannot
bring new weight unseen.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

QT = {"Core", "Gui", "Network", "Pdf", "PdfWidgets", "PrintSupport", "Svg", "SvgWidgets", "Widgets"}
BENEATH = {f"Qt6{name}" for name in QT | {"DBus", "WaylandClient", "XcbQpa"}} | {
    *("icudata", "icui18n", "icuuc", "pyside6"),
    *("msvcp140", "msvcp140_1", "msvcp140_2", "msvcp140_codecvt_ids"),
    *("vcruntime140", "vcruntime140_1"),
}
PLUGINS: dict[str, set[str] | None] = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qpdf", "qsvg", "qtiff", "qwebp"},
    "platforminputcontexts": {
        "composeplatforminputcontextplugin",
        "ibusplatforminputcontextplugin",  # Vietnamese is typed through IBus and Fcitx
    },
    "platforms": {"qoffscreen", "qwayland", "qwindows", "qxcb"},
    "platformthemes": None,
    "printsupport": None,
    "styles": None,
    "wayland-decoration-client": None,
    "wayland-shell-integration": {"xdg-shell"},
}
LOADED = {".dll", ".pyd", ".so"}
SOURCES = {".pyi", ".pyx", ".pxd", ".h", ".lib", ".qmltypes"}


def remove(path: Path) -> None:
    """Remove a file or a folder; what is not there is fine."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def plain_name(path: Path) -> str:
    """Return the name without ``lib`` before it and versions and endings behind it."""
    return path.name.removeprefix("lib").partition(".")[0]


def is_needed(path: Path) -> bool:
    """Tell whether a file beside or beneath PySide6's modules stays."""
    if not LOADED & set(path.suffixes):
        return path.suffix == ".py"
    name = plain_name(path)
    return name in BENEATH or name.removeprefix("Qt") in QT


def prune_folder(folder: Path, subfolders: set[str]) -> None:
    """Prune the files of ``folder``; of its folders only ``subfolders`` stay."""
    for path in list(folder.iterdir()):
        if not (path.name in subfolders if path.is_dir() else is_needed(path)):
            remove(path)


def prune_plugins(folder: Path) -> None:
    """Prune the folder of Qt's plugins."""
    for kind in list(folder.iterdir()):
        wanted = PLUGINS.get(kind.name, set())
        for plugin in list(kind.iterdir()):
            if wanted is not None and plain_name(plugin) not in wanted:
                remove(plugin)
        if not any(kind.iterdir()):
            kind.rmdir()


def prune_qt(folder: Path) -> None:
    """Prune the folder PySide6; on Linux libraries and plugins lie one folder below."""
    prune_folder(folder, {"Qt", "plugins", "__pycache__"})
    below = folder / "Qt"
    if below.is_dir():
        prune_folder(below, {"lib", "plugins"})
        prune_folder(below / "lib", set())
    prune_plugins((below if below.is_dir() else folder) / "plugins")


def prune(libraries: Path) -> None:
    """Prune the folder site-packages."""
    prune_qt(libraries / "PySide6")
    for path in list(libraries.rglob("*")):
        if path.suffix in SOURCES:
            remove(path)
    for path in (libraries / "shiboken6").glob("*140*.dll"):
        if plain_name(path) not in BENEATH:
            remove(path)
    remove(libraries / "lxml" / "includes")
    remove(libraries / "bin")
    remove(libraries / "olefile" / "olefile2.py")  # for Python 2, cannot be compiled
    for path in (*(libraries / "PIL").glob("_avif.*"), *libraries.glob("pillow.libs/libavif*")):
        remove(path)


if __name__ == "__main__":
    prune(Path(sys.argv[1]))
