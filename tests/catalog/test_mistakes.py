"""Every mistake in a data file names the file, the key and the reason."""

import shutil
from pathlib import Path

import pytest

from ncs_desktop.catalog import (
    Catalog,
    Messages,
)
from ncs_desktop.domain.errors import CatalogProblem
from ncs_desktop.paths import data_folder

FORM = "a1-dxnv@tt15-2022"


@pytest.fixture(scope="module")
def messages():
    return Messages.load()


CALL = "calls/an-giang-2026.toml"
MISTAKES = [
    (f"{FORM}.toml", 'code = "A1-ĐXNV"\n', "", "missing_key", "code", "text"),
    (f"{FORM}.toml", 'code = "A1-ĐXNV"', "code = 1", "wrong_type", "code", "text"),
    (f"{FORM}.toml", 'version = "tt15', 'version = "tt16', "wrong_name", "id", "a1-dxnv@tt16-2022"),
    (f"{FORM}.toml", "2022-12-01", '"1/12/2022"', "bad_date", "effective_from", "1/12/2022"),
    (f"{FORM}.toml", "2022-12-01", "2022-13-01", "not_toml", "", None),
    (f"{FORM}.toml", "page_size_pt", "page_size", "unknown_key", "page_size", "page_size"),
    (f"{FORM}.toml", 'align = "right"', 'align = "up"', "bad_value", "head[0].align", "up"),
    (
        f"{FORM}.toml",
        'field = "title", blank_lines',
        'field = "tittle", blank_lines',
        "unknown_field",
        "sections[0].lines",
        "tittle",
    ),
    (
        f"{FORM}.toml",
        'field = "objectives", blank',
        'field = "title", blank',
        "duplicate",
        "lines",
        "title",
    ),
    (f"{FORM}.toml", 'key = "urgency"', 'key = "title"', "duplicate", "fields", "title"),
    (f"{FORM}.toml", 'number = "II"', 'number = "I"', "duplicate", "sections", "I"),
    (f"{FORM}.toml", 'kind = "money"', 'kind = "cash"', "bad_value", "fields[9].kind", "cash"),
    (f"{FORM}.toml", 'key = "budget.total"', 'key = "Total"', "bad_value", "fields[9].key", None),
    (f"{FORM}.toml", "blank_lines = 2", "blank_lines = -1", "bad_value", None, -1),
    (f"{FORM}.toml", "blank_lines = 2", "lines = 2", "unknown_key", None, "lines"),
    (f"{FORM}.toml", "blank_lines = 2", "blank_lines = true", "wrong_type", None, "integer"),
    (f"{FORM}.toml", '{ label = "Trong đó:" }', "{}", "missing_key", None, "text"),
    (f"{FORM}.toml", 'kind = "choice"', 'kind = "text"', "bad_options", "fields[12].options", None),
    (f"{FORM}.toml", '"individual", label', '"organization", label', "duplicate", None, None),
    (
        f"{FORM}.toml",
        'field = "enclosures", blank',
        'field = "summary_note", blank',
        "not_printed",
        None,
        "summary_note",
    ),
    (f"{FORM}.toml", ', field = "enclosures"', "", "no_place", "fields", "enclosures"),
    (
        "a1-dxnv@tt07-2024.toml",
        'same_as = "a1-dxnv@tt15-2022"',
        'same_as = "a1-dxnv@tt14"',
        "unknown_form",
        "same_as",
        "a1-dxnv@tt14",
    ),
    (CALL, 'id = "an-giang-2026"', 'id = "an-giang"', "wrong_name", "id", "an-giang"),
    (CALL, 'id = "an-giang-2026"', 'id = "../x"', "bad_value", "id", "../x"),
    (CALL, "plan_year = 2026", "plan_year = 26", "bad_value", "plan_year", 26),
    (CALL, "issued = 2025-07-28", "issued = 7", "wrong_type", "issued", "date"),
    (CALL, "issued =", "isued =", "missing_key", "issued", "date"),
    (CALL, "at = 2025-08-10", "at = 2025-08-10T16:00:00", "wrong_type", None, "date"),
    (CALL, '"exclusive_day"', '"exclusive_minute"', "wrong_type", "deadlines[0].at", "minute"),
    (CALL, '"exclusive_day"', '"before"', "bad_value", "deadlines[0].rule", "before"),
    (CALL, "[[deadlines]]", "[deadlines]", "wrong_type", "deadlines", "tables"),
    (CALL, '"a1-dxnv@tt07-2024"]', '"b2@x"]', "unknown_form", "accepts[1]", "b2@x"),
    (CALL, "accepts = [", "accepts = [] #", "missing_key", "accepts", None),
    (CALL, "accepts = [", "accepts = [1, ", "wrong_type", "accepts[0]", "text"),
    (CALL, 'role = "letter"', 'role = "lettre"', "bad_value", "recipe.agency[0].role", "lettre"),
    (CALL, 'need = "required"', 'need = "must"', "bad_value", "recipe.agency[0].need", "must"),
    (
        CALL,
        'need = "required"',
        'need = "required_for:x"',
        "unknown_option",
        "recipe.agency[0].need",
        "x",
    ),
    (CALL, "[[recipe.agency]]", "[[recipe.agenci]]", "unknown_key", None, None),
    (CALL, '\nid = "training"', '\nid = "policy"', "duplicate", "priorities", "policy"),
    (CALL, '\nid = "training"', '\nid = "travel"', "unknown_option", "priorities[3].id", "travel"),
    (CALL, "C06 =", "C66 =", "unknown_rule", "severities.C66", "C66"),
    (CALL, 'C06 = "error"', 'C06 = "fatal"', "bad_value", "severities.C06", "fatal"),
    (CALL, "minimum_universities = 3", "x = 2020-01-01", "wrong_type", "options.x", "json"),
    (CALL, 'verb = "', 'verb = 3 # "', "wrong_type", "phrases.verb", "text"),
    (CALL, "[authority]", "[autority]", "missing_key", "authority", "table"),
    (CALL, "unit =", "units =", "unknown_key", "authority.units", None),
    ("rules.toml", 'severity = "error"', 'severity = "bad"', "bad_value", "F01.severity", "bad"),
    ("rules.toml", 'title = "Điền', 'name = "Điền', "missing_key", "F01.title", "text"),
    ("letters/van-ban-cam-ket.toml", "body = [", "bodies = [", "unknown_key", "bodies", None),
    ("letters/van-ban-cam-ket.toml", 'id = "van', 'id = "von', "wrong_name", "id", None),
    ("tables/bang-tong-hop.toml", "0.035", "0.5", "bad_shares", "columns", None),
    ("tables/bang-tong-hop.toml", '"rank"', '"title"', "duplicate", "columns", "title"),
    ("tables/bang-tong-hop.toml", 'kind = "money"', 'kind = "m"', "bad_value", None, "m"),
    ("rules.toml", "[F01]", "F01", "not_toml", "", None),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "key", "reason"),
    MISTAKES,
    ids=[f"{code}-{index}" for index, (_, _, _, code, _, _) in enumerate(MISTAKES)],
)
def test_a_mistake_names_file_key_and_reason(tmp_path, messages, file, old, new, code, key, reason):
    folder = copy_of_forms(tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    many = "recipe.agency" in old
    (folder / file).write_text(text.replace(old, new, -1 if many else 1), encoding="utf-8")
    with pytest.raises(CatalogProblem) as raised:
        Catalog.load(folder)
    problem = raised.value
    assert problem.code == f"catalog.{code}"
    assert problem.params["path"] == str(folder / file)
    assert key is None or problem.params["key"] == key
    assert reason is None or problem.params["reason"] == reason
    assert problem.params["reason"] not in ("", None)
    sentence = messages.error(problem)
    assert str(folder / file) in sentence
    assert str(problem.params["key"]) in sentence
    assert "…" not in sentence.replace("«…»", "")


def copy_of_forms(tmp_path):
    return Path(shutil.copytree(data_folder("forms"), tmp_path / "Mẫu phiếu"))


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    folder = copy_of_forms(tmp_path)
    (folder / "rules.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogProblem) as raised:
        Catalog.load(folder)
    assert raised.value.params["path"] == str(folder / "rules.toml")


def test_a_missing_file_is_named(tmp_path):
    folder = copy_of_forms(tmp_path)
    (folder / "letters" / "van-ban-cam-ket.toml").unlink()
    (folder / "tables" / "bang-tong-hop.toml").unlink()
    catalog = Catalog.load(folder)
    with pytest.raises(CatalogProblem) as raised:
        catalog.letter("van-ban-cam-ket")
    assert raised.value.params["path"] == "letters/van-ban-cam-ket.toml"
    with pytest.raises(CatalogProblem) as raised:
        catalog.summary_layout()
    assert raised.value.code == "catalog.missing_file"
