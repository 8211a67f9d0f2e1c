"""A person's own calls: derived, kept, received, handed on."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from ncs_desktop.catalog import Catalog, Messages, write_call
from ncs_desktop.domain.call import VIETNAM, DeadlineRule
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.work.calls import (
    delete_own_call,
    derive_call,
    edited_call,
    export_call,
    import_call,
    make_deadline,
    save_own_call,
)

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


def derived(catalog, source="an-giang-2026", year=2027, **changes):
    changes.setdefault("deadline", make_deadline("2026-08-10", "exclusive_day"))
    return derive_call(catalog.call(source), year=year, today=TODAY, **changes)


# ------------------------------------------------------------------------------ deadlines


@pytest.mark.parametrize(
    ("text", "rule", "words", "first_late"),
    [
        ("2026-08-10", None, "chậm nhất vào ngày 10/8/2026", "2026-08-11T00:00"),
        ("2026-08-10", "exclusive_day", "trước ngày 10/8/2026", "2026-08-10T00:00"),
        ("2026-08-10T16:00", None, "chậm nhất là 16h00 ngày 10/8/2026", "2026-08-10T16:01"),
        (" 2026-08-10 09:05 ", None, "chậm nhất là 09h05 ngày 10/8/2026", "2026-08-10T09:06"),
        ("2026-08-10T17:00", "exclusive_minute", "trước 17h00 ngày 10/8/2026", "2026-08-10T17:00"),
        ("2026-08-10T10:00:59Z", None, "chậm nhất là 17h00 ngày 10/8/2026", "2026-08-10T17:01"),
    ],
)
def test_a_typed_deadline_gets_its_rule_and_its_words(text, rule, words, first_late):
    deadline = make_deadline(text, rule)
    assert deadline.text == words
    assert deadline.end == datetime.fromisoformat(first_late).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("text", "rule", "code"),
    [
        ("10/8/2026", None, "call.bad_deadline"),
        ("2026-02-30", None, "call.bad_deadline"),
        ("", None, "call.bad_deadline"),
        ("2026-08-10", "inclusive_minute", "call.deadline_needs_time"),
        ("2026-08-10T16:00", "exclusive_day", "call.deadline_needs_no_time"),
        ("2026-08-10", "before", "call.bad_rule"),
    ],
)
def test_a_deadline_that_cannot_be_read_is_told(text, rule, code):
    with pytest.raises(InputProblem) as raised:
        make_deadline(text, rule)
    assert raised.value.code == code
    assert "…" not in Messages.load().error(raised.value)


# ------------------------------------------------------------------------------ a new call


def test_a_new_year_changes_the_year_and_keeps_the_rest(catalog):
    old, new = catalog.call("an-giang-2026"), derived(catalog)
    assert new.id == "an-giang-2027"
    assert new.title == "An Giang: đề xuất nhiệm vụ dự kiến thực hiện từ năm 2027"
    assert new.plan_year == 2027
    assert new.phrases["verb"] == "dự kiến thực hiện từ năm 2027"
    assert "năm 2027" in new.phrases["letter_subject"]
    assert new.own
    assert new.data_date == new.issued == TODAY
    assert new.extra == {"derived_from": "an-giang-2026"}
    same = ("authority", "accepts", "recipe", "priorities", "severities", "options")
    assert all(getattr(new, name) == getattr(old, name) for name in same)


def test_what_belongs_to_one_year_only_is_left_out(catalog):
    new = derived(catalog, "nam-dinh-2024")
    assert len(new.deadlines) == 1
    assert "letter_sources" not in new.phrases
    assert new.phrases["legal_basis"] == catalog.call("nam-dinh-2024").phrases["legal_basis"]
    assert new.source == ""


def test_the_new_deadline_stands_where_the_old_one_stood(catalog):
    deadline = derived(catalog, "binh-phuoc-2025").deadline
    assert deadline.stage == "Gửi Sở Khoa học và Công nghệ tỉnh Bình Phước"
    assert deadline.rule is DeadlineRule.EXCLUSIVE_DAY
    assert deadline.text == "trước ngày 10/8/2026"
    assert deadline.last_working_day == date(2026, 8, 7)
    bare = replace(make_deadline("2026-08-10", stage="Gửi Phòng"), text="")
    named = derived(catalog, deadline=bare).deadline
    assert (named.stage, named.text) == ("Gửi Phòng", "chậm nhất vào ngày 10/8/2026")


def test_priorities_stay_verbatim_even_where_they_name_the_old_year(catalog):
    new = derived(catalog, "binh-phuoc-2025", 2028)
    assert any("năm 2025" in priority.text for priority in new.priorities)


def test_an_id_and_a_title_without_a_year_get_one(catalog):
    call = replace(catalog.call("an-giang-2026"), id="an-giang", title="Đợt của An Giang")
    new = derive_call(call, year=2027, deadline=make_deadline("2026-08-10"), today=TODAY)
    assert (new.id, new.title) == ("an-giang-2027", "Đợt của An Giang (2027)")


def test_id_and_title_can_be_chosen(catalog):
    new = derived(catalog, call_id="can-tho-2027", title="Cần Thơ")
    assert (new.id, new.title) == ("can-tho-2027", "Cần Thơ")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"year": 27}, "call.bad_year"),
        ({"year": 2101}, "call.bad_year"),
        ({"call_id": "Cần Thơ"}, "call.bad_id"),
        ({"call_id": "../x"}, "call.bad_id"),
        ({"call_id": "nul"}, "call.bad_id"),
    ],
)
def test_a_new_call_that_cannot_be_is_told(catalog, changes, code):
    with pytest.raises(InputProblem) as raised:
        derived(catalog, **changes)
    assert raised.value.code == code


# ------------------------------------------------------------------------------ keeping


def test_a_new_call_is_kept_and_found_again(catalog, tmp_path):
    folder = tmp_path / "Nguyễn Ánh" / "calls"
    new = derived(catalog)
    path = save_own_call(catalog, new, folder)
    assert path == folder / "an-giang-2027.ncs"
    again = Catalog.load(own_calls=folder)
    assert again.call("an-giang-2027") == new
    assert again.problems == ()


def test_an_own_call_is_replaced_only_when_asked(catalog, tmp_path):
    save_own_call(catalog, derived(catalog), tmp_path)
    changed = derived(catalog, title="Sửa lại")
    again = Catalog.load(own_calls=tmp_path)
    for known in (catalog, again):
        with pytest.raises(InputProblem) as raised:
            save_own_call(known, changed, tmp_path)
        assert raised.value.code == "call.exists"
    save_own_call(again, changed, tmp_path, replace_old=True)
    assert Catalog.load(own_calls=tmp_path).call("an-giang-2027").title == "Sửa lại"


def test_a_shipped_call_is_never_replaced(catalog, tmp_path):
    call = catalog.call("an-giang-2026")
    with pytest.raises(InputProblem) as raised:
        save_own_call(catalog, replace(call, title="x"), tmp_path, replace_old=True)
    assert raised.value.code == "call.shipped"
    assert list(tmp_path.iterdir()) == []


def test_a_call_goes_from_one_office_to_another_as_one_file(catalog, tmp_path):
    sent, folder = tmp_path / "Đợt 2027.ncs", tmp_path / "calls"
    export_call(derived(catalog), sent)
    received = import_call(catalog, sent, folder)
    again = Catalog.load(own_calls=folder)
    assert again.call("an-giang-2027") == received
    assert import_call(again, sent, folder) == received


def test_a_changed_file_of_a_known_call_asks_first(catalog, tmp_path):
    folder, sent = tmp_path / "calls", tmp_path / "x.ncs"
    save_own_call(catalog, derived(catalog), folder)
    export_call(derived(catalog, title="Bản đính chính"), sent)
    again = Catalog.load(own_calls=folder)
    with pytest.raises(InputProblem) as raised:
        import_call(again, sent, folder)
    assert raised.value.code == "call.exists"
    import_call(again, sent, folder, replace_old=True)
    assert Catalog.load(own_calls=folder).call("an-giang-2027").title == "Bản đính chính"


def test_a_file_with_a_shipped_call_inside_changes_nothing(catalog, tmp_path):
    sent, folder = tmp_path / "x.ncs", tmp_path / "calls"
    export_call(replace(catalog.call("an-giang-2026"), title="Khác"), sent)
    with pytest.raises(InputProblem) as raised:
        import_call(catalog, sent, folder, replace_old=True)
    assert raised.value.code == "call.shipped"
    assert not folder.exists()


def test_the_shipped_call_itself_is_no_clash(catalog, tmp_path):
    sent, folder = tmp_path / "x.ncs", tmp_path / "calls"
    export_call(catalog.call("an-giang-2026"), sent)
    assert import_call(catalog, sent, folder).id == "an-giang-2026"
    assert not folder.exists()


def test_a_call_for_unknown_forms_is_refused(catalog, tmp_path):
    sent = tmp_path / "x.ncs"
    sent.write_bytes(write_call(replace(derived(catalog), accepts=("z9@1",))))
    with pytest.raises(InputProblem) as raised:
        import_call(catalog, sent, tmp_path / "calls")
    assert raised.value.code == "call.no_known_form"
    assert "z9@1" in Messages.load().error(raised.value)


def test_a_missing_file_is_told(catalog, tmp_path):
    with pytest.raises(EnvironmentProblem) as raised:
        import_call(catalog, tmp_path / "không có.ncs", tmp_path)
    assert raised.value.code == "file.missing"


# ------------------------------------------------------------------------------ editing


def kept(catalog, tmp_path):
    call = derived(catalog)
    save_own_call(catalog, call, tmp_path)
    return Catalog.load(own_calls=tmp_path), call


def test_everything_of_an_own_call_can_be_written_anew_and_travels_with_its_file(catalog, tmp_path):
    mine, call = kept(catalog, tmp_path)
    changes = {
        "title": "Cà Mau: đề xuất nhiệm vụ năm 2027",
        "authority": {"name": "Sở KH&CN Cà Mau", "email": "so@camau.gov.vn", "formats": ["pdf"]},
        "deadlines": [
            {"stage": "Gửi Sở", "rule": "exclusive_day", "at": "2026-08-10", "text": "trước 10/8"},
            {"stage": "Gửi Bộ", "rule": "inclusive_minute", "at": "2026-09-01T17:00"},
        ],
        "recipe": {"organization": [{"role": "form", "need": "optional", "text": "03 bản"}]},
        "priorities": [{"id": "policy", "text": "Cơ chế"}],
        "severities": {"C04": "off"},
        "universities": ["Trường Đại học A"],
    }
    made = edited_call(mine, call, changes)
    assert [item.stage for item in made.deadlines] == ["Gửi Sở", "Gửi Bộ"]
    assert made.authority.formats == ("pdf",)
    assert made.severity("C04") == "off"
    assert made.universities == ("Trường Đại học A",)
    assert made.phrases == call.phrases
    assert made.extra == call.extra
    save_own_call(mine, made, tmp_path, replace_old=True)
    assert Catalog.load(own_calls=tmp_path).calls[call.id] == made


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"title": " "}, "call_form.missing_key", "title"),
        ({"plan_year": 1999}, "call_form.bad_value", "plan_year"),
        ({"authority": {"name": ""}}, "call_form.missing_key", "authority.name"),
        ({"authority": {"name": "Sở", "email": "so@"}}, "call_form.bad_email", "authority.email"),
        ({"deadlines": []}, "call_form.missing_key", "deadlines"),
        (
            {"deadlines": [{"stage": "", "rule": "exclusive_day", "at": "2026-08-10"}]},
            "call_form.missing_key",
            "deadlines[0].stage",
        ),
        (
            {"recipe": {"agency": [{"role": "form", "need": "required", "text": ""}]}},
            "call_form.missing_key",
            "recipe.agency[0].text",
        ),
        (
            {"priorities": [{"id": "policy", "text": "a"}, {"id": "policy", "text": "b"}]},
            "call_form.duplicate",
            "priorities",
        ),
    ],
)
def test_a_mistake_in_an_edited_call_says_where_it_is(catalog, tmp_path, changes, code, key):
    mine, call = kept(catalog, tmp_path)
    with pytest.raises(InputProblem) as problem:
        edited_call(mine, call, changes)
    assert (problem.value.code, problem.value.params["key"]) == (code, key)
    assert "{" not in Messages.load().error(problem.value)


def test_shipped_calls_are_neither_edited_nor_deleted_nor_own_ones_in_use(catalog, tmp_path):
    shipped = catalog.call("an-giang-2026")
    for refused in (
        lambda: edited_call(catalog, shipped, {"title": "Khác"}),
        lambda: delete_own_call(catalog, shipped, tmp_path, 0),
    ):
        with pytest.raises(InputProblem) as problem:
            refused()
        assert problem.value.code == "call.shipped"
    mine, call = kept(catalog, tmp_path)
    with pytest.raises(InputProblem) as problem:
        delete_own_call(mine, call, tmp_path, 2)
    assert problem.value.code == "call_form.used"
    assert "2 phiếu" in Messages.load().error(problem.value)
    delete_own_call(mine, call, tmp_path, 0)
    assert call.id not in Catalog.load(own_calls=tmp_path).calls


def test_an_edited_call_keeps_its_name_but_takes_no_other_ones(catalog, tmp_path):
    mine, call = kept(catalog, tmp_path)
    assert edited_call(mine, call, {"title": call.title.upper()}).title == call.title.upper()
    with pytest.raises(InputProblem) as problem:
        edited_call(mine, call, {"title": catalog.call("nam-dinh-2024").title})
    assert problem.value.code == "call.same_title"
