"""Closing the window: what is still being done is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from ncs_desktop.ui.proposals.incoming import Incoming
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from ncs_desktop.ui.collect.taking_in import TakingIn


def _tr(text: str) -> str:
    return QCoreApplication.translate("Closing", text)


def may_close(window: QWidget, services: Services, work: TakingIn | None) -> bool:
    """Ask where files are still coming in or being written; not while the system shuts down."""
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
