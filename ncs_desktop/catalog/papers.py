"""Reads the small data files: rules, letter templates and the layout of the summary table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ncs_desktop.catalog.forms import first_repeated
from ncs_desktop.catalog.reader import Reader, read_toml
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.letter import LetterTemplate
from ncs_desktop.domain.summary import SummaryColumn, SummaryLayout

_COLUMN_KINDS = ("text", "money")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how much it weighs where a call says nothing, and the words it comes from.

    ``quote`` is verbatim from ``source``; both are empty for a rule that follows from the form.
    """

    code: str
    severity: Severity
    title: str
    quote: str = ""
    source: str = ""


def read_rules(path: Path) -> dict[str, Rule]:
    """Return every rule of ``rules.toml`` by its code."""
    top = read_toml(path)
    rules = {}
    for code in top.names():
        reader = top.table(code)
        rules[code] = Rule(
            code=code,
            severity=reader.choice("severity", Severity),
            title=reader.text("title"),
            quote=reader.text("quote", ""),
            source=reader.text("source", ""),
        )
        reader.finish()
    return rules


def read_letters(folder: Path) -> dict[str, LetterTemplate]:
    """Return every letter template of ``folder`` by its id."""
    return {path.stem: _letter(path) for path in sorted(folder.glob("*.toml"))}


def _letter(path: Path) -> LetterTemplate:
    reader = read_toml(path)
    letter = LetterTemplate(
        id=_id_of(reader, path),
        title=reader.text("title"),
        subject=reader.text("subject"),
        kind_title=reader.text("kind_title", ""),
        addressees=reader.texts("addressees"),
        body=reader.texts("body"),
        recipients=reader.texts("recipients"),
        signer=reader.texts("signer"),
        note=reader.text("note", ""),
        source=reader.text("source", ""),
        scopes=_texts_by_id(reader.table("scopes", required=False)),
    )
    reader.finish()
    if not letter.body:
        raise reader.mistake("missing_key", "body", "texts")
    return letter


def _texts_by_id(reader: Reader) -> FrozenDict:
    return FrozenDict({name: reader.text(name) for name in reader.names()})


def read_layout(path: Path) -> SummaryLayout:
    """Return the layout of a table."""
    reader = read_toml(path)
    layout = SummaryLayout(
        id=_id_of(reader, path),
        left_head=reader.text("left_head"),
        right_head=reader.texts("right_head"),
        title=reader.texts("title"),
        columns=tuple(_column(column) for column in reader.tables("columns", required=True)),
        footer=reader.texts("footer"),
        footer_of_others=reader.texts("footer_of_others", ()),
        note=reader.text("note", ""),
        source=reader.text("source", ""),
    )
    reader.finish()
    repeated = first_repeated(tuple(column.key for column in layout.columns))
    if repeated is not None:
        raise reader.mistake("duplicate", "columns", repeated)
    total = sum(column.width_share for column in layout.columns)
    if abs(total - 1) > 1e-6:
        raise reader.mistake("bad_shares", "columns", f"{total:.3f}")
    return layout


def _column(reader: Reader) -> SummaryColumn:
    column = SummaryColumn(
        key=reader.text("key"),
        heading=reader.text("heading"),
        group=reader.text("group", "") or None,
        width_share=reader.number("width_share"),
        kind=reader.one_of("kind", _COLUMN_KINDS, "text"),
    )
    reader.finish()
    return column


def _id_of(reader: Reader, path: Path) -> str:
    found = reader.identifier("id")
    if found != path.stem:
        raise reader.mistake("wrong_name", "id", found)
    return found
