"""The commands above the officer's table: none goes out of sight where the window is narrow."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from tests.ui.collect.test_officer_day import numbered, take_in

_SHOWN = {
    "import",
    "import-folder",
    "rank-up",
    "rank-down",
    "rank-reason",
    "line",
    "supplement",
    "export-table",
    "adopt-order",
    "detail",
}


def buttons(bar):
    named = {act.objectName().removeprefix("action:"): act for act in bar.findChildren(QAction)}
    return {name: bar.widgetForAction(named[name]) for name in _SHOWN}


def seen(bar):
    return {name for name, made in buttons(bar).items() if made.isVisible()}


def worded(button):
    return button.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly


@pytest.mark.parametrize("size", [(1280, 900), (1024, 768)])
def test_every_command_is_in_sight_in_both_orders(qtbot, window, page, tmp_path, size):
    take_in(qtbot, page, tmp_path, numbered(1, 2))
    window.resize(*size)
    qtbot.waitUntil(lambda: window.width() == size[0])
    for index, missing in ((0, {"adopt-order"}), (1, set())):
        page.bar.orders.setCurrentIndex(index)
        qtbot.waitUntil(lambda: page.desk.data.order is page.bar.order)
        wanted = _SHOWN - missing
        qtbot.waitUntil(lambda wanted=wanted: seen(page.bar) == wanted)
        more = page.bar.findChild(QToolButton, "qt_toolbar_ext_button")
        qtbot.waitUntil(lambda more=more: not more.isVisible())
        assert page.bar.sizeHint().width() <= page.bar.width()
        for made in buttons(page.bar).values():
            assert made.text()
            assert made.toolTip().startswith(made.defaultAction().text())


def test_words_come_back_with_the_room(qtbot, window, page):
    window.resize(3000, 800)
    qtbot.waitUntil(lambda: all(map(worded, buttons(page.bar).values())))
    window.resize(1024, 768)
    qtbot.waitUntil(lambda: not worded(buttons(page.bar)["rank-up"]))
    assert not worded(buttons(page.bar)["rank-down"])
    assert "&" not in buttons(page.bar)["rank-up"].text()


def test_editing_a_line_stands_in_the_bar(page):
    assert buttons(page.bar)["line"].text().replace("&", "") == "Sửa dòng"
    assert page.bar.commands["line"].toolTip() == "Sửa dòng trong bảng… (F2)"


def test_a_filter_key_does_not_lay_the_bar_out_anew(page, monkeypatch):
    fitted = []
    monkeypatch.setattr(page.bar, "_fit", lambda: fitted.append(True))
    for chosen in (True, False):
        page.bar.refresh(chosen=chosen, filled=chosen, by_council=False)
    assert fitted == []
    page.bar.orders.setCurrentIndex(1)
    page.bar.refresh(chosen=True, filled=True, by_council=False)
    assert fitted == [True]
