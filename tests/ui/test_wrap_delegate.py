"""A line of a list is as tall as its words: nothing cut off, no empty line around them."""

import pytest
from PySide6.QtGui import QIcon, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyleOptionViewItem

from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

WORDS = (
    "Cảnh báo: Mục Cam kết của tổ chức, doanh nghiệp: cam kết thứ 1 đánh dấu «Đối ứng kinh phí»"
    " nhưng chưa ghi số tiền đối ứng; hãy ghi số tiền, hoặc bỏ đánh dấu."
)


def painted(delegate, shown, index):
    """Return how tall the words are where Qt paints them."""
    option = QStyleOptionViewItem()
    delegate.initStyleOption(option, index)
    option.rect = shown.visualRect(index)
    option.rect.setHeight(10_000)
    style = shown.style()
    room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, shown)
    margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, shown) + 1
    layout = QTextLayout(WORDS, shown.font())
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    lines = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room.width() - 2 * margin)
        lines += 1
    layout.endLayout()
    return lines * shown.fontMetrics().lineSpacing()


@pytest.mark.parametrize("pictured", [False, True])
def test_a_line_is_as_tall_as_its_words_at_every_width(qtbot, pictured):
    shown = QListWidget()
    qtbot.addWidget(shown)
    delegate = WrapDelegate(shown)
    shown.setItemDelegate(delegate)
    item = QListWidgetItem(WORDS)
    if pictured:
        picture = QPixmap(16, 16)
        picture.fill()
        item.setIcon(QIcon(picture))
    shown.addItem(item)
    shown.show()
    index = shown.indexFromItem(item)
    for width in range(220, 520, 3):
        shown.resize(width, 300)
        shown.doItemsLayout()
        option = QStyleOptionViewItem()
        delegate.initStyleOption(option, index)
        option.decorationSize = (
            shown.iconSize() if shown.iconSize().isValid() else option.decorationSize
        )
        words = delegate.sizeHint(option, index).height() - 10
        assert (
            abs(words - painted(delegate, shown, index)) < shown.fontMetrics().lineSpacing() / 2
        ), width
    shown.close()
