"""Where a person lands at the start: the page that was left; what was cut short is offered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from ncs_desktop.ui.side_bar import NUMBERS

if TYPE_CHECKING:
    from pathlib import Path

    from ncs_desktop.domain.errors import NcsError
    from ncs_desktop.domain.json_tree import JsonValue
    from ncs_desktop.store.store import Store
    from ncs_desktop.ui.pages import Pages
    from ncs_desktop.ui.services import Services
    from ncs_desktop.ui.side_bar import SideBar
    from ncs_desktop.ui.widgets.notice import Actions


class Window(Protocol):
    """What landing needs of the window."""

    services: Services
    bar: SideBar
    stack: Pages

    def show_page(self, name: str) -> None:
        """Show a page of the side bar."""

    def offer(self, text: str, actions: Actions) -> None:
        """Say something and offer, as buttons, what follows from it."""

    def tell_problem(self, problem: NcsError) -> None:
        """Say what went wrong."""


def land(window: Window, page: str) -> None:
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


def _offer(window: Window, cut_short: JsonValue) -> None:
    if cut_short is None or window.bar.marked == "collect":
        return
    from ncs_desktop.ui.collect.taking_in import left_over  # noqa: PLC0415

    text, paths = left_over(cut_short)
    go_on = QCoreApplication.translate("Landing", "Nhập tiếp")
    window.offer(text, ((go_on, partial(_go_on, window, paths)),))


def _go_on(window: Window, paths: list[Path]) -> None:
    window.show_page("collect")
    window.stack.collect().take_in(paths)
