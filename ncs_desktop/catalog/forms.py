"""Reads a form file: ``forms/<id>@<version>.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ncs_desktop.catalog.reader import Reader, read_toml
from ncs_desktop.domain.form import (
    Field,
    FieldKind,
    Form,
    FormLine,
    HeadLine,
    LinePart,
    Option,
    Section,
)

_FIELD_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ALIGNMENTS = ("left", "center", "right", "justify")
_WITH_OPTIONS = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.COMMITMENTS)


def read_forms(folder: Path) -> dict[str, Form]:
    """Return every form of ``folder`` by its full id, in the order of their names."""
    readers = {path.stem: read_toml(path) for path in sorted(folder.glob("*@*.toml"))}
    forms = {
        full_id: _read_form(reader, full_id)
        for full_id, reader in readers.items()
        if not reader.has("same_as")
    }
    for full_id, reader in readers.items():
        if reader.has("same_as"):
            forms[full_id] = _read_same(reader, full_id, forms)
    return dict(sorted(forms.items()))


def _read_form(reader: Reader, full_id: str) -> Form:
    form = Form(
        id=reader.identifier("id"),
        version=reader.identifier("version"),
        code=reader.text("code"),
        title=reader.text("title"),
        legal_source=reader.text("legal_source"),
        effective_from=reader.day("effective_from", None),
        effective_to=reader.day("effective_to", None),
        note=reader.text("note", ""),
        head=tuple(_head_line(line) for line in reader.tables("head")),
        sections=tuple(_section(section) for section in reader.tables("sections", required=True)),
        signature=tuple(_head_line(line) for line in reader.tables("signature")),
        fields=tuple(_field(field) for field in reader.tables("fields", required=True)),
        page_size_pt=reader.number("page_size_pt", 13.0),
    )
    reader.finish()
    _check_name(reader, form, full_id)
    _check_unique(reader, form)
    _check_places(reader, form)
    return form


def _read_same(reader: Reader, full_id: str, forms: Mapping[str, Form]) -> Form:
    """Read a version that prints the text of another one and differs only in what is said of it."""
    same_as = reader.text("same_as")
    if same_as not in forms:
        raise reader.mistake("unknown_form", "same_as", same_as)
    form = replace(
        forms[same_as],
        id=reader.identifier("id"),
        version=reader.identifier("version"),
        title=reader.text("title"),
        legal_source=reader.text("legal_source"),
        effective_from=reader.day("effective_from", None),
        effective_to=reader.day("effective_to", None),
        note=reader.text("note"),
    )
    reader.finish()
    _check_name(reader, form, full_id)
    return form


def _head_line(reader: Reader) -> HeadLine:
    line = HeadLine(
        text=reader.text("text"),
        align=reader.one_of("align", _ALIGNMENTS, "center"),
        bold=reader.flag("bold"),
        italic=reader.flag("italic"),
    )
    reader.finish()
    return line


def _section(reader: Reader) -> Section:
    section = Section(
        number=reader.text("number"),
        heading=reader.text("heading"),
        guidance=reader.text("guidance", ""),
        lines=tuple(_line(line) for line in reader.tables("lines", required=True)),
        advice=reader.texts("advice"),
    )
    reader.finish()
    return section


def _line(reader: Reader) -> FormLine:
    """Read a line: ``parts``, or label and field of its only part."""
    blank_lines = reader.integer("blank_lines", 0)
    if blank_lines < 0:
        raise reader.mistake("bad_value", "blank_lines", blank_lines)
    parts = (
        tuple(_finished_part(part) for part in reader.tables("parts", required=True))
        if reader.has("parts")
        else (_part(reader),)
    )
    reader.finish()
    return FormLine(parts, blank_lines)


def _finished_part(reader: Reader) -> LinePart:
    part = _part(reader)
    reader.finish()
    return part


def _part(reader: Reader) -> LinePart:
    label, field = reader.text("label", ""), reader.text("field", "") or None
    if not label and field is None:
        raise reader.mistake("missing_key", "label", "text")
    return LinePart(label, field, reader.flag("with_words"))


def _field(reader: Reader) -> Field:
    kind = reader.choice("kind", FieldKind)
    key = reader.text("key")
    if not _FIELD_KEY.fullmatch(key):
        raise reader.mistake("bad_value", "key", key)
    field = Field(
        key=key,
        kind=kind,
        label=reader.text("label"),
        required=reader.flag("required"),
        help=reader.text("help", ""),
        options=tuple(_option(option) for option in reader.tables("options")),
        suggested_length=reader.integer("suggested_length", None),
        printed=reader.flag("printed", True),
        asked_for=reader.texts("asked_for"),
    )
    reader.finish()
    if bool(field.options) is not (kind in _WITH_OPTIONS):
        raise reader.mistake("bad_options", "options", kind)
    repeated = first_repeated(tuple(option.id for option in field.options))
    if repeated is not None:
        raise reader.mistake("duplicate", "options", repeated)
    return field


def _option(reader: Reader) -> Option:
    option = Option(reader.text("id"), reader.text("label"))
    reader.finish()
    return option


def first_repeated(names: tuple[str, ...]) -> str | None:
    """Return the first name that stands twice, or None."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _check_name(reader: Reader, form: Form, full_id: str) -> None:
    if form.full_id != full_id:
        raise reader.mistake("wrong_name", "id", form.full_id)


def _check_unique(reader: Reader, form: Form) -> None:
    for key, names in (
        ("fields", tuple(field.key for field in form.fields)),
        ("sections", tuple(section.number for section in form.sections)),
        ("lines", tuple(key for section in form.sections for key in section.field_keys)),
    ):
        repeated = first_repeated(names)
        if repeated is not None:
            raise reader.mistake("duplicate", key, repeated)


def _check_places(reader: Reader, form: Form) -> None:
    """Every field that is named exists, and exactly the printed ones have a place on paper."""
    places = {
        name: f"head[{index}].text"
        for index, line in enumerate(form.head)
        for name in _PLACEHOLDER.findall(line.text)
    }
    for index, section in enumerate(form.sections):
        places |= {key: f"sections[{index}].lines" for key in section.field_keys}
    for name, place in places.items():
        field = form.find(name)
        if field is None:
            raise reader.mistake("unknown_field", place, name)
        if not field.printed:
            raise reader.mistake("not_printed", place, name)
    for field in form.fields:
        if field.printed and field.key not in places:
            raise reader.mistake("no_place", "fields", field.key)
