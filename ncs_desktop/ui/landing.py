"""Where a person lands at the start: the page that was left; what was cut short is offered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ncs_desktop.ui.side_bar import NUMBERS

if TYPE_CHECKING:
    from pathlib import Path

    from ncs_desktop.domain.json_tree import JsonValue
    from ncs_desktop.store.store import Store
    from ncs_desktop.ui.main_window import MainWindow


def land(window: MainWindow, page: str) -> None:
    """Show ``page`` ("" the one that is shown), and offer to go on with what was cut short.

    The officer's page makes that offer itself.
    """
    if page in NUMBERS and page != window.bar.marked:
        window.show_page(page)
    if window.bar.marked != "collect":
        task = window.services.store.ask(_cut_short)
        task.done.connect(partial(_offer, window))
        task.failed.connect(window.tell_problem)


def _cut_short(store: Store) -> JsonValue:
    from ncs_desktop.ui.collect.requests import cut_short  # noqa: PLC0415

    return cut_short(store)


def _offer(window: MainWindow, cut_short: JsonValue) -> None:
    if cut_short is None or window.bar.marked == "collect":
        return
    from ncs_desktop.ui.collect.taking_in import left_over  # noqa: PLC0415

    text, paths = left_over(cut_short)
    go_on = QCoreApplication.translate("Landing", "Nhập tiếp")
    window.offer(text, ((go_on, partial(_go_on, window, paths)),))


def _go_on(window: MainWindow, paths: list[Path]) -> None:
    window.show_page("collect")
    window.stack.currentWidget().take_in(paths)  # type: ignore[union-attr]
