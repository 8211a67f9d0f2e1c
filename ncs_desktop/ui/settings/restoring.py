"""Putting a safety copy in the place of the store, from «Thiết lập» or where the start fails."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from datetime import datetime

    from ncs_desktop.store.backup import Restored


def _tr(text: str) -> str:
    return QCoreApplication.translate("Restoring", text)


def ask_restore(services: Services, parent: QWidget, *, sure: bool = False) -> Task | None:
    """Ask which safety copy, and unless ``sure`` whether at all; None where a person says no.

    The question begins at the safety copies the program made by itself. Raises InputProblem
    ``ui.busy`` while files are coming in or being written: what is kept then would be lost.
    """
    if _is_busy(parent.window()):
        raise InputProblem("ui.busy")
    from ncs_desktop.work.keep import automatic_backups, backups_folder  # noqa: PLC0415

    store, title = services.store, _tr("Khôi phục")
    kinds = _tr("Bản sao lưu (*.ncsbackup);;Mọi tệp (*)")
    own = backups_folder(store.path)
    folder = own if automatic_backups(store.path) else services.folders.last
    chosen = services.ask.open_files(parent, title, kinds, folder)
    text = _tr(
        "Thay toàn bộ phiếu hiện có bằng bản sao lưu? Các phiếu đang có được cất lại ở «{folder}»."
    ).format(folder=store.path.parent)
    if not chosen or not (sure or services.ask.confirm(parent, title, text, title)):
        return None
    return store.replace(partial(_restore, chosen[0], store.path, services.now()))


def _is_busy(window: QWidget) -> bool:
    from ncs_desktop.ui.collect.taking_in import TakingIn  # noqa: PLC0415
    from ncs_desktop.ui.proposals.incoming import Incoming  # noqa: PLC0415

    collecting = any(work.unfinished for work in window.findChildren(TakingIn))
    return collecting or any(work.unfinished for work in window.findChildren(Incoming))


def restored_sentence(restored: Restored) -> str:
    """Say that it is done, and where the store is that was there before."""
    text = _tr("Đã khôi phục từ bản sao lưu.")
    if restored.put_aside is None:
        return text
    kept = _tr("Các phiếu có trước đó được cất lại ở {path}.").format(path=restored.put_aside)
    return f"{text} {kept}"


def _restore(source: Path, path: Path, now: datetime) -> Restored:
    from ncs_desktop.work.keep import restore  # noqa: PLC0415

    return restore(source, path, now, locked=True)
