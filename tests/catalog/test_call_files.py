"""Call files from outside: the same call back, unknown keys kept, else one sentence."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.catalog import (
    CALL_FILE_LIMIT,
    Catalog,
    Messages,
    is_identifier,
    read_call,
    write_call,
)
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.findings import Severity


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


@pytest.fixture(scope="module")
def messages():
    return Messages.load()


def test_a_call_file_gives_the_same_call_back(catalog):
    for call in catalog.calls.values():
        again = read_call(write_call(call), "tệp.ncs", catalog.rules)
        assert again == replace(call, own=True)
        assert write_call(again) == write_call(call)


def test_unknown_keys_of_a_call_file_are_kept_at_any_depth(catalog):
    tree = json.loads(write_call(catalog.call("nam-dinh-2024")))
    tree["new"] = {"a": [1, 2.5, None, True]}
    tree["authority"]["fax"] = "1"
    tree["deadlines"][1]["note"] = "x"
    tree["recipe"]["agency"][0]["copies"] = 3
    tree["recipe"]["club"] = []
    tree["severities"]["Z99"] = "error"
    call = read_call(json.dumps(tree).encode(), "x.ncs", catalog.rules)
    assert json.loads(write_call(call)) == tree
    assert json.loads(write_call(replace(call, deadlines=call.deadlines[:1])))["new"]


def test_a_call_file_may_leave_out_what_has_a_default(catalog):
    tree = json.loads(write_call(catalog.call("an-giang-2026")))
    for key in ("severities", "options", "phrases", "data_date", "source", "priorities"):
        del tree[key]
    call = read_call(json.dumps(tree).encode("utf-8-sig"), "x.ncs", catalog.rules)
    assert call.severity("C06") is Severity.WARNING
    assert call.priorities == ()
    assert call.options == {}


def test_texts_of_a_call_file_are_made_fit_for_paper(catalog):
    tree = json.loads(write_call(catalog.call("an-giang-2026")))
    tree["title"] = "An Giang\u0000 Đơ\u0323t"
    call = read_call(json.dumps(tree).encode(), "x.ncs", catalog.rules)
    assert call.title == "An Giang Đợt"


def test_a_time_with_a_zone_is_turned_to_vietnam(catalog):
    tree = json.loads(write_call(catalog.call("binh-phuoc-2025")))
    tree["deadlines"][0]["at"] = "2024-03-26T09:00:00+00:00"
    call = read_call(json.dumps(tree).encode(), "x.ncs", catalog.rules)
    assert call.deadline.at.isoformat() == "2024-03-26T16:00:00"


def _changed(**changes):
    def change(tree):
        for path, value in changes.items():
            *above, last = path.split("__")
            place = tree
            for name in above:
                place = place[int(name) if name.isdecimal() else name]
            place[last] = value
        return json.dumps(tree).encode()

    return change


@pytest.mark.parametrize(
    ("make", "code", "key"),
    [
        (lambda tree: b"", "not_a_call", None),
        (lambda tree: b"%PDF-1.7", "not_a_call", None),
        (lambda tree: b"\xff\x00", "not_a_call", None),
        (lambda tree: b"[]", "not_a_call", None),
        (lambda tree: b"[" * 100_000, "not_a_call", None),
        (lambda tree: b'{"format":"ncs-call","version":1e999}', "not_a_call", None),
        (lambda tree: b'{"format":"ncs-call","version":NaN}', "not_a_call", None),
        (lambda tree: b'{"format":"ncs-call","id":"a","id":"b"}', "duplicate", "id"),
        (_changed(format="ncs-proposal"), "not_a_call", None),
        (_changed(version=2), "newer_version", None),
        (_changed(version=True), "not_a_call", None),
        (_changed(version=0), "not_a_call", None),
        (_changed(id="con"), "bad_value", "id"),
        (_changed(id="../an-giang"), "bad_value", "id"),
        (_changed(id="a" * 61), "bad_value", "id"),
        (_changed(title="  "), "missing_key", "title"),
        (_changed(plan_year="2026"), "wrong_type", "plan_year"),
        (_changed(plan_year=True), "wrong_type", "plan_year"),
        (_changed(issued="2025-02-30"), "bad_date", "issued"),
        (_changed(authority=[]), "wrong_type", "authority"),
        (_changed(deadlines=[]), "missing_key", "deadlines"),
        (_changed(deadlines__0__at="9999-99-99"), "bad_date", "deadlines[0].at"),
        (_changed(deadlines__0__at="2025-08-10T10:00"), "wrong_type", "deadlines[0].at"),
        (_changed(deadlines__0__at=5), "wrong_type", "deadlines[0].at"),
        (_changed(recipe={}), "missing_key", "recipe.agency"),
        (_changed(recipe__agency=[1]), "wrong_type", "recipe.agency[0]"),
        (_changed(severities={"C01": "huge"}), "bad_value", "severities.C01"),
        (_changed(phrases={"verb": {"a": 1}}), "wrong_type", "phrases.verb"),
        (_changed(options=3), "wrong_type", "options"),
    ],
)
def test_a_hostile_call_file_gets_one_sentence(catalog, messages, make, code, key):
    content = make(json.loads(write_call(catalog.call("an-giang-2026"))))
    with pytest.raises(InputProblem) as raised:
        read_call(content, "Đợt lạ.ncs", catalog.rules)
    assert raised.value.code == f"call.{code}"
    assert key is None or raised.value.params["key"] == key
    sentence = messages.error(raised.value)
    assert "Đợt lạ.ncs" in sentence
    assert "\n" not in sentence


def test_a_huge_call_file_is_not_read(catalog):
    with pytest.raises(InputProblem) as raised:
        read_call(b" " * (CALL_FILE_LIMIT + 1), "x.ncs", catalog.rules)
    assert raised.value.code == "file.too_large"


CALL_KEYS = {
    *("id", "title", "plan_year", "issued", "authority", "deadlines", "accepts", "recipe"),
    *("priorities", "severities", "options", "phrases", "data_date", "source"),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
    max_leaves=8,
)


@given(
    key=st.sampled_from(sorted(CALL_KEYS)),
    value=JSON,
)
def test_any_value_anywhere_is_a_call_or_a_sentence(catalog, messages, key, value):
    tree = json.loads(write_call(catalog.call("nam-dinh-2024")))
    tree[key] = value
    call, sentence = None, ""
    try:
        call = read_call(json.dumps(tree).encode(), "x.ncs", catalog.rules)
    except InputProblem as problem:
        sentence = messages.error(problem)
    if call is None:
        assert "x.ncs" in sentence
    else:
        assert read_call(write_call(call), "x.ncs", catalog.rules) == call


@given(content=st.binary(max_size=200))
def test_any_bytes_are_a_call_or_a_sentence(catalog, content):
    with pytest.raises(InputProblem):
        read_call(content, "x.ncs", catalog.rules)


# ------------------------------------------------------------------------------ own calls


def test_a_bad_own_call_is_left_out_and_told(tmp_path, catalog, messages):
    good = replace(catalog.call("an-giang-2026"), id="cua-toi")
    foreign = replace(good, id="la", accepts=("z9@x",))
    (tmp_path / "cua-toi.ncs").write_bytes(write_call(good))
    (tmp_path / "cũ.ncs").write_bytes(write_call(good))
    (tmp_path / "la.ncs").write_bytes(write_call(foreign))
    (tmp_path / "hỏng.ncs").write_bytes(b"{")
    (tmp_path / "trùng.ncs").write_bytes(write_call(catalog.call("nam-dinh-2024")))
    (tmp_path / "._cua-toi.ncs").write_bytes(b"\x00\x05")
    loaded = Catalog.load(own_calls=tmp_path)
    assert loaded.call("cua-toi").own
    assert not loaded.call("nam-dinh-2024").own
    assert sorted(problem.code for problem in loaded.problems) == [
        "call.no_known_form",
        "call.not_a_call",
        "call.twice",
        "call.twice",
    ]
    assert all(str(tmp_path) in messages.error(problem) for problem in loaded.problems)


def test_no_own_calls_is_nothing_special(tmp_path):
    assert Catalog.load(own_calls=tmp_path / "chưa có").problems == ()


@pytest.mark.parametrize("name", ["an-giang-2027", "a", "1322"])
def test_an_id_is_small_letters_digits_and_hyphens(name):
    assert is_identifier(name)


@pytest.mark.parametrize("name", ["", "A", "a_b", "-a", "a--b", "con", "lpt1", "đợt", "a/b", "."])
def test_what_no_file_name_could_carry_is_no_id(name):
    assert not is_identifier(name)
