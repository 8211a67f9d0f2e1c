"""Text of the source and lines without a place are dragged onto the section they belong to."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QTextCursor

from ncs_desktop.ui.collect.jobs import SourceReading
from ncs_desktop.ui.collect.review_dialog import ReviewDialog
from tests.ui.collect.test_officer_day import CALL
from tests.ui.conftest import NOW
from tests.work.test_collect import task

SOURCE = "Câu đầu. Hạn chế của thiết bị cũ. Câu cuối."
MARKED = "Hạn chế của thiết bị cũ."


@pytest.fixture
def review(qtbot, open_store, services):
    from ncs_desktop.domain.desk import Act

    reading = SourceReading("a.docx", task(1), SOURCE, (), ("Chữ lạc.",))
    made = ReviewDialog(services, (CALL, "r"), reading, Act("", NOW))
    qtbot.addWidget(made)
    made.show()
    return made


def mark(review):
    cursor = review.source.text.textCursor()
    start = SOURCE.index(MARKED)
    cursor.setPosition(start)
    cursor.setPosition(start + len(MARKED), QTextCursor.MoveMode.KeepAnchor)
    review.source.text.setTextCursor(cursor)


def drag(review, data, key):
    """Drag onto a section as the mouse does; return whether every step was taken."""
    fields = review.fields
    row = next(row for row in range(fields.count()) if fields.key(row) == key)
    fields.scrollToItem(fields.item(row))
    at = fields.visualItemRect(fields.item(row)).center()
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    rest = (actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter, move = QDragMoveEvent(QPointF(at), *rest), QDragMoveEvent(QPointF(at), *rest)
    enter.ignore()
    move.ignore()
    fields.dragEnterEvent(enter)
    fields.dragMoveEvent(move)
    taken = enter.isAccepted() and move.isAccepted()
    if taken:
        assert fields._aimed is fields.item(row)
        fields.dropEvent(QDropEvent(QPointF(at), *rest))
        assert fields._aimed is None
    return taken


def test_marked_text_of_the_source_falls_into_the_section(review):
    mark(review)
    review.unplaced.itemClicked.emit(review.unplaced.item(0))
    data = QMimeData()
    data.setText(MARKED)
    assert drag(review, data, "urgency")
    assert MARKED in review.proposal.plain("urgency")
    assert review.unplaced.count() == 1


def test_a_line_without_place_falls_into_the_section_although_text_is_marked(review):
    mark(review)
    data = review.unplaced.model().mimeData([review.unplaced.model().index(0, 0)])
    assert drag(review, data, "urgency")
    assert "Chữ lạc." in review.proposal.plain("urgency")
    assert MARKED not in review.proposal.plain("urgency")
    assert review.unplaced.count() == 0


def test_a_file_is_no_text_of_a_section(review):
    data = QMimeData()
    data.setUrls(["file:///a.docx"])
    assert not drag(review, data, "urgency")
