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


def test_folders_are_remembered_between_runs_and_forgotten_when_gone(tmp_path):
    stick = tmp_path / "USB của Ánh, bản 1"
    stick.mkdir()
    Folders(tmp_path / "ncs.sqlite").opened = stick
    again = Folders(tmp_path / "ncs.sqlite")
    assert again.opened == stick
    assert again.written == documents_folder()
    stick.rmdir()
    assert again.opened == documents_folder()


def test_without_a_folder_for_documents_files_begin_at_home(tmp_path, monkeypatch):
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", lambda _place: str(tmp_path / "Documents")
    )
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert Folders(tmp_path / "ncs.sqlite").written == tmp_path
    (tmp_path / "Documents").mkdir()
    assert Folders(tmp_path / "ncs.sqlite").written == tmp_path / "Documents"
