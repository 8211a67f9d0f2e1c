"""What the call asks of this sender, each line ticked where the dossier already holds it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ncs_desktop.domain.call import Call, RecipeItem
from ncs_desktop.domain.dossier import Dossier
from ncs_desktop.ui.widgets.labels import label, set_role


class Checklist(QWidget):
    """Sign, words of the call, and whether it is there; told by signs and words, not by colour."""

    def __init__(self, call: Call, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call = call
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._text = label()
        self._text.setObjectName("label:checklist")
        self._missing = label()
        column.addWidget(self._text)
        column.addWidget(self._missing)

    def show_dossier(self, dossier: Dossier) -> None:
        """Tick what ``dossier`` holds."""
        kinds = {proposal.text("task_kind") for proposal in dossier.proposals}
        lines, missing = [], 0
        for item in self._call.recipe_for(dossier.sender.kind):
            there = bool(dossier.of_role(item.role))
            needed = item.need == "required" or item.need.partition(":")[2] in kinds - {""}
            missing += needed and not there
            lines.append(f"{'✓' if there else '○'} {self._words(item, there, needed)}")
        nothing = self.tr("Đợt này không nêu hồ sơ cho loại bên gửi này.")
        self._text.setText("\n".join(lines) or nothing)
        self._missing.setVisible(bool(lines))
        set_role(self._missing, "warning" if missing else "good")
        self._missing.setText(
            self.tr("Còn thiếu {count} giấy tờ đợt này yêu cầu.").format(count=missing)
            if missing
            else self.tr("Đủ các giấy tờ đợt này yêu cầu.")
        )

    def _words(self, item: RecipeItem, there: bool, needed: bool) -> str:
        if there:
            state = self.tr("đã có")
        else:
            state = self.tr("cần có, chưa có") if needed else self.tr("nếu có")
        return f"{item.text.rstrip(';. ')} — {state}"
