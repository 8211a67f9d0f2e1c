"""Beside the table: a resubmission or a phiếu that looks alike, and what a person says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from ncs_desktop.domain.desk import Decision
from ncs_desktop.ui.collect.detail import Detail, Pair
from ncs_desktop.ui.collect.received_dialog import moment_text
from ncs_desktop.ui.history.difference_view import DifferenceView
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.quiet import QuietComboBox
from ncs_desktop.ui.widgets.scroll import scrolled_column


class CompareTab(QWidget):
    """One comparison at a time; nothing is decided by the program.

    ``settled(pair, accept)`` of a resubmission, ``decided(pair, decision)`` of two that look alike.
    """

    settled = Signal(object, bool)
    decided = Signal(object, object)
    side_by_side_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: Sequence[Pair] = ()
        self._about = self._nothing = ""
        column = scrolled_column(self)
        column.setContentsMargins(8, 8, 0, 0)
        self.what = QuietComboBox()
        self.what.setObjectName("field:compare-with")
        self.what.setAccessibleName(self.tr("So với"))
        self.what.currentIndexChanged.connect(self._show)
        column.addWidget(self.what)
        self._said = label(role="quiet")
        column.addWidget(self._said)
        self.view = DifferenceView()
        column.addWidget(self.view, 1)
        self.why = QLineEdit()
        self.why.setObjectName("field:compare.why")
        self.why.setAccessibleName(self.tr("Lý do của quyết định"))
        self.why.setPlaceholderText(self.tr("Lý do (không bắt buộc, ghi vào nhật ký)"))
        column.addWidget(self.why)
        self._buttons: dict[str, QPushButton] = {}
        for names in (
            (("take-new", self.tr("Lấy bản mới")), ("keep-old", self.tr("Giữ bản đang tính"))),
            (("replaces", self.tr("Chỉ tính phiếu này")),),
            (("replaced", self.tr("Chỉ tính phiếu kia")),),
            (("different", self.tr("Tính cả hai")), ("undecide", self.tr("Bỏ quyết định"))),
            (("side-by-side", self.tr("Xem cạnh nhau…")),),
        ):
            row = QHBoxLayout()
            for name, text in names:
                made = button(text, self._acts()[name])
                made.setObjectName(f"button:{name}")
                self._buttons[name] = made
                row.addWidget(made)
            row.addStretch(1)
            column.addLayout(row)

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {
            "take-new": partial(self._settle, True),
            "keep-old": partial(self._settle, False),
            "replaces": partial(self._decide, Decision.REPLACES),
            "replaced": partial(self._decide, Decision.REPLACED),
            "different": partial(self._decide, Decision.DIFFERENT),
            "undecide": partial(self._decide, None),
            "side-by-side": self._look,
        }

    def take_why(self) -> str:
        """Return the reason that was written for the decision just made; it stands for that one."""
        why = self.why.text().strip()
        self.why.clear()
        return why

    def _settle(self, accept: bool, _checked: bool = False) -> None:
        pair = self._pair()
        if pair is not None and pair.other is None:
            self.settled.emit(pair, accept)

    def show_detail(self, detail: Detail) -> None:
        """Show what the phiếu can be compared with."""
        self._pairs = detail.pairs
        self._nothing = (
            self.tr(
                "Không có bản gửi lại nào chờ quyết định. Muốn so các bản đã nhận, hãy mở phiếu ở "
                "trang «Phiếu của tôi» rồi bấm «Các bản đã lưu» (Ctrl+H)."
            )
            if detail.came_in_versions
            else self.tr("Không có bản gửi lại hay phiếu giống nào để so.")
        )
        if self._about != detail.entry.proposal_id:
            self._about = detail.entry.proposal_id
            self.why.clear()
        self.what.blockSignals(True)
        self.what.clear()
        for pair in self._pairs:
            self.what.addItem(self._name(pair))
        self.what.blockSignals(False)
        self._show()

    def _name(self, pair: Pair) -> str:
        if pair.other is None:
            old, new = pair.codes
            return self.tr("Bản gửi lại: {old} → {new}").format(old=old, new=new)
        if pair.rank is None:
            return self.tr("Phiếu giống: {title}").format(title=pair.other.title)
        return self.tr("Giống phiếu TT {rank}: {title}").format(
            rank=pair.rank, title=pair.other.title
        )

    def _pair(self) -> Pair | None:
        at = self.what.currentIndex()
        return self._pairs[at] if 0 <= at < len(self._pairs) else None

    @Slot()
    def _show(self) -> None:
        pair = self._pair()
        self.what.setVisible(pair is not None)
        self.why.setVisible(pair is not None)
        own = pair is not None and pair.other is None
        other = pair is not None and pair.other is not None
        for name, made in self._buttons.items():
            if name == "side-by-side":
                made.setVisible(pair is not None)
            else:
                made.setVisible(own if name in ("take-new", "keep-old") else other)
        if pair is not None and other:
            self._show_decision(pair.decision)
        if pair is None:
            self._said.setText("")
            self.view.say(self._nothing)
            return
        self._said.setText(self._told(pair))
        self.view.show_differences(pair.differences)

    def _show_decision(self, decision: Decision | None) -> None:
        """Leave out what is decided already."""
        for name, made in (
            ("replaces", Decision.REPLACES),
            ("replaced", Decision.REPLACED),
            ("different", Decision.DIFFERENT),
        ):
            self._buttons[name].setEnabled(decision is not made)
        self._buttons["undecide"].setVisible(decision is not None)

    def _told(self, pair: Pair) -> str:
        this, other = pair.files
        if pair.other is None:
            legend = self.tr("[−…] chữ chỉ có ở bản đang tính; [+…] chữ mới ở bản gửi lại.")
            files = self.tr("Bản đang tính: {this}; bản gửi lại: {other}.")
        else:
            legend = self.tr("[−…] chữ chỉ có ở phiếu này; [+…] chữ chỉ có ở phiếu kia.")
            files = self.tr("Phiếu này: {this}; phiếu kia: {other}.")
        words = {
            Decision.DIFFERENT: self.tr("Đã quyết định: tính cả hai."),
            Decision.REPLACES: self.tr("Đã quyết định: chỉ tính phiếu này."),
            Decision.REPLACED: self.tr("Đã quyết định: chỉ tính phiếu kia."),
        }
        lines = [words[pair.decision]] if pair.decision else []
        if pair.why:
            lines.append(self.tr("Lý do: {why}").format(why=pair.why))
        if this and other:
            lines.append(files.format(this=self._came(pair, 0), other=self._came(pair, 1)))
        return "\n".join((*lines, legend))

    def _came(self, pair: Pair, at: int) -> str:
        """Return the file one of two came in, and when where its owner sent both."""
        name, moment = pair.files[at], pair.times[at]
        if pair.other is not None or moment is None:
            return name
        return self.tr("{name} (nhận {moment})").format(name=name, moment=moment_text(moment))

    def _decide(self, decision: Decision | None, _checked: bool = False) -> None:
        pair = self._pair()
        if pair is not None and pair.other is not None and pair.decision is not decision:
            self.decided.emit(pair, decision)

    def _look(self) -> None:
        pair = self._pair()
        if pair is not None:
            self.side_by_side_wanted.emit(pair)
