"""Who did what: the name is asked once and stands in the trail."""

from tests.ui.collect.test_officer_day import drop, settled
from tests.work.test_collect import put, task


def test_the_name_is_asked_until_it_is_told_and_stands_in_the_trail(
    qtbot,
    page,
    tmp_path,
    ask_store,
):
    assert page.name.isVisible()
    page.name.edit.setText("  ")
    page.name.keep.click()
    assert page.name.isVisible()
    page.name.edit.setText("Trần Thị  Bình")
    with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
        page.name.keep.click()
    assert not page.name.isVisible()
    drop(page, put(tmp_path, "1.json", task(1)))
    settled(qtbot, page)
    assert {row.who for row in ask_store(lambda store: store.desk.trail())} == {"Trần Thị Bình"}


def test_another_name_stands_in_the_trail_with_the_one_before(qtbot, page, ask_store):
    for name in ("Trần Thị Bình", "Lê Văn Cường", "Lê Văn Cường"):
        with qtbot.waitSignal(page.desk.loaded, timeout=20_000):
            page.desk.set_who(name)
        qtbot.waitUntil(lambda name=name: page.desk.data.who == name, timeout=20_000)
    found = ask_store(lambda store: store.desk.trail())
    assert [
        (row.action, row.who, row.detail["who"], row.detail["earlier_who"]) for row in found
    ] == [
        ("officer", "Trần Thị Bình", "Trần Thị Bình", ""),
        ("officer", "Trần Thị Bình", "Lê Văn Cường", "Trần Thị Bình"),
    ]
