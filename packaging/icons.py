"""Draw the program's icon in the sizes desktops ask for.

    python packaging/icons.py FOLDER

Writes ncs-desktop-SIZE.png and, for Windows, ncs-desktop.ico. Needs the program's own libraries.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parents[1] / "resources" / "icons" / "app.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def draw(renderer: QSvgRenderer, size: int) -> bytes:
    """Return the icon as a PNG of ``size`` by ``size`` pixels."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def main(folder: Path) -> None:
    """Write every size into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    renderer = QSvgRenderer(str(SOURCE))
    pictures = {size: draw(renderer, size) for size in SIZES}
    for size, content in pictures.items():
        (folder / f"ncs-desktop-{size}.png").write_bytes(content)
    images = [Image.open(io.BytesIO(pictures[size])) for size in SIZES]
    images[-1].save(
        folder / "ncs-desktop.ico",
        sizes=[(size, size) for size in SIZES],
        append_images=images[:-1],
    )
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]))
