"""One phiếu being edited: each change is a new immutable proposal, saved soon and in order.

What says the same words as a frozen revision is that revision, by whatever way it came about:
typing, undoing, going back to a kept version. Confirmations and accepted findings are no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from ncs_desktop.domain.blocks import ListItem
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.domain.form import FieldKind, Form
from ncs_desktop.domain.json_tree import FrozenDict, JsonValue
from ncs_desktop.domain.proposal import PERCENT_KEY, Proposal, Waiver, places_of
from ncs_desktop.ui.editor.undo import Change, UndoList, goes_on
from ncs_desktop.ui.services import Services

if TYPE_CHECKING:
    from ncs_desktop.store.records import Saved
    from ncs_desktop.store.store import Store

_NUMBERS = (FieldKind.YEAR, FieldKind.MONEY)
SAVE_AFTER_MS = 1000
"""Quiet time after the last change before it is saved."""
SAVE_AT_LATEST_MS = 4500
"""While a person types on and on, a save happens at least this often."""
RETRY_MS = 5000
PAUSE_MS = 1500
"""Quiet time after which typing on is another step to be taken back."""


def _save(proposal: Proposal, now: datetime, store: Store) -> Saved:
    return store.save(proposal, now)


def _return(proposal: Proposal, now: datetime, store: Store) -> Saved:
    return store.return_to_frozen(proposal, now)


def _words_of(proposal: Proposal) -> tuple[int, str]:
    """Return what names a frozen revision: its number and the digest of what it says."""
    return proposal.revision, proposal.digest


def _count(value: JsonValue) -> int:
    return len(value) if isinstance(value, tuple) else 0


def _without(proposal: Proposal, *keys: str) -> list[dict[str, JsonValue]]:
    """Return the commitments without what they say at ``keys``."""
    items = proposal.get("commitments")
    found = items if isinstance(items, tuple) else ()
    gone = {place for key in keys for place in places_of(key)}
    return [
        {key: value for key, value in item.items() if key not in gone}
        for item in found
        if isinstance(item, FrozenDict)
    ]


def _amount_typed(first: Proposal, before: Proposal, after: Proposal) -> bool:
    """Whether only amounts of commitments changed, with the tick that comes with the first."""
    ticked = ("amount", "scope")
    return _without(before, "amount") == _without(after, "amount") and (
        _without(first, *ticked) == _without(before, *ticked)
    )


def _words(proposal: Proposal, key: str, kind: FieldKind) -> str:
    if kind is FieldKind.BLOCKS:
        return proposal.plain(key)
    return str(proposal.get(key) or proposal.unread(key))


def _turned(key: str, change: Change) -> bool:
    """Whether an item of a list became one of another kind or level: a step of its own."""
    before, after = change.before.blocks(key), change.after.blocks(key)
    return len(before) == len(after) and any(
        (was.marker, was.level) != (now.marker, now.level)
        for was, now in zip(before, after, strict=True)
        if isinstance(was, ListItem) and isinstance(now, ListItem)
    )


class EditingSession(QObject):
    """Holds the current proposal and keeps the store up to date."""

    changed = Signal(str)
    """A value changed; carries its key."""
    replaced = Signal()
    """The whole proposal is another one (a new revision, a restored version)."""
    revision_started = Signal(int)
    """A frozen revision was edited; carries the number of the new one."""
    frozen_again = Signal(str)
    """What is written is a frozen revision again; carries its control code."""
    saved = Signal(object)
    save_failed = Signal(object)

    def __init__(
        self,
        services: Services,
        proposal: Proposal,
        form: Form,
        call: Call,
        *,
        codes: Mapping[tuple[int, str], str] | None = None,
        open_revision: int = 1,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.proposal = proposal
        self.form = form
        self.call = call
        self._codes = dict(codes or {})
        self._open_revision = open_revision
        self._reopened = ""
        self.left: Proposal | None = None
        """The frozen revision that was left last."""
        self._steps = UndoList()
        self._typing = QElapsedTimer()
        self._dirty = False
        self._saving = False
        self._quiet = self._timer(SAVE_AFTER_MS)
        self._latest = self._timer(SAVE_AT_LATEST_MS)
        self._retry = self._timer(RETRY_MS)

    def _timer(self, interval: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(interval)
        made.timeout.connect(self.save)
        return made

    @property
    def frozen(self) -> bool:
        """Whether the phiếu stands as it was frozen for signature."""
        return bool(self.control_code)

    @property
    def control_code(self) -> str:
        """The code of the frozen revision the phiếu is; empty where it is none."""
        return self._code_of(self.proposal)

    def _code_of(self, proposal: Proposal) -> str:
        return self._codes.get(_words_of(proposal), "") if self._codes else ""

    @property
    def frozen_alike(self) -> Proposal | None:
        """The phiếu under the revision that was frozen with these very words, the last if more."""
        if not self._codes or self.proposal.digest == self._reopened:
            return None
        revisions = [one for one, digest in self._codes if digest == self.proposal.digest]
        return replace(self.proposal, revision=max(revisions)) if revisions else None

    @property
    def dirty(self) -> bool:
        """Whether something is not yet safely in the store."""
        return self._dirty or self._saving

    def set_value(self, key: str, value: Any) -> None:
        """Take a person's change of one field."""
        number = self._kind(key) in _NUMBERS
        take = self.proposal.with_typed if number else self.proposal.with_value
        made = take(key, value)
        if made.values == self.proposal.values:
            return
        before = self.proposal
        self._take(made)
        group = key.partition(".")[0]
        change = Change(group, before, self.proposal)
        self._steps.note(change, joins=self._goes_on(key, change))
        self._typing.start()
        self.changed.emit(key)

    def _kind(self, key: str) -> FieldKind | None:
        """Return the kind of ``key``; the share of the counterpart is no field of the form."""
        field = self.form.find(key)
        if field is None:
            return FieldKind.MONEY if key == PERCENT_KEY else None
        return field.kind

    def _goes_on(self, key: str, change: Change) -> bool:
        """Whether ``change`` is one more letter of the word being typed in ``key``."""
        kind, last = self._kind(key), self._steps.last
        if kind is None or last is None or last.group != change.group:
            return False
        if not self._typing.isValid() or self._typing.elapsed() > PAUSE_MS:
            return False
        before, after = change.before, change.after
        if kind in (FieldKind.CHOICE, FieldKind.CHOICES):
            return False
        if kind is FieldKind.COMMITMENTS and _count(before.get(key)) != _count(after.get(key)):
            return False
        if kind is FieldKind.MONEY:  # the figures that follow from the typed one come with it
            return True
        if kind is FieldKind.COMMITMENTS and _amount_typed(last.before, before, after):
            return True
        if not goes_on(*(_words(step, key, kind) for step in (last.before, before, after))):
            return False
        return kind is not FieldKind.BLOCKS or not (_turned(key, last) or _turned(key, change))

    def replace_proposal(self, proposal: Proposal) -> None:
        """Take another whole proposal: a restored version, accepted findings."""
        before = self.proposal
        self._take(proposal)
        self._steps.note(Change("", before, self.proposal))
        self.replaced.emit()

    @property
    def steps(self) -> int:
        """How many steps can be taken back."""
        return self._steps.count

    def undo(self) -> Change | None:
        """Take the last step back and return it; None where there is none."""
        step = self._steps.undo()
        if step is not None:
            self._go_to(step.before)
        return step

    def redo(self) -> Change | None:
        """Take the step again that was taken back last; the return value is that of ``undo``."""
        step = self._steps.redo()
        if step is not None:
            self._go_to(step.after)
        return step

    def _go_to(self, proposal: Proposal) -> None:
        self._typing.invalidate()
        self._take(replace(proposal, revision=self.proposal.revision))
        self.replaced.emit()

    @Slot(str)
    def confirm(self, code: str) -> None:
        """A person ticks the point ``code``."""
        confirmed = self.proposal.confirmations.with_items({code: True})
        self.replace_proposal(replace(self.proposal, confirmations=confirmed))

    def withdraw(self, code: str) -> None:
        """A person takes back that the point ``code`` was ticked or accepted."""
        confirmed = {key: on for key, on in self.proposal.confirmations.items() if key != code}
        others = tuple(item for item in self.proposal.waivers if item.code != code)
        self.replace_proposal(
            replace(self.proposal, confirmations=FrozenDict(confirmed), waivers=others)
        )

    def accept(self, code: str, reason: str) -> None:
        """A person accepts the finding ``code`` with a written reason."""
        at = self._services.now().isoformat(timespec="seconds")
        waiver = Waiver(code, reason, at, self.proposal.text("contact_name"))
        others = tuple(item for item in self.proposal.waivers if item.code != code)
        self.replace_proposal(replace(self.proposal, waivers=(*others, waiver)))

    def restore(self, proposal: Proposal) -> None:
        """Take the content of a kept version: a frozen revision is that, else a new revision.

        So neither the text of now nor any kept version is overwritten.
        """
        made = replace(proposal, id=self.proposal.id)
        if _words_of(made) not in self._codes:
            made = replace(made, revision=self._next_revision())
        self.replace_proposal(made)
        self.save()

    def return_to_frozen(self) -> None:
        """Go back to the frozen revision that was left last; what was written is kept first."""
        if self.left is not None:
            self.save()
            self.restore(self.left)

    def _take(self, proposal: Proposal) -> None:
        before, self.proposal = self.proposal, proposal
        was = self._code_of(before)
        if self._codes and proposal.digest != before.digest:
            self._find_revision(before, left=bool(was))
        self._dirty = True
        self._quiet.start()
        if not self._latest.isActive():
            self._latest.start()
        self._open_revision = max(self._open_revision, self.proposal.revision)
        code = self.control_code
        if code and code != was:
            self._reopened = ""
            self.frozen_again.emit(code)
        elif was and not code:
            self.revision_started.emit(self.proposal.revision)

    def _next_revision(self) -> int:
        return max(self._open_revision, self.proposal.revision + 1)

    def _find_revision(self, before: Proposal, *, left: bool) -> None:
        """Give other words their revision: the one frozen with them, else none that is frozen."""
        if left:
            self.left = before
        alike = None if self.control_code else self.frozen_alike
        if alike is not None:
            self.proposal = alike
        elif left and not self.control_code:
            self.proposal = replace(self.proposal, revision=self._next_revision())

    def mark_frozen(self, code: str = "") -> None:
        """The revision was frozen for signature; the next change starts a new one.

        Nothing is taken back behind it: the kept versions hold what was before.
        """
        proposal = self.proposal
        code = code or proposal.control_code()
        self._open_revision = max(self._open_revision, proposal.revision + 1)
        if proposal.control_code(code.partition("-")[0]) == code:
            self._codes[_words_of(proposal)] = code
        else:  # a person wrote on while the store froze what was there
            self._take(replace(proposal, revision=self._next_revision()))
        self._steps.clear()

    def begin_revision(self) -> None:
        """Begin the next revision of a frozen one, as it stands, and save it.

        A person asked for it: these words alone are not the frozen revision any more.
        """
        if self.frozen:
            self.left, self._reopened = self.proposal, self.proposal.digest
            self._take(replace(self.proposal, revision=self._next_revision()))
            self.replaced.emit()
            self.save()

    @Slot()
    def save(self) -> None:
        """Save now unless everything is saved; requests keep their order in the store."""
        for timer in (self._quiet, self._latest, self._retry):
            timer.stop()
        if not self._dirty:
            return
        self._dirty, self._saving = False, True
        keep = _return if self.frozen else _save
        request = partial(keep, self.proposal, self._services.now())
        task = self._services.store.ask(request)
        task.done.connect(self._on_saved)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        self._saving = False
        self.saved.emit(saved.at)

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self._saving = False
        self._dirty = True
        self._retry.start()
        self.save_failed.emit(problem)
