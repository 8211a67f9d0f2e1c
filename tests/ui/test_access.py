"""Every control has a name for screen readers, every page a keyboard path, nothing is clipped."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from ncs_desktop.ui import zoom
from ncs_desktop.ui.bundle.dialog import BundleDialog
from ncs_desktop.ui.bundle.letter_dialog import LetterDialog
from ncs_desktop.ui.calls.edit_dialog import EditCallDialog
from ncs_desktop.ui.calls.new_call_dialog import NewCallDialog
from ncs_desktop.ui.editor.export_dialog import ExportDialog
from ncs_desktop.ui.guide.dialog import GuideWindow
from ncs_desktop.ui.proposals.bin_dialog import BinDialog
from ncs_desktop.ui.proposals.new_dialog import NewDialog
from ncs_desktop.ui.widgets.find_bar import FindBar
from tests.factories import make_proposal
from tests.ui.conftest import NOW, settle, type_text

CONTROLS = (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QSpinBox,
    QAbstractItemView,
    QProgressBar,
)
COMMITMENT = {"organization": "Công ty A", "scope": ["co_fund"], "amount": 5}


def nameless(root):
    """Return the controls below ``root`` that a screen reader could not name."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not isinstance(widget, CONTROLS) or isinstance(widget, QHeaderView):
            continue
        name = widget.accessibleName() or _words(widget)
        inner = widget.objectName().startswith("qt_") or isinstance(
            widget.parentWidget(), QComboBox | QSpinBox | QLineEdit | QHeaderView
        )
        inner = inner or _inside(widget, QComboBox | QAbstractItemView)
        if not name.strip() and not inner:
            found.append(f"{type(widget).__name__} {widget.objectName()} in {_path(widget)}")
    return found


def _words(widget):
    if not isinstance(widget, QAbstractButton):
        return ""
    return widget.text() or widget.toolTip()


def _inside(widget, kinds):
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, kinds):
            return True
        parent = parent.parentWidget()
    return False


def _path(widget):
    names = []
    while widget is not None:
        names.append(type(widget).__name__)
        widget = widget.parentWidget()
    return "<".join(names[:6])


@pytest.fixture
def editor(open_editor):
    return open_editor(make_proposal(commitments=[COMMITMENT]))


def _pages(window):
    return window.bar.names


def test_every_control_of_every_page_has_a_name(window):
    for name in _pages(window):
        window.show_page(name)
        assert nameless(window) == [], name


def test_every_control_of_the_editor_has_a_name(window, editor):
    editor.head.commands["find"].trigger()
    assert isinstance(editor.find_bar, FindBar)
    assert nameless(window) == []


def open_dialogs(services, window, catalog):
    """Return the dialogs a clerk meets."""
    proposal = make_proposal(commitments=[COMMITMENT])
    call = catalog.call(proposal.call)
    assistant = BundleDialog(services, [proposal], call, print_set=False, parent=window)
    letter = next(iter(assistant.inputs.letters._drafts.values()))
    return [
        assistant,
        LetterDialog(services, letter, letter, window),
        NewDialog(catalog, NOW, parent=window),
        NewCallDialog(services, call, window),
        EditCallDialog(services, call, window),
        ExportDialog(services, draft=True, parent=window),
        BinDialog(services, window.proposals.model, window),
        GuideWindow(window),
    ]


def test_every_control_of_every_dialog_has_a_name(services, window, catalog):
    for dialog in open_dialogs(services, window, catalog):
        assert nameless(dialog) == [], dialog.objectName()


def test_dialogs_fit_a_small_screen(services, window, catalog):
    for dialog in open_dialogs(services, window, catalog):
        dialog.adjustSize()
        needed = dialog.minimumSizeHint()
        assert needed.width() <= 1000, dialog.objectName()
        assert needed.height() <= 680, dialog.objectName()


def clipped(root):
    """Return the labels and buttons below ``root`` that are narrower or lower than their words."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        if isinstance(widget, QLabel):
            wide = not widget.wordWrap() and type(widget) is QLabel
            needed = widget.sizeHint()
            spare = max(widget.fontMetrics().descent() // 2, 1)  # rounding of wrapped lines
            lines = widget.heightForWidth(widget.width())
            low = widget.wordWrap() and lines > widget.height() + spare
            if low or (wide and needed.width() > widget.width() + 1):
                found.append(f"«{widget.text()[:40]}» {needed} in {widget.size()} {_path(widget)}")
        elif widget.text() and widget.sizeHint().width() > widget.width() + 1:
            found.append(f"[{widget.text()[:40]}] {widget.sizeHint()} in {widget.size()}")
    return found


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800)])
@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
def test_nothing_is_clipped(qtbot, themed, window, editor, size, factor):
    zoom.set_factor(factor)
    try:
        window.resize(*size)
        qtbot.waitUntil(lambda: window.width() == size[0])
        settle()
        assert window.height() == size[1]
        assert clipped(window) == []
        place = editor._scroll
        assert place.widget().minimumSizeHint().width() <= place.viewport().width()
        for name in _pages(window):
            window.show_page(name)
            settle()
            assert clipped(window) == [], name
    finally:
        zoom.set_factor(1.0)


@pytest.mark.parametrize("amount", ["4,85 tỷ", "777.777.777.777"])
def test_amounts_in_words_are_read_in_full(window, editor, amount):
    for name in ("total", "state_budget"):
        field = editor.findChild(QLineEdit, f"field:budget.{name}")
        field.clear()
        type_text(field, amount)
        settle()
    assert clipped(window) == []


def test_tab_reaches_every_field_of_the_editor(qtbot, window, editor):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    editor.session.set_value("task_kind", "curriculum")  # asks every field
    editor.begin()
    start = QApplication.focusWidget()
    seen = [start.objectName()]
    widget = start
    for _ in range(5000):
        widget = widget.nextInFocusChain()
        if widget is start:
            break
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            seen.append(widget.objectName())
    wanted = {
        f"field:{key}"
        for card in editor.cards.values()
        for key, frame in card.frames.items()
        if not frame.isHidden()
    }
    assert "field:universities" in wanted
    reached = {name for name in seen if name.startswith("field:")}
    groups = {"field:priorities", "field:programme_groups"}  # the boxes inside are reached
    assert wanted - reached - groups == set()


def test_page_numbers_never_change(window):
    keys = {
        name: window.findChild(object, f"action:page-{name}").shortcut().toString()
        for name in window.bar.names
    }
    fixed = {
        "proposals": "Ctrl+1",
        "collect": "Ctrl+2",
        "calls": "Ctrl+3",
        "profile": "Ctrl+4",
        "settings": "Ctrl+5",
    }
    assert keys == {name: fixed[name] for name in keys}


def test_alt_and_a_digit_leads_to_a_section(qtbot, window, editor):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert editor.card_at(focused).key == list(editor.cards)[3]


def test_scroll_bars_are_not_needed_sideways(window, editor):
    window.resize(1024, 768)
    QApplication.processEvents()
    bars = [
        bar
        for bar in editor.fields.findChildren(QScrollBar)
        if bar.orientation() is Qt.Orientation.Horizontal and bar.isVisible() and bar.maximum() > 0
    ]
    assert bars == []
