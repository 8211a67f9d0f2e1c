"""What the call asks of this sender, each line ticked where the dossier already holds it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.call import Call
from ncs_desktop.domain.checks.citations import with_right_codes
from ncs_desktop.domain.dossier import COMMITMENT, SIGNED_PAPERS, Dossier
from ncs_desktop.domain.findings import Finding, count_errors, open_points
from ncs_desktop.ui.widgets.finding_line import counted
from ncs_desktop.ui.widgets.labels import label, set_role

_SHOWN = 5


class Checklist(QWidget):
    """Sign, words of the call, and whether it is there; told by signs and words, not by colour.

    Document codes stand in their right spelling, also where the call misprints them.
    """

    def __init__(self, call: Call, *, print_set: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call, self._print_set = call, print_set
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._text = label()
        self._text.setObjectName("label:checklist")
        self._missing = label()
        column.addWidget(self._text)
        column.addWidget(self._missing)
        self._short = label(role="quiet")
        self._short.setObjectName("label:shortened")
        self._short.hide()
        column.addWidget(self._short)
        self._open = label()
        self._open.setObjectName("label:open-findings")
        self._open.hide()
        column.addWidget(self._open)

    def show_dossier(self, dossier: Dossier) -> None:
        """Tick what ``dossier`` holds."""
        kinds = {proposal.text("task_kind") for proposal in dossier.proposals}
        lines, missing, unsigned = [], 0, 0
        for item in self._call.recipe_for(dossier.sender.kind):
            there = bool(dossier.of_role(item.role))
            nameless = item.role == COMMITMENT and _has_nameless(dossier)
            needed = item.need == "required" or item.need.partition(":")[2] in kinds - {""}
            missing += nameless or (needed and not there)
            sign = "✗" if nameless else "✓" if there else "○"
            state = self._state(there, needed, nameless)
            if there and not nameless and _lacks_scan(dossier, item.role):
                unsigned += 1
                state = self.tr("đã có bản chương trình lập, chưa có bản quét đã ký")
            lines.append(f"{sign} {with_right_codes(item.text).rstrip(';. ')} — {state}")
        nothing = self.tr("Đợt này không nêu hồ sơ cho loại bên gửi này.")
        self._text.setText("\n".join(lines) or nothing)
        self._missing.setVisible(bool(lines))
        set_role(self._missing, "warning" if missing else "good")
        self._missing.setText(self._conclusion(missing, unsigned))

    def show_shortened(self, sentences: Sequence[str]) -> None:
        """Say before anything is signed which texts the table will print shortened."""
        self._short.setText("\n".join(sentences))
        self._short.setVisible(bool(sentences))

    def show_findings(self, findings: Sequence[Finding], messages: Messages) -> None:
        """Repeat what the checks still say, of the phiếu and of the dossier as a whole."""
        standing = open_points(findings)
        self._open.setVisible(bool(standing))
        set_role(self._open, "error" if count_errors(standing) else "warning")
        heads = (
            (self.tr("Trong phiếu còn {points}:"), [item for item in standing if item.field]),
            (self.tr("Cả hồ sơ còn {points}:"), [item for item in standing if not item.field]),
        )
        lines: list[str] = []
        for head, points in heads:
            if points:
                rest = len(points) - _SHOWN
                lines.append(head.format(points=counted(points)))
                lines += [f"• {messages.finding(item)}" for item in points[:_SHOWN]]
                lines += [self.tr("… và {count} điểm nữa.").format(count=rest)] * (rest > 0)
        self._open.setText("\n".join(lines))

    def _state(self, there: bool, needed: bool, nameless: bool) -> str:
        if nameless:
            return self.tr("còn thiếu tên doanh nghiệp")
        if there:
            return self.tr("đã có")
        return self.tr("cần có, chưa có") if needed else self.tr("nếu có")

    def _way_to_sign(self) -> str:
        """Say where to print what is to be signed, where that is not this very dialog."""
        if self._print_set:
            return ""
        return self.tr(
            " Giấy để ký in ở «Bộ in ký…» (cạnh nút «Bộ nộp…»): in, ký, đóng dấu, quét rồi đưa vào"
            " đây."
        )

    def _conclusion(self, missing: int, unsigned: int) -> str:
        if missing:
            text = self.tr("Còn thiếu {count} giấy tờ đợt này yêu cầu.").format(count=missing)
            return text + self._way_to_sign() if unsigned else text
        if unsigned:
            text = self.tr("Đủ các giấy tờ đợt này yêu cầu; {count} loại chưa có bản quét đã ký.")
            return text.format(count=unsigned) + self._way_to_sign()
        return self.tr("Đủ các giấy tờ đợt này yêu cầu.")


def _lacks_scan(dossier: Dossier, role: str) -> bool:
    """Whether papers of ``role`` are there that are to be signed, and not each with its scan."""
    scans = [file for file in dossier.files if file.scan_of == role]
    return role in SIGNED_PAPERS and len(scans) < len(dossier.of_role(role))


def _has_nameless(dossier: Dossier) -> bool:
    return any(
        not commitment.organization.strip()
        for proposal in dossier.proposals
        for commitment in proposal.commitments
    )
