"""The order of the table: ids, titles, the rest, and lines that name nobody."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.work.ranking import rank, read_order
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


def test_a_title_twice_names_both():
    assert order("Đào tạo", "Tiêu chuẩn", "Đào tạo") == [0, 3, 2, 1]


def test_a_line_that_names_nobody_is_told():
    found = rank(TASKS, ["Khác", "Đào tạo", "Đào tạo", "Đào tạo"])
    assert found.unknown == ("Khác", "Đào tạo")
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
