"""The letters of the dossier, drafted from the data, each to be read and edited."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.letter import Letter
from ncs_desktop.ui.bundle.job import Letters, signed_by
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label

Place = tuple[str, int]
"""Whose letter: the phiếu's id and the number of its commitment; ("", 0) is the sender's."""
_OWN: Place = ("", 0)


class LettersList(QWidget):
    """One line a letter; what a person edited stays whatever else is changed."""

    changed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._drafts: dict[Place, Letter] = {}
        self._edited: dict[Place, Letter] = {}
        self._sender = Sender()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rows: list[QWidget] = []

    def show_letters(self, drafts: Letters, sender: Sender) -> None:
        """Show which letters there are."""
        self._sender = sender
        places: dict[Place, Letter] = {}
        if drafts.letter is not None:
            places[_OWN] = drafts.letter
        for proposal_id, letters in drafts.commitments.items():
            places.update({(proposal_id, at): letter for at, letter in enumerate(letters)})
        same = list(places) == list(self._drafts)
        self._drafts = places
        if not same or not self._rows:
            self._build_rows()

    def _build_rows(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(place) for place in self._drafts]
        if not self._rows:
            self._rows = [label(self.tr("Hồ sơ này không cần văn bản kèm theo."), "quiet")]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, place: Place) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        name = self._name(place)
        row.addWidget(label(f"• {name}"), 1)
        look = button(self.tr("Xem và sửa…"), partial(self._open, place), picture="preview")
        look.setObjectName("button:letter" if place == _OWN else "button:commitment")
        look.setAccessibleName(self.tr("Xem và sửa {name}").format(name=name))
        row.addWidget(look)
        return holder

    def _name(self, place: Place) -> str:
        if place == _OWN:
            name = self.tr("Công văn đề xuất")
        else:
            name = self.tr("Văn bản cam kết của {name}").format(name=self._drafts[place].agency)
        return self.tr("{name} (đã sửa)").format(name=name) if place in self._edited else name

    def _open(self, place: Place) -> None:
        from ncs_desktop.ui.bundle.letter_dialog import LetterDialog  # noqa: PLC0415

        draft = self._drafts[place]
        shown = self._edited.get(place, draft)
        if place == _OWN:
            shown = signed_by(shown, self._sender)
        dialog = LetterDialog(self._services, shown, draft, self)
        dialog.edited.connect(partial(self._keep, place))
        dialog.open()

    def _keep(self, place: Place, letter: Letter) -> None:
        if letter == self._drafts[place]:
            self._edited.pop(place, None)
        else:
            self._edited[place] = letter
        self._build_rows()
        self.changed.emit()

    @property
    def letters(self) -> Letters:
        """What was edited, to be used in the place of the drafts."""
        own = self._edited.get(_OWN)
        if own is not None and _OWN in self._drafts:
            own = signed_by(own, self._sender)
        commitments: dict[str, list[Letter]] = {}
        for place, draft in self._drafts.items():
            if place != _OWN:
                commitments.setdefault(place[0], []).append(self._edited.get(place, draft))
        return Letters(own, _only_edited(commitments, self._edited))


def _only_edited(
    letters: Mapping[str, list[Letter]], edited: Mapping[Place, Letter]
) -> dict[str, tuple[Letter, ...]]:
    touched = {proposal_id for proposal_id, _number in edited}
    return {key: tuple(found) for key, found in letters.items() if key in touched}
