"""Qt's own file dialog, shown where the desktop has none: no English word in it."""

import re
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QListView,
    QPushButton,
    QToolButton,
    QTreeView,
)

from ncs_desktop.ui.ask import Ask, file_dialog

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


@pytest.fixture
def not_native(qapp):
    attribute = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    qapp.setAttribute(attribute)
    yield
    qapp.setAttribute(attribute, False)


def test_no_word_of_a_file_is_cut(qtbot, tmp_path, not_native, themed):
    for name in ("Phiếu đã ký.pdf", "Công văn đã ký trang 1.jpg", "Bảng tổng hợp.docx"):
        (tmp_path / name).write_bytes(b"a" * 64_999)
    dialog = file_dialog(None, "Mở", tmp_path, "Mọi tệp (*)")
    qtbot.addWidget(dialog)
    dialog.show()
    tree = dialog.findChild(QTreeView)
    qtbot.waitUntil(lambda: tree.model().rowCount(tree.rootIndex()) == 3)
    header = tree.header()
    for column in (1, 2, 3):
        wanted = max(tree.sizeHintForColumn(column), header.sectionSizeHint(column))
        assert header.sectionSize(column) >= wanted, column
    assert header.length() <= tree.viewport().width()
    side = dialog.findChild(QListView, "sidebar")
    assert side.horizontalScrollBar().maximum() == 0


def test_what_is_chosen_comes_back(qtbot, tmp_path, not_native):
    (tmp_path / "Phiếu 1.json").write_text("{}", encoding="utf-8")

    def answer(accept):
        dialog = QApplication.activeModalWidget()
        (dialog.accept if accept else dialog.reject)()

    def ask(accept, question, *arguments):
        QTimer.singleShot(100, partial(answer, accept))
        return question(None, "Hỏi", *arguments)

    kinds = "Phiếu (*.json)"
    assert ask(True, Ask().save_file, str(tmp_path / "Phiếu 2.json"), kinds) == (
        tmp_path / "Phiếu 2.json"
    )
    assert ask(False, Ask().save_file, str(tmp_path / "Phiếu 2.json"), kinds) is None
    assert ask(True, Ask().folder, tmp_path) == tmp_path
    assert ask(False, Ask().open_files, kinds, tmp_path) == []
