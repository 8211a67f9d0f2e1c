"""Beside one phiếu: the others that the same sender has for the call, to be taken along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.notice import Notice
from ncs_desktop.work.assistant import others_of_sender

if TYPE_CHECKING:
    from ncs_desktop.store.store import Store

_NAMED = 3


class OthersNotice(Notice):
    """Says that letter and table made here are of one phiếu, and offers to take all together."""

    wanted = Signal(list)
    """The phiếu to open together, the one that is open first."""

    def __init__(
        self,
        services: Services,
        proposals: Sequence[Proposal],
        *,
        print_set: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, closes=False)
        self.setObjectName("notice:others")
        self._first, self._print_set = proposals[0], print_set
        if len(proposals) == 1:
            task = services.store.ask(partial(_others, self._first))
            task.done.connect(self._on_found)

    @Slot(object)
    def _on_found(self, others: list[Proposal]) -> None:
        if not others:
            return
        titles = [f"«{item.title or self.tr('Phiếu chưa có tên')}»" for item in others[:_NAMED]]
        if len(others) > _NAMED:
            titles.append(self.tr("và {count} phiếu nữa").format(count=len(others) - _NAMED))
        text = self.tr(
            "Đợt này còn {count} phiếu khác của {sender}: {titles}. Lập ở đây thì công văn và bảng"
            " tổng hợp chỉ ghi một phiếu đang mở; nộp cùng nhau thì lập chung một bộ."
        ).format(
            count=len(others), sender=self._first.text("proposer_name"), titles=", ".join(titles)
        )
        offer = (
            self.tr("In cả {count} phiếu của đợt này")
            if self._print_set
            else self.tr("Nộp cả {count} phiếu của đợt này")
        ).format(count=len(others) + 1)
        self.say(text, actions=((offer, partial(self.wanted.emit, [self._first, *others])),))


def _others(proposal: Proposal, store: Store) -> list[Proposal]:
    return others_of_sender(store, proposal)
