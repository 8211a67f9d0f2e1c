"""One clerk, one phiếu, only the window: new, fill, check, preview, export, bundle, verify."""

import tomllib
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from ncs_desktop.domain.findings import count_errors
from ncs_desktop.work.bundling import verify_bundle
from tests.ui.conftest import type_text

PROJECT = Path(__file__).resolve().parents[2]
TEXTS = tomllib.loads((PROJECT / "packaging" / "job_texts.toml").read_text(encoding="utf-8"))


def _child(parent, kind, name):
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def _dialog(qtbot, window, name):
    qtbot.waitUntil(lambda: window.findChild(QDialog, name) is not None)
    return window.findChild(QDialog, name)


def _begin(qtbot, window):
    window.proposals.welcome.findChild(QPushButton, "button:start-new").click()
    dialog = _dialog(qtbot, window, "dialog:new")
    calls = dialog.findChild(QListWidget)
    for row in range(calls.count()):
        if calls.item(row).data(Qt.ItemDataRole.UserRole) == "an-giang-2026":
            calls.setCurrentRow(row)
    dialog.accept()
    qtbot.waitUntil(lambda: window.editor is not None)
    return window.editor


def _fill(editor):
    for key, text in TEXTS.items():
        type_text(_child(editor, QWidget, f"field:{key}"), text)
    for key, answer in (("proposer_kind", "organization"), ("task_kind", "training")):
        box = _child(editor, QComboBox, f"field:{key}")
        box.setCurrentIndex(box.findData(answer))
        box.activated.emit(box.currentIndex())
    _child(editor, QWidget, "field:priorities").findChildren(QCheckBox)[3].click()


def test_whole_job_in_the_window(qtbot, window, services, tmp_path):
    editor = _begin(qtbot, window)
    _fill(editor)
    editor.head.commands["check"].trigger()
    with qtbot.waitSignal(editor.checker.checked):
        editor.checker.run()
    errors = [f for f in editor.checker.findings if f.severity == "error" and f.waived is None]
    assert errors == []
    assert editor.session.proposal.budget.counterpart == 1_950_000_000
    with qtbot.waitSignal(editor.preview.laid_out, timeout=20_000):
        editor.head.commands["preview"].trigger()
    assert editor.preview.page_count >= 2

    folder = tmp_path / "Hồ sơ nộp"
    editor.head.commands["export"].trigger()
    dialog = _dialog(qtbot, window, "dialog:export")
    _child(dialog, QLineEdit, "field:folder").setText(str(folder))
    dialog.accept()
    qtbot.waitUntil(lambda: "Đã ghi" in editor.notice.text, timeout=20_000)
    assert {path.suffix for path in folder.iterdir()} == {".docx", ".pdf"}
    shown = []
    services.open_path = shown.append
    editor.papers.wrote.emit("Đã ghi", sorted(folder.iterdir()))
    for text in ("Mở tệp", "Mở thư mục"):
        buttons = editor.notice.findChildren(QPushButton)
        next(made for made in buttons[::-1] if made.text() == text).click()
    assert shown == [min(folder.iterdir()), folder]
    assert services.folders.last == folder

    target = tmp_path / "bộ nộp.zip"
    services.ask.target = target
    editor.head.commands["bundle"].trigger()
    assistant = _dialog(qtbot, window, "dialog:bundle")
    type_text(_child(assistant, QLineEdit, "field:sender.signer_name"), "Trần Văn Ánh")
    with qtbot.waitSignal(assistant.frozen, timeout=30_000):
        _child(assistant, QPushButton, "button:make").click()
    assert "An Giang" in _child(assistant, QLabel, "label:hand-over").text()
    verified = verify_bundle(target.read_bytes(), target.name, services.catalog)
    assert list(verified.differences) == []
    _child(assistant, QPushButton, "button:open-file").click()
    assert shown[-1] == target
    assistant.reject()
    code = editor.session.proposal.control_code()
    assert code in _child(editor, QLabel, "label:control-code").text()
    window.show_page("proposals")
    qtbot.waitUntil(lambda: window.proposals.model.rowCount() == 1)
    assert count_errors(editor.checker.findings) == 0


def test_bundle_with_errors_asks_for_a_reason(qtbot, window, services, tmp_path):
    editor = _begin(qtbot, window)
    services.ask.target = tmp_path / "thiếu.zip"
    editor.head.commands["bundle"].trigger()
    assistant = _dialog(qtbot, window, "dialog:bundle")
    make = _child(assistant, QPushButton, "button:make")
    make.click()
    qtbot.waitUntil(lambda: "lỗi" in assistant.notice.text, timeout=20_000)
    assert not services.ask.target.exists()
    type_text(_child(assistant, QWidget, "field:reason"), "Nộp trước, bổ sung sau")
    make.click()
    qtbot.waitUntil(services.ask.target.exists, timeout=20_000)
    qtbot.waitUntil(make.isHidden, timeout=20_000)
    assistant.reject()


def test_print_set_is_one_pdf(qtbot, window, services, tmp_path):
    editor = _begin(qtbot, window)
    _fill(editor)
    services.ask.target = tmp_path / "bộ in.pdf"
    editor.head.commands["print-set"].trigger()
    assistant = _dialog(qtbot, window, "dialog:print-set")
    _child(assistant, QPushButton, "button:make").click()
    qtbot.waitUntil(lambda: "Đã lập bộ in ký" in assistant.notice.text, timeout=20_000)
    assert services.ask.target.read_bytes().startswith(b"%PDF")
    assistant.reject()
