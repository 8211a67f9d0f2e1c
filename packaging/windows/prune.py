"""Remove from Windows' site-packages what a program of widgets and PDF pages never loads.

    python packaging/windows/prune.py SITE_PACKAGES

Of Qt only what is named here stays, so that a new Qt cannot bring new weight unseen.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

QT = {"Core", "Gui", "Network", "Pdf", "PdfWidgets", "PrintSupport", "Svg", "SvgWidgets", "Widgets"}
PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qgif", "qico", "qjpeg", "qpdf", "qsvg", "qtiff", "qwebp"},
    "platforms": {"qoffscreen", "qwindows"},
    "printsupport": None,
    "styles": None,
}
FOLDERS = {"plugins", "__pycache__"}
RUNTIME = {"msvcp140", "msvcp140_1", "msvcp140_2", "msvcp140_codecvt_ids", "vcruntime140"}
LIBRARIES = {f"Qt6{name}" for name in QT} | RUNTIME | {"pyside6.abi3", "vcruntime140_1"}
SOURCES = {".pyi", ".pyx", ".pxd", ".h", ".lib", ".qmltypes"}


def remove(path: Path) -> None:
    """Remove a file or a folder; what is not there is fine."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def is_needed(path: Path) -> bool:
    """Tell whether the entry ``path`` of the folder PySide6 stays."""
    if path.is_dir():
        return path.name in FOLDERS
    if path.suffix == ".pyd":
        return path.stem.removeprefix("Qt") in QT
    if path.suffix == ".dll":
        return path.stem in LIBRARIES
    return path.suffix == ".py"


def prune_qt(folder: Path) -> None:
    """Prune the folder PySide6."""
    for path in list(folder.iterdir()):
        if not is_needed(path):
            remove(path)
    for kind in list((folder / "plugins").iterdir()):
        if kind.name not in PLUGINS:
            remove(kind)
            continue
        wanted = PLUGINS[kind.name]
        for plugin in list(kind.iterdir()):
            if wanted is not None and plugin.stem not in wanted:
                remove(plugin)


def prune(libraries: Path) -> None:
    """Prune the folder site-packages."""
    prune_qt(libraries / "PySide6")
    for path in list(libraries.rglob("*")):
        if path.suffix in SOURCES:
            remove(path)
    for path in (libraries / "shiboken6").glob("*140*.dll"):
        if path.stem not in LIBRARIES:
            remove(path)
    remove(libraries / "lxml" / "includes")
    remove(libraries / "bin")
    remove(libraries / "olefile" / "olefile2.py")  # for Python 2, cannot be compiled
    for path in (libraries / "PIL").glob("_avif.*"):
        remove(path)


if __name__ == "__main__":
    prune(Path(sys.argv[1]))
