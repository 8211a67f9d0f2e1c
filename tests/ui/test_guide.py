"""The guide is complete, leads only within itself, and is found without diacritics."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QLineEdit, QListWidget, QTextBrowser, QWidget

from ncs_desktop.ui.guide.chapters import guide_folder, read_chapters
from ncs_desktop.ui.guide.dialog import GuidePage, GuideWindow, show_guide

NEEDED = (
    "lap-phieu kinh-phi kiem-tra xem-truoc-va-in chot-ban-ky bo-in-ky bo-nop dot-de-xuat don-vi"
    " tong-hop doi-chieu-word trung-va-gui-lai xep-thu-tu yeu-cau-bo-sung xuat-bang sao-luu"
    " ban-phim go-tieng-viet an-toan-du-lieu khong-lam thuat-ngu"
)


@pytest.fixture
def guide(qtbot):
    made = GuideWindow()
    qtbot.addWidget(made)
    return made


def test_every_subject_has_its_chapter_and_every_link_its_target():
    chapters = {chapter.name: chapter for chapter in read_chapters()}
    assert set(NEEDED.split()) <= set(chapters)
    for chapter in chapters.values():
        assert chapter.title
        assert len(chapter.text) > 150, chapter.name
        for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", chapter.text):
            assert target.removesuffix(".md") in chapters, (chapter.name, target)


def test_the_commands_it_names_stand_in_the_window_with_these_words():
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parents[2] / "ncs_desktop" / "ui").rglob("*.py")
    ).replace("&", "")
    for chapter in read_chapters():
        for named in re.findall(r"\*\*([^*]+…)\*\*", chapter.text):
            assert f'"{named}"' in shown, (chapter.name, named)


def test_every_picture_it_shows_was_made_and_none_besides():
    asked = {
        found
        for path in guide_folder().glob("*.md")
        for found in re.findall(r"\(images/([a-z-]+\.png)\)", path.read_text(encoding="utf-8"))
    }
    assert asked == {path.name for path in (guide_folder() / "images").iterdir()}


def test_it_says_what_a_hash_does_not_do():
    text = {chapter.name: chapter.text for chapter in read_chapters()}["khong-lam"]
    assert "không chống giả mạo" in text.lower()
    assert "Không gửi mạng" in text
    assert "Không ký" in text


def test_a_picture_not_made_is_left_out(tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "co.png").write_bytes(b"x")
    text = "# Một\n\n![A](images/co.png)\n\n![B](images/khong.png)\n\nhai"
    (tmp_path / "01-mot.md").write_text(text, encoding="utf-8")
    (chapter,) = read_chapters(tmp_path)
    assert "co.png" in chapter.text
    assert "khong.png" not in chapter.text


def test_search_ignores_diacritics_and_narrows_the_contents(guide):
    chapters = guide.findChild(QListWidget, "list:chapters")
    everything = chapters.count()
    guide.findChild(QLineEdit, "guide-search").setText("phong cu")
    assert 0 < chapters.count() < everything
    page = guide.findChild(QTextBrowser, "text:guide")
    assert page.extraSelections()
    guide.findChild(QLineEdit, "guide-search").setText("không có chữ này đâu")
    assert chapters.count() == 0
    guide.findChild(QLineEdit, "guide-search").clear()
    assert chapters.count() == everything


def test_a_search_for_the_dark_look_finds_where_it_comes_from(guide):
    chapters = guide.findChild(QListWidget, "list:chapters")
    for sought in ("nền tối", "nen sang", "giao dien toi"):
        guide.findChild(QLineEdit, "guide-search").setText(sought)
        assert "Bắt đầu" in [chapters.item(row).text() for row in range(chapters.count())]


def test_links_open_chapters_and_nothing_outside(guide):
    page = guide.findChild(QTextBrowser, "text:guide")
    page.anchorClicked.emit(QUrl("kinh-phi.md"))
    assert page.toPlainText().startswith("Kinh phí")
    page.anchorClicked.emit(QUrl("https://example.org/"))
    assert page.toPlainText().startswith("Kinh phí")


def test_only_the_guides_own_pictures_are_loaded(qtbot, tmp_path):
    (tmp_path / "images").mkdir()
    QImage(900, 10, QImage.Format.Format_RGB32).save(str(tmp_path / "images" / "rong.png"))
    QImage(9, 9, QImage.Format.Format_RGB32).save(str(tmp_path / "ngoai.png"))
    page = GuidePage(tmp_path)
    qtbot.addWidget(page)
    kind = QTextDocument.ResourceType.ImageResource.value
    assert page.loadResource(kind, QUrl("images/rong.png")).width() == 620
    assert page.loadResource(kind, QUrl("images/../ngoai.png")) is None
    assert page.loadResource(kind, QUrl.fromLocalFile(str(tmp_path / "ngoai.png"))) is None


def test_the_guide_opens_once(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    first = show_guide(parent)
    assert show_guide(parent, "ban-phim") is first
    assert first.findChild(QTextBrowser, "text:guide").toPlainText().startswith("Bàn phím")
    first.close()


def test_f1_opens_the_chapter_of_the_page_that_is_shown(window, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "ncs_desktop.ui.guide.dialog.show_guide", lambda _w, name: asked.append(name)
    )
    for name in window.bar.names:
        window.show_page(name)
        window.show_guide()
    assert asked == ["bat-dau", "tong-hop", "dot-de-xuat", "don-vi", "sao-luu"]
    assert set(asked) <= {chapter.name for chapter in read_chapters()}


def test_the_folder_is_shipped():
    assert guide_folder().is_dir()
