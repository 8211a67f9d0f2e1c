from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.blocks import ListItem, plain_text
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.domain.supplement import (
    Point,
    SupplementRequest,
    answering,
    answers,
    assess,
    draft_supplement_letter,
)
from tests.factories import make_proposal

OLD = make_proposal()


def request(*points, **changes):
    given = {
        "id": "11111111-1111-4111-8111-111111111111",
        "call": OLD.call,
        "proposal_id": OLD.id,
        "revision": 1,
        "digest": OLD.digest,
        "title": OLD.title,
        "points": points,
        "created": "2025-08-05T09:00:00+07:00",
    }
    return SupplementRequest(**{**given, **changes})


def finding(code, field, waived=None):
    return Finding(code, Severity.ERROR, field, f"{code}.x", waived=waived)


PHONE = Point("1", "Thiếu điện thoại", "contact_phone", "F06")
CHANGED = OLD.with_value("contact_phone", "0296 3 999 999")


@pytest.mark.parametrize(
    ("point", "new", "findings", "expected"),
    [
        (PHONE, CHANGED, [], (True, True, True)),
        (PHONE, CHANGED, [finding("F06", "contact_phone")], (True, False, False)),
        (PHONE, CHANGED, [finding("F06", "contact_phone", "vì")], (True, False, False)),
        (PHONE, CHANGED, [finding("F06", "contact_email")], (True, True, True)),
        (PHONE, OLD, [], (False, True, False)),
        (Point("1", "Làm rõ", "contact_phone"), CHANGED, [], (True, None, None)),
        (Point("1", "Làm rõ", "contact_phone"), OLD, [], (False, None, None)),
        (Point("1", "Thiếu cam kết", None, "D03"), CHANGED, [], (True, True, None)),
        (Point("1", "Làm rõ"), OLD, [], (False, None, None)),
    ],
)
def test_a_point_is_met_when_its_field_changed_and_its_finding_is_gone(
    point, new, findings, expected
):
    [state] = assess(request(point), OLD, new, findings)
    assert (state.changed, state.gone, state.met) == expected


def test_a_hint_of_the_same_rule_is_no_unmet_point():
    point = Point("1", "Viết rõ hơn.", "title", "C01")
    hint = Finding("C01", Severity.INFO, "title", "C01.y")
    new = OLD.with_value("title", "Tên khác")
    [state] = assess(request(point), OLD, new, [hint])
    assert (state.changed, state.met) == (True, None)
    [state] = assess(request(point), OLD, new, [hint, finding("C01", "title")])
    assert state.met is False


def test_one_amount_is_mended_by_changing_another():
    point = Point("1", "Không khớp", "budget.total", "M01")
    [state] = assess(request(point), OLD, OLD.with_value("budget.counterpart", 1), [])
    assert state.met is True


def test_a_rule_that_needs_the_dossier_is_unknown_without_it():
    point = Point("1", "Thiếu tài liệu", "enclosures", "F07")
    new = OLD.with_value("enclosures", ["Khảo sát"])
    assert assess(request(point), OLD, new, [])[0].met is True
    assert assess(request(point), OLD, new, [], with_dossier=False)[0].met is None


@given(st.booleans(), st.booleans(), st.sampled_from([PHONE, Point("1", "Làm rõ")]))
def test_the_officer_has_the_last_word(said, changed, point):
    [state] = assess(request(point), OLD, CHANGED if changed else OLD, [], {"1": said})
    assert state.met is said


def test_an_answer_names_its_request_and_keeps_its_content():
    answer = answering(OLD, request(PHONE))
    assert answers(answer, request(PHONE).id)
    assert not answers(OLD, request(PHONE).id)
    assert answer.digest == OLD.digest


def test_fields_are_opened_once_in_the_order_of_the_points():
    asked = request(PHONE, Point("2", "a"), Point("3", "b", "title"), Point("4", "c", "title"))
    assert asked.fields == ("contact_phone", "title")


def test_the_letter_lists_every_point_numbered_and_names_the_place_of_free_words():
    catalog = Catalog.load()
    sender = Sender(
        "agency", "Sở Khoa học và Công nghệ", "UBND tỉnh", "", "An Giang", "Phó Giám đốc"
    )
    points = (PHONE, Point("2", "Nêu rõ\nđịa chỉ.", "application_sites"))
    letter = draft_supplement_letter(
        catalog.letter("cong-van-yeu-cau-bo-sung"),
        sender,
        request(*points, until=date(2025, 8, 20)),
        OLD,
        call=catalog.call(OLD.call),
        places={"application_sites": "VII. Dự kiến địa điểm"},
    )
    items = [block for block in letter.body if isinstance(block, ListItem)]
    assert [(item.marker, item.runs[0].text) for item in items] == [
        ("1.", "Thiếu điện thoại;"),
        ("2.", "Mục VII. Dự kiến địa điểm: Nêu rõ địa chỉ."),
    ]
    assert letter.addressees == (OLD.text("proposer_name"),)
    assert "trước ngày 20/08/2025" in plain_text(letter.body)
    assert OLD.title in plain_text(letter.body)
    assert (letter.agency, letter.parent, letter.place) == (sender.name, "UBND tỉnh", "An Giang")
    assert letter.signer_title == "KT. Giám đốc\nPhó Giám đốc"
