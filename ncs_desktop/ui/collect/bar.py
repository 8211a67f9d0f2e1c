"""The commands of the officer's page, each with its key."""

from __future__ import annotations

from functools import partial
from itertools import chain

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.desk import Order, Status
from ncs_desktop.ui.icons import icon, set_icon_size
from ncs_desktop.ui.widgets.quiet import QuietComboBox

_RANKING = ("rank-up", "rank-down", "rank-first", "rank-last", "rank-to", "rank-out")
_SORTING = ("sort", "sort-rank")
_NEED_A_LINE = ("line", *_RANKING, "rank-reason", "received", "supplement", "bin")
_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_PICTURE = Qt.ToolButtonStyle.ToolButtonIconOnly
_WITHOUT_WORDS = (
    ("rank-up", "rank-down"),
    ("import-folder",),
    ("adopt-order",),
    ("detail",),
    ("rank-reason",),
    ("import",),
    ("line",),
    ("export-table",),
    ("supplement",),
)
"""What gives up its words where the bar is narrow, what its picture tells best first."""


class DeskBar(QToolBar):
    """Buttons of the page; ``commands`` are given to the page so that their keys work all over it.

    ``status_wanted(status)`` for the chosen lines. Where the bar is too narrow for all words some
    buttons show their picture alone, so that none goes behind «»».
    """

    status_wanted = Signal(object)

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.commands: dict[str, QAction] = {}
        set_icon_size(self, 20)
        self.setToolButtonStyle(_BESIDE)
        for name, picture, text, keys in (
            ("import", "import", self.tr("Nhập tệp…"), "Ctrl+O"),
            ("import-folder", "folder", self.tr("Nhập thư mục…"), "Ctrl+Shift+O"),
            ("rank-up", "up", self.tr("Lên"), "Alt+Up"),
            ("rank-down", "down", self.tr("Xuống"), "Alt+Down"),
            ("rank-reason", "list", self.tr("Lý do thứ tự…"), "Ctrl+L"),
            ("line", "table", self.tr("Sửa dòng trong bảng…"), "F2"),
        ):
            self.addAction(self._command(name, text, keys, picture))
        self.commands["line"].setIconText(self.tr("Sửa dòng"))
        self.status_button = self._build_status(messages)
        self.addWidget(self.status_button)
        for name, picture, text, keys in (
            ("supplement", "new", self.tr("Yêu cầu bổ sung…"), "Ctrl+B"),
            ("export-table", "export", self.tr("Xuất…"), "Ctrl+E"),
        ):
            self.addAction(self._command(name, text, keys, picture))
        self.orders = QuietComboBox()
        self.orders.setObjectName("field:desk-order")
        self.orders.setAccessibleName(self.tr("Thứ tự đang xem"))
        self.orders.addItem(self.tr("Thứ tự của Sở"), Order.DEPARTMENT)
        self.orders.addItem(self.tr("Thứ tự của hội đồng"), Order.COUNCIL)
        self.addWidget(self.orders)
        adopt = self._command("adopt-order", self.tr("Lấy thứ tự của Sở"), "Ctrl+Shift+G", "copy")
        self.addAction(adopt)
        self.commands["adopt-order"].setVisible(False)
        self._command("rank-first", self.tr("Lên đầu bảng"), "Alt+Home", "up")
        self._command("rank-last", self.tr("Xuống cuối bảng"), "Alt+End", "down")
        self._command("rank-to", self.tr("Chuyển đến thứ tự…"), "Ctrl+G", "list")
        self._command("rank-out", self.tr("Bỏ khỏi thứ tự của hội đồng"), "Alt+Del", "remove")
        self._command("received", self.tr("Thời điểm nhận…"), "Ctrl+R", "clock")
        self._command("sort", self.tr("Sắp theo cột đang chọn"), "Ctrl+T", "down")
        self._command("sort-rank", self.orders.currentText(), "Ctrl+Shift+T", "list")
        self._command("bin", self.tr("Bỏ vào thùng rác…"), "Del", "trash")
        detail = self._command("detail", self.tr("Chi tiết"), "Ctrl+I", "preview")
        detail.setCheckable(True)
        detail.setChecked(True)
        self.addAction(detail)

    def _command(self, name: str, text: str, keys: str, picture: str = "") -> QAction:
        action = QAction(text, self)
        if picture:
            action.setIcon(icon(picture))
        action.setObjectName(f"action:{name}")
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setToolTip(f"{text} ({keys})")
        self.commands[name] = action
        return action

    def _build_status(self, messages: Messages) -> QToolButton:
        made = QToolButton()
        made.setObjectName("button:status")
        made.setText(self.tr("Trạng thái"))
        made.setIcon(icon("check"))
        set_icon_size(made, 20)
        made.setToolButtonStyle(_BESIDE)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.status_menu = QMenu(made)
        for number, status in enumerate(Status, 1):
            text = messages.text(f"desk.status.{status}")
            action = self._command(f"status-{status.value}", text, f"Ctrl+Alt+{number}")
            action.triggered.connect(partial(self._on_status, status))
            self.status_menu.addAction(action)
        made.setMenu(self.status_menu)
        return made

    def _on_status(self, status: Status, _checked: bool = False) -> None:
        self.status_wanted.emit(status)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many words as the new width takes."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew where letters grow."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """Give every button its words, then take them away one by one until all have room.

        A button without words keeps its keys, its tooltip and its name for a screen reader, and
        gives its letter for Alt back.
        """
        groups = [
            [self.widgetForAction(self.commands[name]) for name in names if name in self.commands]
            for names in _WITHOUT_WORDS
        ]
        for button in chain(*groups):
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(_BESIDE)
        for group in groups:
            if self.sizeHint().width() <= self.width():
                return
            for button in group:
                if isinstance(button, QToolButton):
                    button.setToolButtonStyle(_PICTURE)
                    button.setText(button.text().replace("&", ""))

    @property
    def order(self) -> Order:
        """The order that is to be shown."""
        return Order(self.orders.currentData())

    def show_order(self, order: Order) -> None:
        """Show the order the desk was read in."""
        self.orders.blockSignals(True)
        self.orders.setCurrentIndex(self.orders.findData(order))
        self.orders.blockSignals(False)

    def refresh(self, *, chosen: bool, filled: bool, by_council: bool) -> None:
        """Offer what can be done: something is ``chosen``, the table is ``filled``.

        ``by_council`` says that the current line stands in the council's order.
        """
        for name, action in self.commands.items():
            if name in _NEED_A_LINE or name.startswith("status-"):
                action.setEnabled(chosen)
        self.status_button.setEnabled(chosen)
        self.commands["export-table"].setEnabled(filled)
        self.commands["sort-rank"].setText(self.orders.currentText())
        by_other_order = self.commands["adopt-order"].isVisible() != (self.order is Order.COUNCIL)
        self.commands["adopt-order"].setVisible(self.order is Order.COUNCIL)
        self.commands["rank-out"].setVisible(self.order is Order.COUNCIL)
        self.commands["rank-out"].setEnabled(self.order is Order.COUNCIL and by_council)
        if by_other_order:
            self._fit()

    def line_menu(self, parent: QWidget) -> QMenu:
        """Return the menu of one line."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _NEED_A_LINE:
            menu.addAction(self.commands[name])
        menu.addSeparator()
        menu.addActions(self.status_menu.actions())
        menu.addSeparator()
        for name in _SORTING:
            menu.addAction(self.commands[name])
        return menu
