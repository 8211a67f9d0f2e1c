"""The order of the table: ids, titles, the rest, and lines that name nobody."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.work.ranking import Doubt, rank, read_order
from tests.factories import make_proposal

TASKS = tuple(
    replace(make_proposal(title=title), id=str(UUID(int=number)))
    for number, title in enumerate(("Đào tạo", "Mô hình điểm", "Đào tạo", "Tiêu chuẩn"))
)


def order(*lines):
    return [UUID(item.id).int for item in rank(TASKS, lines).proposals]


def test_without_an_order_they_stand_as_they_came():
    assert order() == [0, 1, 2, 3]


def test_ids_and_titles_in_any_spelling_come_first():
    assert order(TASKS[3].id.upper(), "2. mo hinh DIEM") == [3, 1, 0, 2]
    assert order(f"1) {TASKS[2].id}") == [2, 0, 1, 3]


def test_a_title_of_several_proposals_places_none_and_is_told():
    found = rank(TASKS, ["Tiêu chuẩn", "1. Đào tạo"])
    assert [UUID(item.id).int for item in found.proposals] == [3, 0, 1, 2]
    assert found.doubts == (Doubt("1. Đào tạo", 2),)


def test_a_title_spelt_letter_for_letter_is_meant_before_one_that_sounds_so():
    first, second = make_proposal(title="Giống bò"), make_proposal(title="Giống bơ")
    pair = [first, replace(second, id=TASKS[1].id)]
    assert rank(pair, ["Giống bơ"]).proposals == (pair[1], pair[0])
    assert rank(pair, ["giong bo"]).doubts == (Doubt("giong bo", 2),)


def test_a_line_that_names_nobody_or_again_is_told():
    found = rank(TASKS, ["Khác", "Tiêu chuẩn", "tieu chuan"])
    assert found.doubts == (Doubt("Khác", 0), Doubt("tieu chuan", 1))
    assert len(found.proposals) == 4


@given(st.lists(st.sampled_from([item.id for item in TASKS] + ["x", "1. Tiêu chuẩn"])))
def test_nothing_is_lost_or_doubled(lines):
    assert sorted(order(*lines)) == [0, 1, 2, 3]


def test_an_order_file_is_text_with_one_line_each(tmp_path):
    path = tmp_path / "thứ tự.txt"
    path.write_text("\ufeffĐào tạo\r\n\r\n  Mô hình điểm \n", encoding="utf-8")
    assert read_order(path) == ("Đào tạo", "Mô hình điểm")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputProblem) as caught:
        read_order(path)
    assert caught.value.code == "collect.order_not_text"
