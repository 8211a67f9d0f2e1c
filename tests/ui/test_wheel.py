"""The wheel scrolls what is under the mouse: it takes no keyboard and changes no value."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QWidget

from tests.factories import make_proposal
from tests.ui.test_access import COMMITMENT, open_dialogs

WHEEL = Qt.FocusPolicy.WheelFocus


def takes_the_keyboard(root):
    """Return the widgets below ``root`` that the wheel would give the keyboard to."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in [root, *root.findChildren(QWidget)]
        if widget.focusPolicy() == WHEEL
    ]


def turn(widget):
    """Turn the wheel over ``widget``; return whether it kept the turn for itself."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    took = widget.event(event)
    return took and event.isAccepted()


def keeps_the_wheel(root):
    """Return the boxes below ``root`` that would change by the wheel instead of scrolling."""
    boxes = [*root.findChildren(QComboBox), *root.findChildren(QAbstractSpinBox)]
    return [f"{type(box).__name__} {box.objectName()}" for box in boxes if turn(box)]


def test_no_control_of_any_page_takes_the_keyboard_or_changes_by_the_wheel(window):
    for name in window.bar.names:
        window.show_page(name)
        assert takes_the_keyboard(window) == [], name
        assert keeps_the_wheel(window) == [], name


def test_no_control_of_the_form_takes_the_keyboard_or_changes_by_the_wheel(window, open_editor):
    editor = open_editor(make_proposal(commitments=[COMMITMENT]))
    editor.head.commands["find"].trigger()
    assert len(editor.findChildren(QComboBox)) > 1
    assert takes_the_keyboard(window) == []
    assert keeps_the_wheel(window) == []


def test_no_control_of_any_dialog_takes_the_keyboard_or_changes_by_the_wheel(
    services, window, catalog
):
    boxes = 0
    for dialog in open_dialogs(services, window, catalog):
        boxes += len(dialog.findChildren(QAbstractSpinBox))
        assert takes_the_keyboard(dialog) == [], dialog.objectName()
        assert keeps_the_wheel(dialog) == [], dialog.objectName()
    assert boxes > 2
