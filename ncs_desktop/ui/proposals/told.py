"""What is said of files that were taken in: one sentence that adds up, and each refusal by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.notice import Actions

if TYPE_CHECKING:
    from ncs_desktop.exchange.proposal_json import Note
    from ncs_desktop.ui.proposals.incoming import Taken
    from ncs_desktop.work.keep import TakenIn

IS_CALL = "proposal.is_call"
_SHOWN = 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("Told", text)


class Told:
    """``text`` and ``actions`` for the notice; ``only`` is the one phiếu that came, to be opened.

    Of several refusals the first few stand in the sentence, all of them behind a button. A call
    file among the phiếu is no refusal.
    """

    def __init__(self, services: Services, taken: Taken, window: QWidget) -> None:
        self._services, self._taken, self._window = services, taken, window
        self._came = [item for item in taken.outcomes if item.proposal is not None]
        sentence = services.sentence
        self.rejected = [
            sentence(item.problem)
            for item in taken.outcomes
            if item.problem is not None and item.problem.code != IS_CALL
        ]
        self._remarks = [text for item in self._came for text in self._remarks_of(item)]

    @property
    def stopped(self) -> bool:
        """Whether a person stopped it before the last file."""
        return self._taken.finished < self._taken.total

    @property
    def only(self) -> Proposal | None:
        """The one phiếu, where nothing else is to be said."""
        if len(self._came) != 1 or self.rejected or self.stopped or self._came[0].conflict:
            return None
        return self._came[0].proposal

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of what came."""
        return tuple(note for item in self._came for note in item.notes)

    def _remarks_of(self, item: TakenIn) -> list[str]:
        from ncs_desktop.work.inputs import note_text  # noqa: PLC0415

        messages, found = self._services.messages, item.conflict
        texts = [note_text(note, messages) for note in item.notes]
        if found is not None and item.proposal is not None:
            shown = {"title": item.proposal.title, "file": item.source}
            texts.insert(0, messages.text(found.message, **found.params, **shown))
        return texts

    @property
    def text(self) -> str:
        """The sentence; "" where nothing came of it but call files."""
        parts = []
        if self.stopped:
            text = _tr("Đã dừng sau {finished}/{total} tệp.")
            parts.append(text.format(finished=self._taken.finished, total=self._taken.total))
        if self._came and self.rejected:
            text = _tr("Đã nhập {count} phiếu; {refused} tệp không nhận:")
        elif self._came:
            text = _tr("Đã nhập {count} phiếu.")
        else:
            text = _tr("{refused} tệp không nhận:") if len(self.rejected) > 1 else ""
        parts.append(text.format(count=len(self._came), refused=len(self.rejected)))
        if self._remarks and not self.rejected:
            count = len(self._remarks)
            parts.append(_tr("Có {count} lưu ý khi đọc.").format(count=count))
        lead = " ".join(part for part in parts if part)
        if not lead and len(self.rejected) == 1:
            return self.rejected[0]
        return "\n".join([lead, *(f"• {line}" for line in self.rejected[:_SHOWN])])

    @property
    def actions(self) -> Actions:
        """The ways to everything that is to be said."""
        made = []
        if len(self.rejected) > _SHOWN:
            name = _tr("Xem cả {count} tệp…").format(count=len(self.rejected))
            intro = _tr("Các tệp không nhận và lý do:")
            made.append((name, partial(self._show, intro, self.rejected)))
        if self._remarks:
            intro = _tr("Lưu ý khi đọc tệp:")
            made.append((_tr("Xem lưu ý…"), partial(self._show, intro, self._remarks)))
        return tuple(made)

    def _show(self, intro: str, texts: list[str]) -> None:
        from ncs_desktop.ui.widgets.texts_dialog import TextsDialog  # noqa: PLC0415

        TextsDialog(_tr("Nhập tệp"), intro, texts, self._window).open()
