"""Every sentence by its key, with its params filled in."""

import re
from pathlib import Path

import pytest

from ncs_desktop.catalog import (
    Messages,
)
from ncs_desktop.domain.errors import CatalogProblem, NcsError
from ncs_desktop.domain.findings import Finding, Severity
from ncs_desktop.domain.json_tree import FrozenDict

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def messages():
    return Messages.load()


def test_every_code_of_the_catalogue_has_a_sentence(messages):
    sources = [*(PROJECT / "ncs_desktop" / "catalog").glob("*.py")]
    sources += [PROJECT / "ncs_desktop" / "work" / "calls.py"]
    sources += [PROJECT / "ncs_desktop" / "cli" / "catalogue.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(re.findall(r'"((?:catalog|call|form|file)\.[a-z_.]+)"', text))
    codes |= {f"catalog.{name}" for name in re.findall(r'mistake\(\s*"([a-z_]+)"', text)}
    assert len(codes) > 30
    assert codes <= set(messages.sentences)
    shared = ["missing_key", "wrong_type", "bad_value", "bad_date", "duplicate"]
    assert {f"call.{name}" for name in shared} <= set(messages.sentences)


def test_params_are_filled_in_and_expectations_explained(tmp_path):
    (tmp_path / "a.toml").write_text(
        '[a]\nb = "{path}: {key} phải là {reason}, {x}."\n[expected]\ntext = "chữ"\n',
        encoding="utf-8",
    )
    messages = Messages.load(tmp_path)
    problem = NcsError("a.b", path=Path("x"), key=["k", 1], reason="text")
    assert messages.error(problem) == "x: k, 1 phải là chữ, …."
    finding = Finding("A", Severity.INFO, None, "a.b", FrozenDict({"key": "{path}"}))
    assert messages.finding(finding).startswith("…: {path} phải là")
    with pytest.raises(KeyError):
        messages.text("a.c")


@pytest.mark.parametrize(
    ("content", "code", "key"),
    [
        ("[a]\nb = 1\n", "wrong_type", "a.b"),
        ('[a]\nc = "2"\n', "duplicate", "a.c"),
        ("[a\n", "not_toml", ""),
        ('a = "b"\n', "wrong_type", "a"),
    ],
)
def test_a_mistake_in_a_message_file_is_named(tmp_path, content, code, key):
    (tmp_path / "a.toml").write_text('[a]\nc = "1"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogProblem) as raised:
        Messages.load(tmp_path)
    assert raised.value.code == f"catalog.{code}"
    assert raised.value.params["path"] == str(tmp_path / "b.toml")
    assert raised.value.params["key"] == key


def test_every_sentence_is_one_line_and_vietnamese(messages):
    for key, sentence in messages.sentences.items():
        assert sentence.strip(), key
        assert "\n" not in sentence, key


def test_what_is_said_at_the_desk_is_a_second_wording_of_what_a_sender_is_told(messages):
    params = re.compile(r"\{(\w+)\}").findall
    own = [key for key in messages.sentences if key.startswith("at_desk.")]
    assert {"at_desk.T05.late", "at_desk.C09.route", "at_desk.D08.signature"} <= set(own)
    for key in own:
        usual = messages.sentences[key.removeprefix("at_desk.")]
        assert set(params(messages.sentences[key])) <= set(params(usual)), key


def test_a_finding_without_a_wording_for_the_desk_reads_as_usual(messages):
    phone = Finding("F06", Severity.ERROR, None, "F06.phone", FrozenDict({"text": "12"}))
    assert messages.finding_at_desk(phone) == messages.finding(phone)
    late = Finding("T05", Severity.WARNING, None, "T05.late", FrozenDict({"authority": "Sở"}))
    assert "hãy hỏi Sở" in messages.finding(late)
    assert "hỏi" not in messages.finding_at_desk(late)
