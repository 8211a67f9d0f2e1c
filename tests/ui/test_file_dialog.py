"""Qt's own file dialog, shown where the desktop has none: no English word in it."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QToolButton, QTreeView

_ENGLISH = re.compile(
    r"\b(look|in|files?|of|type|name|open|save|cancel|choose|directory|folder|back|forward"
    r"|parent|create|list|detail|view|size|kind|date|modified|delete|rename|show|hidden|as)\b",
    re.IGNORECASE,
)


def _texts(dialog):
    yield dialog.windowTitle()
    for kind in (QLabel, QPushButton):
        yield from (shown.text() for shown in dialog.findChildren(kind))
    yield from (made.toolTip() for made in dialog.findChildren(QToolButton))
    yield from (action.text() for action in dialog.findChildren(QAction))
    for tree in dialog.findChildren(QTreeView):
        model = tree.model()
        for column in range(model.columnCount()):
            yield str(model.headerData(column, Qt.Orientation.Horizontal))


@pytest.mark.parametrize("accepting", list(QFileDialog.AcceptMode))
@pytest.mark.parametrize("mode", [QFileDialog.FileMode.AnyFile, QFileDialog.FileMode.Directory])
def test_every_word_is_vietnamese(qtbot, tmp_path, accepting, mode):
    dialog = QFileDialog(None, "", str(tmp_path), "PDF (*.pdf)")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.setAcceptMode(accepting)
    dialog.setFileMode(mode)
    dialog.show()
    texts = [text.replace("&", "") for text in _texts(dialog)]
    assert any("Loại tệp" in text for text in texts)
    assert [text for text in texts if _ENGLISH.search(text)] == []
