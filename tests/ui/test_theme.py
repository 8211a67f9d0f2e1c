"""Every text colour is readable on its surface in both themes (4.5:1)."""

import pytest
from PySide6.QtGui import QColor

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
    for text in (colours.text, colours.quiet, colours.error, colours.warning, colours.good):
        for surface in (colours.window, colours.surface, colours.raised):
            assert _contrast(text, surface) >= 4.5, (text, surface)
    assert _contrast(colours.text, colours.accent_soft) >= 4.5
    assert _contrast(colours.text, colours.error_soft) >= 4.5
    assert _contrast(colours.accent, colours.accent_soft) >= 4.5
    assert _contrast(colours.on_accent, colours.accent) >= 4.5


def test_theme_is_laid_over_the_application(qapp):
    theme = Theme(qapp)
    assert qapp.palette().window().color() == QColor(current().window)
    theme.apply()
    qapp.setStyleSheet("")
    theme.deleteLater()
