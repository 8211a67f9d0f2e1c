"""The letters of the dossier, drafted from the data, each to be read and edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.letter import Letter
from ncs_desktop.ui.bundle.job import Letters, signed_by
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.work.assistant import EditedLetter, fingerprint

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
        self._made_from: dict[Place, str] = {}
        self._sender = Sender()
        self._titles: Mapping[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rows: list[QWidget] = []
        self._lines: list[str] = []

    def show_letters(self, drafts: Letters, sender: Sender, titles: Mapping[str, str]) -> None:
        """Show which letters there are, below the phiếu they go with where there are several.

        ``titles`` name the phiếu by id, in their rank.
        """
        self._sender, self._titles = sender, titles
        places: dict[Place, Letter] = {}
        if drafts.letter is not None:
            places[_OWN] = drafts.letter
        for proposal_id, letters in drafts.commitments.items():
            places.update({(proposal_id, at): letter for at, letter in enumerate(letters)})
        self._drafts = places
        for place in [place for place in self._edited if not self._still_fits(place)]:
            del self._edited[place]
        if self._lines_wanted() != self._lines or not self._rows:
            self._build_rows()

    def _lines_wanted(self) -> list[str]:
        return [f"{self._head(place)} {self._name(place)}" for place in self._drafts]

    def _head(self, place: Place) -> str:
        """Return the number and title of the phiếu, empty where there is only one."""
        return self._titles.get(place[0], "") if len(self._titles) > 1 else ""

    def _still_fits(self, place: Place) -> bool:
        """Whether an edited letter still has its draft; a commitment, of the same enterprise."""
        draft, edited = self._drafts.get(place), self._edited[place]
        return draft is None or place == _OWN or draft.agency == edited.agency

    def _build_rows(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, last = [], ""
        for place in self._drafts:
            head = self._head(place)
            if head != last:
                self._rows.append(label(head, "quiet"))
            self._rows.append(self._row(place))
            last = head
        self._lines = self._lines_wanted()
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
        spoken = self.tr("Xem và sửa {name}").format(name=name)
        look.setAccessibleName(", ".join(filter(None, (spoken, self._head(place)))))
        row.addWidget(look)
        return holder

    def _name(self, place: Place) -> str:
        if place == _OWN:
            name = self.tr("Công văn đề xuất")
        else:
            text = self.tr("Văn bản nhu cầu và cam kết của {name}")
            name = text.format(name=self._drafts[place].agency)
        if place not in self._edited:
            return name
        if self._is_old(place):
            text = self.tr("{name} (đã sửa; dữ liệu phiếu đã đổi sau đó, hãy xem lại)")
        else:
            text = self.tr("{name} (đã sửa)")
        return text.format(name=name)

    def _is_old(self, place: Place) -> bool:
        """Whether the data say something else since a letter was edited."""
        return self._made_from.get(place) != fingerprint(self._drafts[place])

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
            self._made_from[place] = fingerprint(self._drafts[place])
        self._build_rows()
        self.changed.emit()

    @property
    def edited(self) -> tuple[EditedLetter, ...]:
        """What was edited, to be kept for the next time."""
        return tuple(
            EditedLetter(*place, letter, self._made_from.get(place, ""))
            for place, letter in self._edited.items()
        )

    def show_edited(self, letters: Iterable[EditedLetter]) -> None:
        """Take up what was edited before."""
        for item in letters:
            self._edited[item.proposal_id, item.number] = item.letter
            self._made_from[item.proposal_id, item.number] = item.draft

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

    @property
    def outdated(self) -> list[str]:
        """Names of edited letters whose data changed since."""
        return [
            self._name(place)
            for place in self._drafts
            if place in self._edited and self._is_old(place)
        ]


def _only_edited(
    letters: Mapping[str, list[Letter]], edited: Mapping[Place, Letter]
) -> dict[str, tuple[Letter, ...]]:
    touched = {proposal_id for proposal_id, _number in edited}
    return {key: tuple(found) for key, found in letters.items() if key in touched}
