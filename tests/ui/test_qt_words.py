"""Qt's own dialogs speak Vietnamese: nothing in them is left in English."""

import re

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPageSetupDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCalendarWidget,
    QColorDialog,
    QComboBox,
    QDateTimeEdit,
    QFileDialog,
    QFontDialog,
    QGroupBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from ncs_desktop.ui.app import speak_vietnamese

_NAMES = re.compile(
    r"\b(PDF|HTML|PRC|JIS|ANSI|ISO|Arch\w*|Letter|Legal|Tabloid|Ledger|Executive|Folio|Quarto|"
    r"Statement|Super|Monarch|Chou|Kaku|You|Plus|Note|Pica|Didot|Cicero|Inches|Esc|Del|in|mm|cm|pt|"
    r"K|KB|MB|GB|x)\b"
)
"""Names of paper, units, formats and keys."""
_ENGLISH = re.compile(r"\b[A-Za-z]{3,}\b")
_VIETNAMESE = frozenset(
    [
        "trang",
        "trong",
        "theo",
        "hai",
        "hoa",
        "cao",
        "sao",
        "sang",
        "chi",
        "khi",
        "khay",
        "ngang",
        "nghi",
        "trang",
        "xem",
        "trung",
        "cho",
        "can",
        "gi",
        "thay",
        "in",
        "ba",
        "sau",
        "xin",
        "lam",
        "inch",
        "ghi",
        "nhanh",
        "the",
        "khung",
        "phong",
        "tin",
        "thanh",
    ]
)


@pytest.fixture
def vietnamese(qapp):
    installed = speak_vietnamese(qapp)
    assert installed
    yield
    for translator in installed:
        qapp.removeTranslator(translator)


def _texts(dialog):
    for widget in [dialog, *dialog.findChildren(QWidget)]:
        yield widget.windowTitle() if widget is dialog else ""
        yield widget.toolTip()
        if isinstance(widget, QLabel | QGroupBox) or hasattr(widget, "setCheckable"):
            yield widget.title() if isinstance(widget, QGroupBox) else widget.text()
        if isinstance(widget, QTabWidget):
            yield from (widget.tabText(index) for index in range(widget.count()))
        if isinstance(widget, QComboBox) and not _is_data(dialog, widget):
            yield from (widget.itemText(index) for index in range(widget.count()))
    yield from (action.text() for action in dialog.findChildren(QAction))


def _is_data(dialog, box):
    """Whether a box lists what is on the computer: printers, folders, systems of writing."""
    names = ("printers", "lookInCombo", "fileTypeCombo")
    return isinstance(dialog, QFontDialog) or box.objectName() in names


def english(texts):
    found = []
    for text in texts:
        plain = re.sub(r"<[^>]+>", " ", text).replace("&", "")
        words = [w for w in _ENGLISH.findall(_NAMES.sub(" ", plain)) if w.isascii()]
        if plain.isascii() and any(word.lower() not in _VIETNAMESE for word in words):
            found.append(text)
    return found


def _print_dialog():
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    return QPrintDialog(printer), printer


def _page_setup():
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    return QPageSetupDialog(printer), printer


def _file_dialog():
    made = QFileDialog()
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    made.setFileMode(QFileDialog.FileMode.AnyFile)
    return made, None


def _message():
    box = QMessageBox()
    for name in ("Ok", "Save", "SaveAll", "Open", "Yes", "No", "Abort", "Retry", "Ignore", "Close"):
        box.addButton(getattr(QMessageBox.StandardButton, name))
    for name in ("Cancel", "Discard", "Help", "Apply", "Reset", "RestoreDefaults", "YesToAll"):
        box.addButton(getattr(QMessageBox.StandardButton, name))
    return box, None


def _colours():
    made = QColorDialog()
    made.setOptions(
        QColorDialog.ColorDialogOption.DontUseNativeDialog
        | QColorDialog.ColorDialogOption.ShowAlphaChannel
    )
    return made, None


def _fonts():
    made = QFontDialog()
    made.setOption(QFontDialog.FontDialogOption.DontUseNativeDialog)
    return made, None


def _input():
    made = QInputDialog()
    made.setInputMode(QInputDialog.InputMode.IntInput)
    made.show()
    return made, None


_DIALOGS = [_print_dialog, _page_setup, _file_dialog, _message, _colours, _fonts, _input]


@pytest.mark.parametrize("make", _DIALOGS)
def test_no_english_word_is_left_in_a_dialog_of_qt(qtbot, vietnamese, make):
    dialog, _held = make()
    qtbot.addWidget(dialog)
    texts = [text for text in _texts(dialog) if text]
    assert len(texts) > 1
    assert not english(texts)


@pytest.mark.parametrize("make", [QLineEdit, QTextEdit, QDateTimeEdit, QCalendarWidget])
def test_menus_and_tips_of_controls_are_vietnamese(qtbot, vietnamese, make):
    made = make()
    made.setLocale(QLocale(QLocale.Language.Vietnamese))
    qtbot.addWidget(made)
    texts = [*_texts(made)]
    if hasattr(made, "createStandardContextMenu"):
        menu = made.createStandardContextMenu()
        qtbot.addWidget(menu)
        texts += [action.text().partition("\t")[0] for action in menu.actions()]
    assert not english(text for text in texts if text)


def test_the_words_of_printing_are_all_there(qtbot, vietnamese):
    for context, source in (
        ("QPrintDialog", "All Pages"),
        ("QPrintDialog", "Left to Right, Top to Bottom"),
        ("QPrintSettingsOutput", "Long side binding"),
        ("QPrintSettingsOutput", "Page &Set:"),
        ("QPageSetupWidget", "Pages &per sheet:"),
        ("QPageSetupWidget", "Page &order:"),
        ("QCupsJobWidget", "Scheduled &printing:"),
        ("QPageSize", "Custom"),
    ):
        assert QCoreApplication.translate(context, source) != source
