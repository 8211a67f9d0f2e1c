"""A file kept beside an empty phiếu: told as such everywhere, taken back, kept after a restart."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.collect.test_officer_day import click, dialog, drop, settled
from tests.work.test_collect import put


@pytest.fixture
def refused(qtbot, page, tmp_path):
    """The page with a scan of which nothing can be read, its line chosen."""
    drop(page, put(tmp_path, "phiếu ký.pdf", b"%PDF-1.4 scan"))
    settled(qtbot, page)
    page.tabs.setCurrentWidget(page.files)
    page.files.list.setCurrentCell(0, 0)
    return page


def test_what_is_kept_is_no_reading_from_word_and_its_name_is_not_sure(qtbot, refused):
    page = refused
    click(page, "keep-file")
    settled(qtbot, page)
    assert page.pending.text.text() == "1 phiếu trống kèm tệp cần gõ theo bản gốc."
    page.bar.commands["export-table"].trigger()
    opened = dialog(qtbot, page, "dialog:output")
    assert opened.findChild(QWidget, "notice:doubtful") is None
    told = opened.findChild(QWidget, "notice:blank").text
    assert told.startswith("1 phiếu trống lập để giữ tệp, chưa gõ theo bản gốc: «phiếu ký».")
    opened.reject()
    page.files.list.setCurrentCell(0, 0)
    click(page, "review")
    review = dialog(qtbot, page, "dialog:review")
    fields = review.fields
    told = {fields.key(row): fields.item(row).text() for row in range(fields.count())}
    assert told["title"].startswith("▲")
    assert "Lấy từ tên tệp" in told["title"]
    assert "Lấy theo đợt" in told["plan_year"]
    review.reject()


def test_keeping_a_file_is_taken_back_into_the_bin(qtbot, refused):
    page = refused
    click(page, "keep-file")
    settled(qtbot, page)
    assert page.notice.text.startswith("Đã giữ tệp «phiếu ký.pdf»")
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.desk.deeds.take_back()
    assert page.model.total_count == 0


def test_a_file_of_an_earlier_import_is_kept_too(qtbot, refused, restarted, tmp_path):
    again = restarted()
    qtbot.waitUntil(lambda: again.files.list.rowCount() == 1, timeout=20_000)
    again.files.list.setCurrentCell(0, 0)
    assert again.files.keep.isEnabled()
    click(again, "keep-file")
    settled(qtbot, again)
    assert [entry.title for entry in again.model.shown_entries()] == ["phiếu ký"]


def test_where_the_place_of_a_file_is_not_known_the_button_says_why(
    qtbot, refused, restarted, ask_store
):
    call = refused.desk.call
    ask_store(lambda store: store.set_setting(f"desk_paths:{call}", None))
    again = restarted()
    qtbot.waitUntil(lambda: again.files.list.rowCount() == 1, timeout=20_000)
    again.files.list.setCurrentCell(0, 0)
    assert not again.files.keep.isEnabled()
    assert "không rõ nằm ở đâu" in again.files.keep.toolTip()


def test_a_file_no_longer_at_its_place_is_told_when_it_is_to_be_kept(
    qtbot, refused, restarted, tmp_path, services
):
    again = restarted()
    qtbot.waitUntil(lambda: again.files.list.rowCount() == 1, timeout=20_000)
    again.files.list.setCurrentCell(0, 0)
    (tmp_path / "phiếu ký.pdf").unlink()
    with qtbot.waitSignal(again.failed, timeout=20_000) as told:
        click(again, "keep-file")
    assert services.sentence(told.args[0]).startswith("Không tìm thấy «")
    qtbot.waitUntil(lambda: not again.files.keep.isEnabled(), timeout=5_000)
    again.files.list.setCurrentCell(0, 0)
    assert not again.files.keep.isEnabled()
    assert "không còn ở chỗ cũ" in again.files.keep.toolTip()
