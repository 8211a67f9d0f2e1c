"""From findings to what a person sees: list, fields, rail and tab; neutral until visited or asked.

A field counts as visited once the cursor left it and something is, or ever was, written in it: Tab
through an empty field visits nothing. Before that nothing is said at the field; the list holds what
concerns fields that are filled or visited, and only counts the rest, until the person asks by
«Kiểm tra» or F8.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.checks import confirmed_points
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.ui.editor.cards import Card
from ncs_desktop.ui.editor.checker import place_of
from ncs_desktop.ui.editor.rail import State
from ncs_desktop.ui.widgets.budget_card import PREFIX
from ncs_desktop.ui.widgets.decision import Decision, decision_of

if TYPE_CHECKING:
    from ncs_desktop.ui.editor.view import EditorView

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_WEIGHTY = (Severity.ERROR, Severity.WARNING)
_BUDGET = PREFIX.rstrip(".")


class Review(QObject):
    """Belongs to one editor page; ``saying`` comes before words at fields come or go."""

    saying = Signal()

    def __init__(self, page: EditorView) -> None:
        super().__init__(page)
        self._page = page
        self._visited: set[str] = set()
        self._written: set[str] = set()
        self._asked = False
        self._here: tuple[Card, str] | None = None
        page.checker.checked.connect(self._on_checked)
        page.session.changed.connect(self._on_changed)
        page.findings.decide_wanted.connect(self.decide)
        for card in page.cards.values():
            card.decide_wanted.connect(partial(self._decide_at, card))

    @Slot()
    def ask(self) -> None:
        """Say everything everywhere from now on, and check at once."""
        self._page.flush()
        self._asked = True
        self.saying.emit()
        for card in self._page.cards.values():
            for frame in card.frames.values():
                frame.visit()
            if card.budget is not None:
                card.budget.visit()
        self._page.tabs.setCurrentWidget(self._page.findings)
        self._page.checker.run()

    def go_on(self, step: int, _checked: bool = False) -> None:
        """F8: lead to the next point; the first time this also asks for all of them."""
        if not self._asked:
            self.ask()
            self._show(self._page.checker.findings)
        self._page.tabs.setCurrentWidget(self._page.findings)
        self._page.findings.go_on(step)

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        self._written.add(key.partition(".")[0])

    def focus_moved(self, now: QWidget | None) -> None:
        """The cursor came to ``now``: the field it left was visited.

        Going to another program (None) leaves no field.
        """
        if now is None:
            return
        left, self._here = self._here, self._place(now)
        if left is not None and left != self._here:
            self.visit(*left)

    def visit(self, card: Card, key: str) -> None:
        """From now on the words about this field are shown; none where nothing was ever written."""
        if not (self._asked or key in self._written or self._filled(key)):
            return
        self.saying.emit()
        if key not in self._visited:
            self._visited.add(key)
            self._show(self._page.checker.findings)
            self._show_rail(_by_field(self._page.checker.findings))
        if key in card.frames:
            card.frames[key].visit()
        elif card.budget is not None:
            card.budget.visit()

    def _place(self, widget: QWidget | None) -> tuple[Card, str] | None:
        card = self._page.card_at(widget)
        if card is None or widget is None:
            return None
        for key, frame in card.frames.items():
            if frame.isAncestorOf(widget):
                return card, key
        in_budget = card.budget is not None and card.budget.isAncestorOf(widget)
        return (card, _BUDGET) if in_budget else None

    @Slot(list)
    def _on_checked(self, findings: list[Finding]) -> None:
        by_field = _by_field(findings)
        self._show(findings)
        self.saying.emit()
        for card in self._page.cards.values():
            self._show_at_fields(card, by_field)
        self._show_rail(by_field)

    def _show_rail(self, by_field: dict[str, list[Finding]]) -> None:
        self._page.rail.show_states(
            {key: self._state(card, by_field) for key, card in self._page.cards.items()},
            {key: self._why(card, by_field) for key, card in self._page.cards.items()},
        )

    def _why(self, card: Card, by_field: dict[str, list[Finding]]) -> str:
        """Return the weightiest sentence about ``card``: what its state in the rail comes from."""
        keys = dict.fromkeys(key.partition(".")[0] for key in card.keys)
        found = [
            item for key in keys for item in by_field.get(key, ()) if item.severity in _WEIGHTY
        ]
        first = min(found, key=lambda item: item.severity is not Severity.ERROR, default=None)
        return self._page.services.messages.finding(first) if first else ""

    def _show(self, findings: list[Finding]) -> None:
        shown = [finding for finding in findings if self._asked or self._touched(finding)]
        live = sum(finding.waived is None for finding in shown)
        session, now = self._page.session, self._page.services.now()
        confirmed = confirmed_points(session.proposal, session.form, session.call, now)
        self._page.findings.show_findings([*shown, *confirmed], len(findings) - len(shown))
        self._page.tabs.setTabText(0, self.tr("Kiểm tra ({count})").format(count=live))

    def _touched(self, finding: Finding) -> bool:
        key = _key(finding)
        return not key or key in self._visited or self._filled(key)

    def _show_at_fields(self, card: Card, by_field: dict[str, list[Finding]]) -> None:
        places = {key: frame.show_finding for key, frame in card.frames.items()}
        if card.budget is not None:
            places[_BUDGET] = card.budget.show_finding
        for key, show in places.items():
            found = by_field.get(key)
            text = self._page.services.messages.finding(found[0]) if found else ""
            show(found[0] if found else None, text)

    def _state(self, card: Card, by_field: dict[str, list[Finding]]) -> tuple[State, int]:
        keys = {key.partition(".")[0] for key in card.keys}
        touched = {key for key in keys if self._filled(key) or key in self._visited}
        if not touched and not self._asked:
            return State.EMPTY, 0
        weighty = {
            key: [found.severity for found in by_field.get(key, ()) if found.severity in _WEIGHTY]
            for key in keys
        }
        considered = keys if self._asked else touched
        told = [severity for key in considered for severity in weighty[key]]
        if told:
            return State.WRONG if Severity.ERROR in told else State.TO_MEND, len(told)
        if any(weighty.values()):
            return State.BEGUN, 0
        return (State.DONE if any(map(self._filled, keys)) else State.EMPTY), 0

    def _filled(self, key: str) -> bool:
        proposal = self._page.session.proposal
        return _filled(proposal.get(key)) or bool(proposal.unread(key))

    def _decide_at(self, card: Card, finding: Finding) -> None:
        """Decide at the field; the cursor goes into it, since the button may go."""
        key = _key(finding)
        place = card.frames[key].editor if key in card.frames else card.budget
        if place is not None:
            place.setFocus(Qt.FocusReason.OtherFocusReason)
        self.decide(finding)

    @Slot(object)
    def decide(self, finding: Finding) -> None:
        """Do what the finding's button says; each decision can be taken back."""
        page, decision = self._page, decision_of(finding)
        page.flush()
        page.notice.clear_plain()
        if decision in (Decision.WITHDRAW, Decision.UNCONFIRM):
            page.session.withdraw(finding.code)
        elif decision is Decision.CONFIRM:
            page.session.confirm(finding.code)
            back = partial(self._take_back, finding.code)
            page.notice.say(self.tr("Đã xác nhận."), actions=((self.tr("Bỏ xác nhận"), back),))
        elif decision is Decision.ACCEPT:
            self._accept(finding)

    def _take_back(self, code: str, _checked: bool = False) -> None:
        self._page.session.withdraw(code)
        self._page.notice.clear()

    def _accept(self, finding: Finding) -> None:
        page = self._page
        text = page.services.messages.finding(finding) + "\n" + self.tr("Lý do:")
        reason = page.services.ask.reason(page, self.tr("Chấp nhận điểm này"), text)
        if reason:
            page.session.accept(finding.code, reason)


def _by_field(findings: list[Finding]) -> dict[str, list[Finding]]:
    """Return what nobody accepted, by the key of its field, the weightiest first."""
    found: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=_weight):
        if finding.waived is None:
            found.setdefault(_key(finding), []).append(finding)
    return found


def _key(finding: Finding) -> str:
    """Return the key of the field a finding belongs to; all amounts of the budget are one."""
    key = place_of(finding)
    return _BUDGET if key.startswith(PREFIX) else key


def _filled(value: object) -> bool:
    if isinstance(value, dict):
        return any(part is not None for part in value.values())
    return value not in (None, "", ())


def _weight(finding: Finding) -> int:
    return _WEIGHT.get(finding.severity, 3)
