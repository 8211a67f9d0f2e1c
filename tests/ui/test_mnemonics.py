"""Alt and a letter: everything in sight that can be pressed has a letter, and none twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ncs_desktop.ui.bundle.scans_dialog import ScansDialog
from ncs_desktop.ui.history.dialog import HistoryDialog
from ncs_desktop.ui.mnemonics import Mnemonics, Rank, give, in_reach, share
from tests.factories import make_proposal
from tests.ui.conftest import bring_forward
from tests.ui.test_access import COMMITMENT, open_dialogs
from tests.ui.test_history import Source


def unreached(window):
    """Return what in sight of ``window`` no key reaches, or a letter that something else has."""
    give(window)
    seen = {}
    for command in in_reach(window):
        if command.letter or not command.keyed:
            seen.setdefault(command.letter, set()).add(command.plain)
    return [words for letter, words in seen.items() if not letter or len(words) > 1]


@pytest.mark.parametrize("name", ["proposals", "collect", "calls", "profile", "settings"])
def test_every_command_of_a_page_has_its_own_letter(window, name):
    window.show_page(name)
    assert len(in_reach(window)) >= 5
    assert unreached(window) == []


def test_every_command_of_the_editor_has_its_own_letter(window, open_editor):
    editor = open_editor(make_proposal(commitments=[COMMITMENT]))
    editor.notice.say("Đã xóa một dòng.", actions=(("Hoàn tác", print),))
    assert unreached(window) == []


def test_every_command_of_a_dialog_has_its_own_letter(qtbot, services, window, catalog):
    for dialog in open_dialogs(services, window, catalog):
        dialog.show()
        assert unreached(dialog) == [], dialog.objectName()
        dialog.close()


def pages_of(window):
    return {one.plain: one.letter for one in in_reach(window) if one.rank is Rank.PAGE}


def test_the_pages_keep_their_letters_whatever_is_in_sight(window, open_editor):
    give(window)
    first = pages_of(window)
    assert len(set(first.values())) == len(first) == 5
    assert "" not in first.values()
    for name in ("collect", "calls", "profile", "settings", "proposals"):
        window.show_page(name)
        give(window)
        assert pages_of(window) == first, name
    open_editor(make_proposal(commitments=[COMMITMENT]))
    give(window)
    assert pages_of(window) == first


def test_a_text_keeps_its_letter_wherever_it_comes_up_again(dialog):
    first = add(dialog, "Chốt bản ký")
    dialog.show()
    give(dialog)
    letter = first.text()
    first.hide()
    add(dialog, "Cho xem").show()
    give(dialog)
    again = add(dialog, "Chốt bản ký")
    again.show()
    give(dialog)
    assert again.text() == letter


def test_a_letter_stays_with_its_control_whatever_comes_and_goes_and_whatever_it_counts(dialog):
    go = add(dialog, "Đến chỗ tiếp")
    uneven = add(dialog, "Xem 8 phiếu lệch")
    dialog.show()
    give(dialog)
    letters = [made.text()[made.text().index("&") + 1] for made in (go, uneven)]
    go.hide()
    for count in range(30):  # every letter leads somewhere else meanwhile
        made = add(dialog, f"Abc def ghi {count}")
        made.show()
        give(dialog)
        made.hide()
    go.show()
    uneven.setText("Xem 7 phiếu lệch")
    give(dialog)
    assert [made.text()[made.text().index("&") + 1] for made in (go, uneven)] == letters


def letters_of(window):
    """Return the letters of the commands in sight, by the words before any count."""
    give(window)
    return {one.plain.split(" (")[0]: one.letter for one in in_reach(window) if one.letter}


def test_on_the_officers_page_no_letter_changes_whatever_is_looked_at(qtbot, window, tmp_path):
    from tests.ui.collect.test_officer_day import numbered, take_in

    window.resize(1280, 900)
    window.show_page("collect")
    page = window.findChild(QWidget, "page:collect")
    qtbot.waitUntil(lambda: bool(page.desk.data.call), timeout=10_000)
    seen = letters_of(window)
    alike = {"title": "Mô hình điểm lúa", "proposer_name": "A"}
    take_in(qtbot, page, tmp_path, {**numbered(1, 2), **numbered(8, 9, **alike)})
    changed = []
    for step in range(12):
        page.tabs.setCurrentIndex(step % 4)
        page.panel.setCurrentIndex(step % 3)
        page.bar.commands["detail"].setChecked(step % 5 != 0)
        if step % 2:
            page.notice.say("Đã ghi.", actions=(("Hoàn tác", print),))
        else:
            page.notice.clear()
        found = letters_of(window)
        changed += [
            (step, key, seen[key], new) for key, new in found.items() if seen.get(key, new) != new
        ]
        seen |= found
    assert changed == []


@pytest.mark.parametrize(
    ("done", "undo"),
    [("Xác nhận đã xem", "Bỏ xác nhận"), ("Chốt bản ký…", "Bỏ chốt…"), ("Ba", "Bỏ ba")],
)
def test_a_letter_never_leads_next_to_what_undoes_it(dialog, done, undo):
    one = add(dialog, done)
    dialog.show()
    give(dialog)
    before = one.text()[one.text().index("&") + 1].lower()
    one.setText(undo)
    give(dialog)
    assert f"&{before}" not in one.text().lower()
    assert "&" in one.text()


@pytest.fixture
def dialog(qtbot):
    made = QDialog()
    made.column = QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def add(dialog, text):
    made = QPushButton(text)
    dialog.column.addWidget(made)
    return made


def test_letters_move_where_only_that_gives_everyone_one():
    assert share(["ab", "a"], set()) == ["b", "a"]
    assert share(["a", "a"], set()) == ["a", ""]
    assert share(["ab"], {"a"}) == ["b"]


@given(st.lists(st.text("abcđ", max_size=4), max_size=6), st.sets(st.sampled_from("abc")))
def test_no_letter_is_given_twice_or_against_a_wish(wishes, taken):
    pairs = list(zip(share(wishes, taken), wishes, strict=True))
    letters = [letter for letter, _wished in pairs if letter]
    assert len(letters) == len(set(letters))
    assert not taken & set(letters)
    assert all(letter in wished for letter, wished in pairs if letter)


def test_a_letter_stays_while_others_come_and_go_and_accents_are_never_marked(dialog):
    close, save = add(dialog, "Đóng"), add(dialog, "Lưu ở đây")
    dialog.show()
    give(dialog)
    first = close.text(), save.text()
    assert first == ("Đó&ng", "&Lưu ở đây")
    late = add(dialog, "&Lùi lại, A && B")
    late.show()
    give(dialog)
    assert (close.text(), save.text()) == first
    save.hide()
    give(dialog)
    assert close.text() == "Đó&ng"


def test_the_same_words_at_several_lines_share_a_letter(dialog):
    rows = [add(dialog, "Bỏ") for _ in range(3)]
    other = add(dialog, "Bộ in")
    dialog.show()
    give(dialog)
    assert [row.text() for row in rows] == ["&Bỏ"] * 3
    assert other.text() == "Bộ &in"


def test_the_same_words_twice_have_letters_of_their_own_where_there_are_enough(dialog):
    rows = [add(dialog, "Sửa đợt") for _ in range(2)]
    dialog.show()
    give(dialog)
    assert [row.text() for row in rows] == ["&Sửa đợt", "Sử&a đợt"]


def test_names_of_fields_get_letters_only_where_there_are_enough(dialog):
    labels = []
    for text in ("Tên", "Nét", "Ten", "Tết n"):
        line, name = QLineEdit(), QLabel(text)
        name.setBuddy(line)
        dialog.column.addWidget(name)
        dialog.column.addWidget(line)
        labels.append(name)
    dialog.show()
    give(dialog)
    assert [name.text() for name in labels] == ["Tên", "Nét", "Ten", "Tết n"]
    for name in labels[2:]:
        name.hide()
    give(dialog)
    assert [name.text() for name in labels[:2]] == ["&Tên", "&Nét"]


def test_alt_gives_letters_to_what_changed_and_the_letter_presses_it(qtbot, qapp, dialog):
    letters = Mnemonics(qapp)
    pressed = []
    made = add(dialog, "Bắt đầu")
    made.clicked.connect(lambda: pressed.append(made.text()))
    dialog.show()
    bring_forward(qtbot, dialog)
    qtbot.waitUntil(lambda: made.text() == "&Bắt đầu")
    made.setText("Xong")
    QTest.keyPress(dialog.windowHandle(), Qt.Key.Key_Alt)
    assert made.text() == "&Xong"
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: pressed == ["&Xong"])
    letters.deleteLater()


def test_every_command_of_the_versions_and_the_scans_has_its_own_letter(qtbot, services):
    now = make_proposal(title="Đào tạo 200 lượt cán bộ")
    before = now.with_value("title", "Đào tạo 150 lượt cán bộ")
    holder = QDialog()
    qtbot.addWidget(holder)
    dialogs = HistoryDialog(Source(now, {"2": now, "1": before})), ScansDialog(services, [now])
    for dialog in dialogs:
        dialog.setParent(holder, Qt.WindowType.Dialog)
        dialog.show()
        assert in_reach(dialog)
        assert unreached(dialog) == [], dialog.objectName()
        dialog.close()
