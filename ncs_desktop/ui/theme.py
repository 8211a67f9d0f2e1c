"""Colours of the window in one place: calm greys, one accent, the official red for errors only.

Every text colour stands at 4.5:1 or more against the surface it is used on, in both themes
(WCAG 2.1, 1.4.3), every icon of a command, also of one that rests, at 3:1 (1.4.11);
``tests/ui/test_theme.py`` computes it.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme; all values are ``#rrggbb``."""

    window: str
    surface: str
    raised: str
    line: str
    text: str
    quiet: str
    resting: str
    accent: str
    on_accent: str
    accent_soft: str
    error: str
    error_soft: str
    warning: str
    good: str


LIGHT = Colours(
    window="#f3f4f6",
    surface="#ffffff",
    raised="#e9ecf1",
    line="#cfd4dc",
    text="#1b1f24",
    quiet="#555d68",
    resting="#7d858f",
    accent="#1f5fa8",
    on_accent="#ffffff",
    accent_soft="#e3edf8",
    error="#b3121d",
    error_soft="#fdecec",
    warning="#8a5a00",
    good="#1d6b3c",
)
DARK = Colours(
    window="#1c1f24",
    surface="#25292f",
    raised="#2f343c",
    line="#454c57",
    text="#eceff3",
    quiet="#aab2bd",
    resting="#828b97",
    accent="#7db2ee",
    on_accent="#0d1b2b",
    accent_soft="#2a3a4e",
    error="#ff8f8a",
    error_soft="#472a2c",
    warning="#e9b764",
    good="#83cf9f",
)


def current() -> Colours:
    """Return the colours of the theme the system asks for."""
    hints = QApplication.styleHints()
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


_OUTLINE = 128
"""Per cent by which Fusion's outline is darker than the colour it is drawn from."""
_ACTION_LAST = 3
"""Qt's number of the layout «Thôi | action», which rows of buttons without a box have too."""


class Theme(QObject):
    """Keeps the application's palette in step with the system's light or dark setting."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self.apply)
        app.focusChanged.connect(self._show_focus)
        self.apply()

    @Slot("QWidget*", "QWidget*")
    def _show_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Have the ring drawn however the keyboard came there; Qt draws it after Tab alone."""
        if now is not None:
            now.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)

    @Slot()
    def apply(self) -> None:
        """Lay the current theme over the application."""
        colours = current()
        self._app.setPalette(palette(colours))
        for kind in ("QListView", "QTableView"):
            self._app.setPalette(list_palette(colours), kind)  # type: ignore[arg-type]
        for kind in ("QCheckBox", "QRadioButton"):
            self._app.setPalette(box_palette(colours), kind)  # type: ignore[arg-type]
        letters = QFontInfo(self._app.font()).pixelSize()
        self._app.setStyleSheet(style_sheet(colours, letters))
        self.changed.emit()


def palette(colours: Colours) -> QPalette:
    """Return the Qt palette of ``colours``."""
    role = QPalette.ColorRole
    made = QPalette()
    for names, value in (
        ((role.Window, role.AlternateBase), colours.window),
        ((role.Base, role.ToolTipBase), colours.surface),
        ((role.Button, role.Midlight), colours.raised),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), colours.text),
        ((role.PlaceholderText,), colours.quiet),
        ((role.Mid, role.Dark), colours.line),
        ((role.Highlight, role.Accent, role.Link), colours.accent),
        ((role.HighlightedText,), colours.on_accent),
    ):
        for name in names:
            made.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.quiet))
    return made


def list_palette(colours: Colours) -> QPalette:
    """Return the palette of lists, whose selected line is tinted rather than inverted."""
    made = palette(colours)
    made.setColor(QPalette.ColorRole.Highlight, QColor(colours.accent_soft))
    made.setColor(QPalette.ColorRole.HighlightedText, QColor(colours.text))
    return made


def box_palette(colours: Colours) -> QPalette:
    """Return the palette of boxes to tick: Fusion draws their outline a third darker than this."""
    made = palette(colours)
    made.setColor(QPalette.ColorRole.Window, QColor(colours.quiet).lighter(_OUTLINE))
    return made


def style_sheet(colours: Colours, letters: int) -> str:
    """Return the few rules Fusion cannot express by palette alone; ``letters`` are that high, px.

    Under a style sheet letters change their size only when the sheet is laid on anew.
    """
    rules = _surfaces(colours, letters) | _controls(colours, letters)
    return "\n".join(f"{selector} {{ {body} }}" for selector, body in rules.items())


def _surfaces(colours: Colours, letters: int) -> dict[str, str]:
    return {
        "QFrame[role='card']": f"background: {colours.surface};"
        f" border: 1px solid {colours.line}; border-radius: 8px;",
        "QFrame[role='bar']": f"background: {colours.raised}; border: none;",
        "QFrame[role='notice']": f"background: {colours.accent_soft}; border: none;"
        " border-radius: 6px;",
        "QFrame[role='problem']": f"background: {colours.error_soft}; border: none;"
        " border-radius: 6px;",
        "QLabel[role='title']": f"font-size: {letters * 5 // 3}px; font-weight: 600;",
        "QLabel[role='heading']": "font-weight: 600;",
        "QLabel[role='quiet']": f"color: {colours.quiet};",
        "QLabel[role='error']": f"color: {colours.error};",
        "QLabel[role='warning']": f"color: {colours.warning};",
        "QLabel[role='good']": f"color: {colours.good};",
    }


def _controls(colours: Colours, letters: int) -> dict[str, str]:
    return {
        "QToolButton[role='nav']": "border: 2px solid transparent; border-radius: 8px;"
        f" padding: 6px {letters // 2}px;"  # the open page's heavier letters need it
        f" color: {colours.text};",
        "QToolButton[role='nav']:hover": f"background: {colours.accent_soft};",
        "QToolButton[role='nav']:focus": f"border: 2px solid {colours.accent};",
        "QToolButton[role='nav']:checked": f"background: {colours.accent_soft};"
        f" color: {colours.accent}; font-weight: 600;",
        "QPushButton[role='primary']": f"background: {colours.accent};"
        f" color: {colours.on_accent}; border: 1px solid {colours.accent};"
        " border-radius: 5px; padding: 6px 14px; font-weight: 600;",
        "QPushButton[role='primary']:disabled": f"background: {colours.raised};"
        f" color: {colours.quiet}; border-color: {colours.line};",
        "QPushButton[role='primary']:focus": f"border: 2px solid {colours.text};",
        "QPushButton[role='card']": f"background: {colours.surface}; color: {colours.text};"
        f" border: 1px solid {colours.line}; border-radius: 8px; padding: 16px; text-align: left;",
        "QPushButton[role='card']:hover, QPushButton[role='card']:focus": f"border: 2px solid"
        f" {colours.accent}; padding: 15px;",
        "QToolButton[role='fold']": f"border: none; color: {colours.quiet}; padding: 2px;",
        "QToolButton[role='fold']:focus": f"border: 1px solid {colours.accent};",
        "QTableView::item": "padding: 0px 8px;",
        "QLineEdit, QPlainTextEdit, QTextEdit": f"background: {colours.surface};"
        f" border: 1px solid {colours.line}; border-radius: 4px; padding: 2px;",
        "QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus": "border: 1px solid"
        f" {colours.accent};",
        "QHeaderView::section": f"background: {colours.raised}; color: {colours.text};"
        f" border: none; border-right: 1px solid {colours.line}; padding: 6px 8px;",
        "QDialogButtonBox": "dialogbuttonbox-buttons-have-icons: 0;"
        f" button-layout: {_ACTION_LAST};",
        "QToolTip": f"background: {colours.surface}; color: {colours.text};"
        f" border: 1px solid {colours.line};",
    }
