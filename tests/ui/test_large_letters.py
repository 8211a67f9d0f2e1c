"""With letters two and a half times as large the window still goes onto a small screen."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from ncs_desktop.ui import zoom
from ncs_desktop.ui.proposals.model import CALL, SAVED, STATE, TITLE, TOTAL
from ncs_desktop.ui.widgets.field_editor import GrowingText
from tests.factories import make_proposal
from tests.ui.conftest import NOW


@pytest.fixture
def largest(window):
    zoom.set_factor(2.5)
    yield window
    zoom.usual()
    QApplication.processEvents()


def test_the_page_of_calls_is_no_wider_than_a_small_screen(largest):
    largest.show_page("calls")
    QApplication.processEvents()
    assert largest.minimumSizeHint().width() <= 1024


@pytest.mark.parametrize("factor", [1.3, 1.6, 2.5])
def test_no_word_of_the_list_is_cut_but_of_long_names(qtbot, window, ask_store, themed, factor):
    frozen = make_proposal(revision=2, frozen_at="2025-08-05T09:00:00+07:00")
    ask_store(lambda store: store.save(frozen, NOW))
    page = window.proposals
    window.desk.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    table, header = page.table, page.table.horizontalHeader()
    table.fit()
    usual = [header.sectionSize(column) for column in range(5)]
    zoom.set_factor(factor)
    QApplication.processEvents()
    for column in (CALL, TOTAL, STATE, SAVED):
        assert header.sectionSize(column) >= header.sectionSizeHint(column)
        assert header.sectionSize(column) >= table.sizeHintForColumn(column)
    letter = table.fontMetrics().horizontalAdvance("n")
    qtbot.waitUntil(lambda: header.sectionSize(TITLE) >= 32 * letter)
    assert table.rowHeight(0) >= table.sizeHintForRow(0)
    zoom.usual()
    qtbot.waitUntil(lambda: [header.sectionSize(column) for column in range(5)] == usual)


@pytest.mark.parametrize("lines", [1, 4, 7])
@pytest.mark.parametrize("factor", [0.8, 1.0, 1.1, 1.61, 1.77])
def test_a_name_of_several_lines_is_seen_whole(qtbot, themed, factor, lines):
    text = GrowingText(1)
    qtbot.addWidget(text)
    text.resize(900, 100)
    text.show()
    text.setPlainText("\n".join(["Nghiên cứu, áp dụng hệ thống"] * lines))
    zoom.set_factor(factor)

    def fits():
        last = text.blockBoundingGeometry(text.document().lastBlock())
        bottom = last.translated(text.contentOffset()).bottom()
        return bottom <= text.viewport().height() < bottom + 24

    qtbot.waitUntil(fits)
    assert text.verticalScrollBar().maximum() == 0


def test_fields_that_share_a_line_show_their_words_in_full(open_editor):
    words = "Trưởng phòng Quản lý khoa học, khoa Công nghệ thực phẩm và môi trường"
    editor = open_editor(make_proposal(contact_position=words))
    shown = editor.findChild(QWidget, "field:contact_position")
    assert isinstance(shown, GrowingText)
    QApplication.processEvents()
    assert not shown.verticalScrollBar().maximum()
