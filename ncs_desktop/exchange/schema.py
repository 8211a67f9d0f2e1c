"""The JSON Schema of a proposal file, derived from its form, for other programs that write one."""

from __future__ import annotations

from typing import Any

from ncs_desktop.domain.blocks import STYLES
from ncs_desktop.domain.form import Field, FieldKind, Form
from ncs_desktop.domain.table_line import line_fields
from ncs_desktop.exchange.proposal_json import FORMAT, VERSION
from ncs_desktop.exchange.value_types import AMOUNT_LIMIT, LINE

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "null"]}
_TEXTS = {"type": ["array", "null"], "items": {"type": "string"}}
_AMOUNT = {
    "type": ["integer", "null"],
    "exclusiveMinimum": -AMOUNT_LIMIT,
    "exclusiveMaximum": AMOUNT_LIMIT,
    "description": "đồng",
}
_BY_KIND: dict[FieldKind, dict[str, Any]] = {
    FieldKind.YEAR: {"type": ["integer", "null"], "minimum": 0, "maximum": 9999},
    FieldKind.TEXT: _TEXT,
    FieldKind.DURATION: _TEXT,
    FieldKind.PHONE: _TEXT,
    FieldKind.EMAIL: _TEXT,
    FieldKind.CHOICE: _TEXT,
    FieldKind.CHOICES: _TEXTS,
    FieldKind.TEXT_LIST: _TEXTS,
    FieldKind.MONEY: _AMOUNT,
    FieldKind.BLOCKS: {"$ref": "#/$defs/blocks"},
    FieldKind.COMMITMENTS: {"type": ["array", "null"], "items": {"$ref": "#/$defs/commitment"}},
}


def proposal_schema(form: Form) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a proposal written in ``form``."""
    return {
        "$schema": _DIALECT,
        "title": f"{form.full_id}: {form.title}",
        "type": "object",
        "required": ["format", "version", "form", "form_version", "call", "values"],
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "id": {"type": ["string", "null"], "format": "uuid"},
            "revision": {"type": "integer", "minimum": 1},
            "form": {"const": form.id},
            "form_version": {"const": form.version},
            "call": {"type": "string", "minLength": 1},
            "values": _values(form),
            "confirmations": {"type": "object", "additionalProperties": {"type": "boolean"}},
            "waivers": {"type": "array", "items": {"$ref": "#/$defs/waiver"}},
            LINE: {
                "type": ["object", "null"],
                "properties": {field.key: _field(field) for field in line_fields(form)},
            },
        },
        "$defs": _definitions(),
    }


def _values(form: Form) -> dict[str, Any]:
    root: dict[str, Any] = {"type": "object", "properties": {}}
    for field in form.fields:
        *parents, last = field.key.split(".")
        node = root
        for name in parents:
            empty = {"type": ["object", "null"], "properties": {}}
            node = node["properties"].setdefault(name, empty)
        node["properties"][last] = _field(field)
    return root


def _field(field: Field) -> dict[str, Any]:
    schema = {**_BY_KIND[field.kind], "title": field.label}
    if field.options and field.kind is FieldKind.CHOICE:
        schema = {
            "enum": [*(option.id for option in field.options), "", None],
            "title": field.label,
        }
    return schema


def _definitions() -> dict[str, Any]:
    run = {
        "type": "object",
        "properties": {
            "text": {"type": "string"},
            **{name: {"type": "boolean"} for name in STYLES},
        },
    }
    runs = {"type": ["array", "null"], "items": {"$ref": "#/$defs/run"}}
    cell = {"$ref": "#/$defs/blocks"}
    rows = {"type": "array", "items": {"type": "array", "items": cell}}
    level = {"type": "integer", "minimum": 1, "maximum": 9}
    count = {"type": "integer", "minimum": 0}
    text = {"type": "string"}
    return {
        "run": run,
        "block": {
            "oneOf": [
                _block("paragraph", runs=runs),
                _block("list_item", runs=runs, level=level, marker=text),
                _block("table", rows=rows, header_rows=count),
            ]
        },
        "blocks": {"type": ["string", "array", "null"], "items": {"$ref": "#/$defs/block"}},
        "commitment": {
            "type": "object",
            "properties": {
                **dict.fromkeys(("organization", "address", "representative", "position"), _TEXT),
                "scope": _TEXTS,
                "amount": _AMOUNT,
            },
        },
        "waiver": {
            "type": "object",
            "required": ["code"],
            "properties": dict.fromkeys(("code", "reason", "at", "by"), text),
        },
    }


def _block(kind: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"const": kind}, **properties},
    }
