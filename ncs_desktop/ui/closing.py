"""Closing the window: what is still being done is asked about, how the columns stand is kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from ncs_desktop.ui.proposals.incoming import Incoming
from ncs_desktop.ui.services import Services


def _tr(text: str) -> str:
    return QCoreApplication.translate("Closing", text)


def may_close(window: QWidget, services: Services, pages: Mapping[str, QWidget]) -> bool:
    """Ask where files are still coming in or being written; not while the system shuts down."""
    page = pages.get("collect")
    work = page.taking_in if page is not None else None  # type: ignore[attr-defined]
    incoming = window.findChild(Incoming)

    def unfinished() -> str:
        return (work.unfinished if work else "") or (incoming.unfinished if incoming else "")

    app = QApplication.instance()
    leaving = isinstance(app, QApplication) and app.isSavingSession()
    if not unfinished():
        return True
    title, stop, stay = _tr("Đóng chương trình"), _tr("Dừng và đóng"), _tr("Tiếp tục")
    if not leaving and not services.ask.confirm_while(window, title, unfinished, stop, stay):
        return False
    if work is not None:
        work.note()
    return True


def headers(pages: Mapping[str, QWidget]) -> dict[str, QHeaderView]:
    """Return the headers whose columns are remembered."""
    return {
        name: pages[name].table.horizontalHeader()  # type: ignore[attr-defined]
        for name in ("proposals", "collect")
        if name in pages
    }
