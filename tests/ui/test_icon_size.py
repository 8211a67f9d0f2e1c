"""Icons of buttons and tool bars grow with the letters beside them."""

import pytest
from PySide6.QtWidgets import QPushButton, QToolBar

from ncs_desktop.ui import zoom
from ncs_desktop.ui.icons import draw_anew
from tests.factories import make_proposal


@pytest.mark.parametrize("factor", [1.5, 2.5])
def test_icons_grow_with_the_letters_and_shrink_with_them(themed, window, open_editor, factor):
    themed.changed.connect(draw_anew)  # as the window does with the theme it is given
    editor = open_editor(make_proposal())
    holders = [*editor.findChildren(QToolBar), *editor.findChildren(QPushButton)]
    pictured = [it for it in holders if isinstance(it, QToolBar) or not it.icon().isNull()]
    usual = [holder.iconSize().width() for holder in pictured]
    zoom.set_factor(factor)
    grown = [holder.iconSize().width() for holder in pictured]
    pairs = zip(grown, usual, strict=True)
    assert [(now, was) for now, was in pairs if abs(now - factor * was) > 1] == []
    zoom.usual()
    assert [holder.iconSize().width() for holder in pictured] == usual
