"""The bar above the editor: title, what is saved, the commands, the call and its deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolBar, QVBoxLayout, QWidget

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.ui.calls.words import answer_countdown, countdown, every_minute, law_note
from ncs_desktop.ui.editor.session import EditingSession
from ncs_desktop.ui.icons import icon, set_icon_size
from ncs_desktop.ui.widgets.elided import ElidedLabel
from ncs_desktop.ui.widgets.labels import label, set_role


class EditorHead(QFrame):
    """Title and state on the first line, commands on the second, the call on the third."""

    def __init__(
        self, session: EditingSession, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._now = now
        self.setProperty("role", "bar")
        self.commands: dict[str, QAction] = {}
        self._until: date | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 12, 4)
        column.setSpacing(4)
        column.addLayout(self._build_title())
        column.addWidget(self._build_commands())
        column.addWidget(self._build_call())
        self._saved.setText(self.tr("Đã lưu"))
        session.saved.connect(self.show_saved)
        self.show_title()

    def _build_title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        back = QToolBar()
        set_icon_size(back, 24)
        back.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        back.addAction(self._command("back", "back", self.tr("Danh sách"), "Alt+Left"))
        row.addWidget(back)
        self._title = ElidedLabel()
        self._title.setProperty("role", "heading")
        row.addWidget(self._title, 1)
        row.addWidget(self._build_helpers())
        self._code = label(role="good")
        self._code.setObjectName("label:control-code")
        self._saved = label(role="quiet")
        self._saved.setObjectName("label:saved")
        for state in (self._code, self._saved):
            state.setWordWrap(False)
            row.addWidget(state)
        self._keep_room()
        return row

    def _keep_room(self) -> None:
        """Give the state of saving the room of its longest words: nothing beside it moves."""
        clock = self.tr("Đã lưu {clock}").format(clock="00:00:00")
        words = (clock, self.tr("Chưa lưu được"), self.tr("Đang lưu…"))
        measure = self._saved.fontMetrics().horizontalAdvance
        self._saved.setFixedWidth(max(map(measure, words)) + 8)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew where letters grow."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_saved"):
            self._keep_room()

    def _build_helpers(self) -> QToolBar:
        bar = QToolBar()
        set_icon_size(bar, 18)
        for name, picture, text, keys in (
            ("undo", "undo", self.tr("Hoàn tác"), "Ctrl+Z"),
            ("redo", "redo", self.tr("Làm lại"), "Ctrl+Y"),
            ("find", "search", self.tr("Tìm trong phiếu"), "Ctrl+F"),
            ("history", "clock", self.tr("Các bản đã lưu"), "Ctrl+H"),
            ("word", "proposals", self.tr("Tệp Word mà phiếu đọc từ đó…"), "Ctrl+Shift+W"),
        ):
            bar.addAction(self._command(name, picture, text, keys))
        self.commands["word"].setVisible(False)  # until it is known that there is one
        self.commands["redo"].setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        return bar

    def _build_commands(self) -> QToolBar:
        bar = QToolBar()
        set_icon_size(bar, 18)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name, picture, text, keys in (
            ("check", "check", self.tr("Kiểm tra"), "F7"),
            ("preview", "preview", self.tr("Xem trước"), "Ctrl+Shift+P"),
            ("print", "print", self.tr("In…"), "Ctrl+P"),
            ("export", "export", self.tr("Xuất Word/PDF…"), "Ctrl+E"),
            ("freeze", "freeze", self.tr("Chốt bản ký…"), "Ctrl+Shift+K"),
            ("print-set", "signed-set", self.tr("Bộ in ký…"), "Ctrl+Shift+I"),
            ("scans", "import", self.tr("Bản quét đã ký…"), "Ctrl+Shift+Q"),
            ("bundle", "bundle", self.tr("Bộ nộp…"), "Ctrl+Shift+B"),
        ):
            bar.addAction(self._command(name, picture, text, keys))
        self._command("guidance", "search", self.tr("Hiện/ẩn hướng dẫn của mục"), "Ctrl+Shift+H")
        self._command("save", "check", self.tr("Lưu"), "Ctrl+S")
        self._command("next-finding", "down", self.tr("Điểm tiếp theo"), "F8")
        self._command("previous-finding", "up", self.tr("Điểm trước"), "Shift+F8")
        return bar

    def _build_call(self) -> QWidget:
        """The call, how long there is left, and whether the form may be out of date."""
        call = self._session.call
        self._call = label()
        self._call.setObjectName("label:call")
        self.show_deadline()
        self._minutes = every_minute(self, self.show_deadline)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(8, 0, 0, 4)
        column.setSpacing(2)
        column.addWidget(self._call)
        note = law_note(call)
        if note:
            shown = label(note, "warning")
            shown.setObjectName("label:law")
            column.addWidget(shown)
        return holder

    @Slot()
    def show_deadline(self) -> None:
        """Show how long there is left now; it is asked anew while the phiếu is open."""
        call, now = self._session.call, self._now()
        left = countdown(call, now) if call.deadline is not None else ""
        due = ""
        if self._until is not None:
            due = self.tr("Bổ sung {due}").format(due=answer_countdown(self._until, now))
        text = " · ".join(filter(None, (due, call.title, left)))
        self._call.setText(text)
        late = call.deadline is not None and call.deadline.is_late(now)
        set_role(self._call, "warning" if late else "quiet")

    def show_until(self, until: date | None) -> None:
        """Put the day a request for supplement gives before the deadline of the call."""
        self._until = until
        self.show_deadline()

    def _command(self, name: str, picture: str, text: str, keys: str) -> QAction:
        action = QAction(icon(picture), text, self)
        action.setObjectName(f"action:{name}")
        if keys:
            action.setShortcut(QKeySequence(keys))
            shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{text.rstrip('…')} ({shown})")
        self.commands[name] = action
        return action

    def show_title(self) -> None:
        """Show the phiếu's title and call."""
        proposal, call = self._session.proposal, self._session.call
        self._title.setText(proposal.title or self.tr("Phiếu chưa có tên"))
        self._title.setToolTip(f"{proposal.title}\n{call.title}".strip())
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @Slot(object)
    def show_saved(self, at: datetime) -> None:
        """Say when the phiếu was last saved."""
        if self._session.dirty:
            return
        set_role(self._saved, "quiet")
        clock = at.astimezone(VIETNAM).strftime("%H:%M:%S")
        self._saved.setText(self.tr("Đã lưu {clock}").format(clock=clock))

    def show_unsaved(self, *, failed: bool = False) -> None:
        """Say that something waits to be saved."""
        set_role(self._saved, "error" if failed else "quiet")
        self._saved.setText(self.tr("Chưa lưu được") if failed else self.tr("Đang lưu…"))

    def show_frozen(self, code: str) -> None:
        """Show the control code of a frozen revision, or nothing."""
        self._code.setText(self.tr("Đã chốt {code} ·").format(code=code) if code else "")
        self.commands["freeze"].setText(self.tr("Bỏ chốt…") if code else self.tr("Chốt bản ký…"))
