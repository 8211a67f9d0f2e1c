"""«Gói hỗ trợ…»: asks where to, writes it in the background, says what is in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ncs_desktop.ui import zoom
from ncs_desktop.ui.logfile import log_path
from ncs_desktop.ui.saving import Saving
from ncs_desktop.ui.services import Services


def _tr(text: str) -> str:
    return QCoreApplication.translate("Support", text)


def make_support_package(
    services: Services,
    parent: QWidget,
    tell: Callable[[str], object],
    fail: Callable[[object], object],
) -> None:
    """Let a person save the support package; ``tell`` and ``fail`` say how it went."""
    name = f"goi-ho-tro-{services.now():%Y-%m-%d}.zip"
    title, kinds = _tr("Gói hỗ trợ"), _tr("Tệp nén (*.zip)")
    work = partial(_write, services.store.path, window_figures())
    saving = Saving(services, parent, (title, name, kinds), work)
    saving.done.connect(partial(_say, tell))
    saving.failed.connect(fail)
    saving.begin()


def _write(
    store_path: Path, window: dict[str, int | float | bool], target: Path, _task: object
) -> Path:
    from ncs_desktop.work.support import write_support_package  # noqa: PLC0415

    return write_support_package(store_path, log_path(), target, window)


def _say(tell: Callable[[str], object], target: object) -> None:
    text = _tr("Đã ghi {target}; trong gói không có nội dung phiếu, tên người hay đường dẫn.")
    tell(text.format(target=target))


def window_figures() -> dict[str, int | float | bool]:
    """Return figures of screen and window that explain how something looked."""
    screen = QGuiApplication.primaryScreen()
    size, hints = screen.size(), QGuiApplication.styleHints()
    return {
        "screens": len(QGuiApplication.screens()),
        "width": size.width(),
        "height": size.height(),
        "pixel_ratio": screen.devicePixelRatio(),
        "dots_per_inch": round(screen.logicalDotsPerInch(), 1),
        "zoom": round(zoom.factor(), 2),
        "dark": hints.colorScheme().name == "Dark",
    }
