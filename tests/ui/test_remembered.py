"""What the window remembers never leaves the screen; files go where the last one went."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QMainWindow

from ncs_desktop.ui.remembered import Folders, Remembered, documents_folder


def test_first_size_fits_the_screen(qtbot, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    Remembered(tmp_path / "ncs.sqlite").restore_window(window)
    room = window.screen().availableGeometry()
    assert window.width() == min(1280, room.width())
    assert window.height() == min(800, room.height())


def test_files_are_written_where_the_last_one_was(qtbot, services, window, tmp_path, monkeypatch):
    asked = []
    (tmp_path / "Ánh").mkdir()

    def answer(parent, title, name, kinds):
        asked.append(name)
        return tmp_path / "Ánh" / "a.zip"

    monkeypatch.setattr(services.ask, "save_file", answer)
    for _ in range(2):
        services.save_file(window, "Lưu", "b.zip", "Tệp nén (*.zip)")
    assert asked == [str(documents_folder() / "b.zip"), str(tmp_path / "Ánh" / "b.zip")]


def test_every_question_for_a_file_begins_in_the_folder_used_last(services, window, tmp_path):
    folders = [tmp_path / name for name in ("Phiếu", "Bản quét", "Hồ sơ", "Sở")]
    for folder in folders:
        folder.mkdir()
    asked = []

    def opened(parent, title, kinds, folder):
        asked.append(folder)
        return [folders[1] / "scan.pdf"]

    def chosen(parent, title, folder):
        asked.append(folder)
        return folders[3]

    def saved(parent, title, name, kinds):
        asked.append(Path(name).parent)
        return folders[0] / "phieu.docx"

    services.ask.open_files, services.ask.folder, services.ask.save_file = opened, chosen, saved
    services.save_file(window, "Lưu", "phieu.docx", "Word (*.docx)")
    services.open_files(window, "Chọn bản quét", "PDF (*.pdf)")
    services.save_folder(window, "Xuất")
    services.open_folder(window, "Nhập thư mục")
    services.save_file(window, "Lưu", "b.docx", "Word (*.docx)")
    assert asked == [documents_folder(), folders[0], folders[1], folders[3], folders[3]]


def test_folders_are_remembered_between_runs_and_forgotten_when_gone(tmp_path):
    stick = tmp_path / "USB của Ánh, bản 1"
    stick.mkdir()
    Folders(tmp_path / "ncs.sqlite").last = stick
    again = Folders(tmp_path / "ncs.sqlite")
    assert again.last == stick
    stick.rmdir()
    assert again.last == documents_folder()


def test_without_a_folder_for_documents_files_begin_at_home(tmp_path, monkeypatch):
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", lambda _place: str(tmp_path / "Documents")
    )
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert Folders(tmp_path / "ncs.sqlite").last == tmp_path
    (tmp_path / "Documents").mkdir()
    assert Folders(tmp_path / "ncs.sqlite").last == tmp_path / "Documents"
