"""What befell the kept files, said in the dialog that shows them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.ui.bundle.kept import Kept
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.notice import Notice


class KeptNotice(Notice):
    """Says what could not be kept, and gives back a file that was taken off."""

    def __init__(self, services: Services, kept: Kept) -> None:
        super().__init__(closes=False)
        self._services, self._kept = services, kept
        kept.failed.connect(self.say_problem)
        kept.removed.connect(self._on_removed)
        kept.taken.connect(self.clear_problem)

    @Slot(object)
    def say_problem(self, problem: NcsError) -> None:
        """Say what is wrong and what to do."""
        self.say(self._services.sentence(problem), problem=True)

    @Slot(str, str)
    def _on_removed(self, file_id: str, name: str) -> None:
        actions = ((self.tr("Lấy lại"), partial(self._put_back, file_id)),)
        self.say(self.tr("Đã bỏ «{name}».").format(name=name), actions=actions)

    def _put_back(self, file_id: str) -> None:
        self._kept.put_back(file_id)
        self.clear()
