from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.blocks import blocks_from_text, blocks_from_value
from ncs_desktop.domain.json_tree import EMPTY, freeze
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.summary import CONDENSED_LENGTH, build_summary, condense
from tests.factories import make_call, make_form, make_proposal

PROPOSALS = st.lists(st.tuples(*(st.none() | st.integers(0, 10**13) for _ in range(3))), max_size=8)


def budget_values(total, state, counterpart):
    return make_proposal(
        budget=freeze({"total": total, "state_budget": state, "counterpart": counterpart})
    )


def test_rows_stand_in_the_given_order_with_ranks_from_one():
    titles = ["Hai", "Một", "Ba"]
    table = build_summary([make_proposal(title=t) for t in titles], make_call(), make_form())
    assert [(row.rank, row.text("title")) for row in table.rows] == [
        (1, "Hai"),
        (2, "Một"),
        (3, "Ba"),
    ]


def test_texts_come_from_the_summary_fields_where_they_are_written():
    proposal = make_proposal(
        summary_objectives="Mục tiêu gọn", summary_duration="24 tháng", summary_note="Mô hình điểm"
    )
    row = build_summary([proposal], make_call(), make_form()).rows[0]
    assert row.text("objectives") == "Mục tiêu gọn"
    assert row.text("duration") == "24 tháng"
    assert row.text("note") == "Mô hình điểm"
    assert row.text("contents") == proposal.text("contents")
    assert row.text("lead_organization") == proposal.text("lead_organization")
    assert row.condensed == ()


def test_a_long_section_is_condensed_and_says_so():
    long = "\n".join(f"- Nội dung thứ {number} của nhiệm vụ;" for number in range(100))
    row = build_summary([make_proposal(contents=long)], make_call(), make_form()).rows[0]
    assert row.condensed == ("contents",)
    assert row.text("contents").endswith("… (rút gọn từ phiếu)")
    assert row.text("contents").startswith("- Nội dung thứ 0 của nhiệm vụ;\n- Nội dung thứ 1")


def test_derived_amounts_count_and_unknown_ones_are_told():
    full = budget_values(10, 4, None)
    unknown = budget_values(None, 5, None)
    table = build_summary([full, unknown], make_call(), make_form())
    assert table.rows[0].budget == Budget(10, 4, 6)
    assert table.total == Budget(10, 9, 6)
    assert table.incomplete == 1


@given(PROPOSALS)
def test_totals_are_the_sums_of_the_rows(amounts):
    table = build_summary([budget_values(*row) for row in amounts], make_call(), make_form())
    for name in ("total", "state_budget", "counterpart"):
        shown = [getattr(row.budget, name) for row in table.rows]
        assert getattr(table.total, name) == sum(amount or 0 for amount in shown)


def test_verb_and_year_come_from_the_call():
    call = replace(make_call(plan_year=2027), phrases=EMPTY)
    assert build_summary([], call, make_form()).verb == "bắt đầu thực hiện từ năm 2027"
    call = replace(call, phrases=freeze({"verb": "dự kiến thực hiện từ năm 2027"}))
    assert build_summary([], call, make_form()).verb == "dự kiến thực hiện từ năm 2027"


def test_short_section_is_taken_whole_without_blank_lines():
    found = condense(blocks_from_text("Một \n\n- Hai;\n+ Ba."))
    assert found.text == "Một\n- Hai;\n+ Ba."
    assert not found.condensed


def test_rows_of_a_table_become_lines_without_the_heading():
    value = freeze(
        [
            {
                "type": "table",
                "header_rows": 1,
                "rows": [
                    ["TT", "Sản phẩm", "Số lượng", "Yêu cầu"],
                    ["1", "Mô hình điểm", "05", "Được chứng nhận"],
                    ["2.", "Bộ tài liệu", "", "Nghiệm thu"],
                    ["Hội thảo", "02"],
                ],
            }
        ]
    )
    assert condense(blocks_from_value(value)).text.split("\n") == [
        "Mô hình điểm: 05; Được chứng nhận",
        "Bộ tài liệu: Nghiệm thu",
        "Hội thảo: 02",
    ]


def table_lines(*rows):
    value = [{"type": "table", "header_rows": 0, "rows": [list(row) for row in rows]}]
    return condense(blocks_from_value(freeze(value))).text.split("\n")


def test_a_pasted_list_of_products_is_told_as_a_person_would():
    assert table_lines(
        ("STT", "Tên sản phẩm", "Đơn vị", "Số lượng", "Yêu cầu"),
        ("1", "Mô hình điểm áp dụng tích hợp", "mô hình", "5", ""),
        ("2", "Cán bộ được đào tạo", "người", "100", "Có chứng nhận"),
        ("3", "Bộ tài liệu", "", "", ""),
    ) == [
        "Mô hình điểm áp dụng tích hợp (5 mô hình)",
        "Cán bộ được đào tạo (100 người): Có chứng nhận",
        "Bộ tài liệu",
    ]


def test_a_table_whose_columns_are_not_known_keeps_every_word_but_heading_and_numbers():
    assert table_lines(("TT", "Việc", "Nơi"), ("1.", "Khảo sát", "Long Xuyên")) == [
        "Khảo sát: Long Xuyên"
    ]
    assert table_lines(("2026", "500"), ("2027", "700")) == ["2026: 500", "2027: 700"]
    assert table_lines(("STT", "Tên")) == ["STT: Tên"]


def test_a_single_long_paragraph_keeps_its_first_sentences():
    sentence = "Mục tiêu thứ nhất là tăng năng suất lao động thêm 12%."
    found = condense(blocks_from_text(" ".join([sentence] * 30)))
    assert found.condensed
    assert found.text.startswith(sentence)
    assert found.text.endswith("12%…")


@given(st.lists(st.text("aàb cdđ.;-\n", max_size=80), max_size=20).map(" ".join))
def test_condensing_never_cuts_a_word(text):
    found = condense(blocks_from_text(text), 60)
    assert set(found.text.replace("…", " ").split()) <= {
        part for word in text.split() for part in (word, word.rstrip(" .;,:…"))
    }
    assert found.condensed == found.text.endswith("…")


@pytest.mark.parametrize("length", [1, 59, 61, 5000])
def test_one_endless_word_stays_whole(length):
    assert condense(blocks_from_text("x" * length), 60).text.rstrip("…") == "x" * length


def test_condensed_text_stays_near_the_limit():
    text = " ".join(["chữ"] * 5000)
    assert len(condense(blocks_from_text(text)).text) <= CONDENSED_LENGTH + 1


def test_a_number_is_not_left_without_its_item():
    text = "\n".join(f"{number}. " + "Khảo sát hiện trạng " * 6 for number in range(1, 12))
    shown = condense(blocks_from_text(text)).text
    assert shown.endswith("…")
    assert not shown.rstrip("…").rsplit("\n", 1)[-1].isdigit()
