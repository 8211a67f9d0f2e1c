"""The window's pages: each, with all that it imports, is made when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from ncs_desktop.ui.calls.page import CallsPage
    from ncs_desktop.ui.collect.page import CollectPage
    from ncs_desktop.ui.collect.taking_in import TakingIn
    from ncs_desktop.ui.profile.page import ProfilePage
    from ncs_desktop.ui.proposals.page import ProposalsPage
    from ncs_desktop.ui.remembered import Remembered
    from ncs_desktop.ui.services import Services
    from ncs_desktop.ui.settings.page import SettingsPage

    LatePage = CollectPage | CallsPage | ProfilePage | SettingsPage


class Pages(QStackedWidget):
    """Holds the pages by their names in the side bar, and hands on what they say."""

    told = Signal(str)
    failed = Signal(object)
    offered = Signal(str, object)
    calls_changed = Signal()
    begin_wanted = Signal(str)
    sample_wanted = Signal()
    restored = Signal()

    def __init__(self, services: Services, remembered: Remembered) -> None:
        super().__init__()
        self._services = services
        self._remembered = remembered
        self._made: dict[str, QWidget] = {}
        self.tables: dict[str, QHeaderView] = {}
        """The headings whose columns are remembered, by the name of the page."""
        self._collect: CollectPage | None = None
        self._calls: CallsPage | None = None

    def hold_list(self, page: ProposalsPage) -> None:
        """Show the list of phiếu, which the window makes itself."""
        self._hold("proposals", page)
        self._restore("proposals", page.table.horizontalHeader())
        self.setCurrentWidget(page)

    def page(self, name: str) -> QWidget:
        """Return the page that the side bar calls ``name``."""
        if name not in self._made:
            makers: dict[str, Callable[[], QWidget]] = {
                "collect": self.collect,
                "calls": self.calls,
                "profile": self._profile,
                "settings": self._settings,
            }
            makers[name]()
        return self._made[name]

    def collect(self) -> CollectPage:
        """Return the officer's page."""
        if self._collect is None:
            from ncs_desktop.ui.collect.page import CollectPage  # noqa: PLC0415

            self._collect = CollectPage(self._services)
            self._restore("collect", self._collect.table.horizontalHeader())
            self._listen("collect", self._collect)
        return self._collect

    def calls(self) -> CallsPage:
        """Return the page of the calls."""
        if self._calls is None:
            from ncs_desktop.ui.calls.page import CallsPage  # noqa: PLC0415

            page = self._calls = CallsPage(self._services)
            page.changed.connect(self.calls_changed)
            page.offered.connect(self.offered)
            page.begin_wanted.connect(self.begin_wanted)
            self._listen("calls", page)
        return self._calls

    def _profile(self) -> ProfilePage:
        from ncs_desktop.ui.profile.page import ProfilePage  # noqa: PLC0415

        page = ProfilePage(self._services)
        self._listen("profile", page)
        return page

    def _settings(self) -> SettingsPage:
        from ncs_desktop.ui.settings.page import SettingsPage  # noqa: PLC0415

        page = SettingsPage(self._services)
        page.sample_wanted.connect(self.sample_wanted)
        page.restored.connect(self.restored)
        self._listen("settings", page)
        return page

    def _listen(self, name: str, page: LatePage) -> None:
        page.told.connect(self.told)
        page.failed.connect(self.failed)
        self._hold(name, page)

    def _hold(self, name: str, page: QWidget) -> None:
        self._made[name] = page
        self.addWidget(page)

    def _restore(self, name: str, header: QHeaderView) -> None:
        self.tables[name] = header
        self._remembered.restore_columns(name, header)

    @property
    def taking_in(self) -> TakingIn | None:
        """What brings files to the officer's page, where that page was shown."""
        return self._collect.taking_in if self._collect is not None else None

    @Slot()
    def count_bin(self) -> None:
        """A phiếu went to the bin or came back: the officer's list may show it."""
        if self._collect is not None:
            self._collect.desk.refresh()

    def open_anew(self) -> None:
        """Another store is in place."""
        if self._collect is not None:
            self._collect.open_anew()
