"""Every text colour is readable on its surface in both themes (4.5:1)."""

from itertools import product

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.ui import theme as theme_module
from ncs_desktop.ui.icons import icon, set_icon_size
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.theme import DARK, LIGHT, Theme, current


def _luminance(value):
    colour = QColor(value)

    def part(channel):
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (part(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(first, second):
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable(colours):
    inks = ("text", "quiet", "accent", "error", "warning", "good")
    grounds = ("window", "surface", "raised", "accent_soft", "error_soft")
    for ink, ground in product(inks, grounds):
        assert _contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5, (ink, ground)
    for dot in (colours.error, colours.warning):  # the numbers in the editor's rail
        assert _contrast(colours.surface, dot) >= 4.5, dot
    for surface in (colours.window, colours.surface, colours.raised):
        assert _contrast(colours.resting, surface) >= 3, surface
        assert _contrast(colours.resting, surface) < _contrast(colours.text, surface) / 1.5
    assert _contrast(colours.on_accent, colours.accent) >= 4.5


def test_theme_is_laid_over_the_application(qapp):
    theme = Theme(qapp)
    assert qapp.palette().window().color() == QColor(current().window)
    theme.apply()
    qapp.setStyleSheet("")
    theme.deleteLater()


def _mean(icon):
    """Return the mean grey of an icon's drawn pixels."""
    image = (icon.pixmap(24, 24) if isinstance(icon, QIcon) else icon).toImage()
    drawn = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]
    return sum(colour.lightness() for colour in drawn) / len(drawn)


def test_icons_are_drawn_anew_when_the_system_turns_dark(qtbot, qapp, services, monkeypatch):
    monkeypatch.setattr(theme_module, "current", lambda: LIGHT)
    theme = Theme(qapp)
    window = MainWindow(services, theme)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.ready, timeout=10_000):
        window.show()
    nav = window.findChild(QToolButton, "nav:calls")
    command = window.proposals.actions_by_name["new"]
    picture = window.proposals.welcome.first._drawing
    try:
        assert max(_mean(nav.icon()), _mean(command.icon())) < 100
        monkeypatch.setattr(theme_module, "current", lambda: DARK)
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert qapp.palette().window().color() == QColor(DARK.window)
        assert min(_mean(nav.icon()), _mean(command.icon())) > 180
        qtbot.waitUntil(lambda: _mean(picture.pixmap()) > 180)
    finally:
        monkeypatch.setattr(theme_module, "current", lambda: LIGHT)
        theme.apply()
        window.close()
        qapp.setStyleSheet("")
        qapp.setPalette(qapp.style().standardPalette())
        theme.deleteLater()


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_icon_of_a_resting_command_is_drawn_in_the_resting_colour(qapp, monkeypatch, colours):
    monkeypatch.setattr(theme_module, "current", lambda: colours)
    image = icon("trash").pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    drawn = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours.resting in drawn


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_shows_that_a_bar_has_more_commands_stands_out(qtbot, qapp, monkeypatch, colours):
    monkeypatch.setattr(theme_module, "current", lambda: colours)
    theme = Theme(qapp)
    bar = QToolBar()
    set_icon_size(bar, 20)
    for number in range(9):
        bar.addAction(f"Lệnh {number}")
    qtbot.addWidget(bar)
    bar.resize(200, 40)
    bar.show()
    rest = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    assert rest.isVisible()
    image = bar.grab(rest.geometry()).toImage()
    drawn = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    qapp.setStyleSheet("")
    monkeypatch.undo()
    theme.deleteLater()
    assert max(_contrast(colour, colours.window) for colour in drawn) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_the_outline_of_an_empty_box_stands_out(qtbot, qapp, monkeypatch, colours, kind):
    monkeypatch.setattr(theme_module, "current", lambda: colours)
    theme = Theme(qapp)
    holder = QFrame()
    holder.setProperty("role", "card")
    box = kind()
    QVBoxLayout(holder).addWidget(box)
    qtbot.addWidget(holder)
    holder.show()
    image = holder.grab(box.geometry()).toImage()
    drawn = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    qapp.setStyleSheet("")
    monkeypatch.undo()
    theme.deleteLater()
    assert max(_contrast(colour, colours.surface) for colour in drawn) >= 3


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QPushButton, QComboBox, QToolButton])
def test_a_ring_shows_where_the_program_put_the_keyboard(qtbot, themed, kind):
    """Seen in the picture, though no Tab led there."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    other, control = QLineEdit(), kind()
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if kind is QToolButton:
        control.setProperty("role", "fold")
    column.addWidget(other)
    column.addWidget(control)
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    without = holder.grab(control.geometry()).toImage()
    control.setFocus(Qt.FocusReason.OtherFocusReason)
    assert holder.grab(control.geometry()).toImage() != without
