"""Requests for supplement as files (``*.ncs``): from the officer to the enterprise's editor.

Read through the same gate as a proposal file; what this version does not know is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, freeze
from ncs_desktop.domain.supplement import Point, SupplementRequest
from ncs_desktop.domain.text import clean_text
from ncs_desktop.exchange.proposal_json import read_json_object, write_json
from ncs_desktop.exchange.value_types import wrong

FORMAT, VERSION = "ncs-supplement-request", 1
MOST_POINTS = 1000
_KNOWN = (
    "format",
    "version",
    "id",
    "call",
    "proposal",
    "agency",
    "created",
    "until",
    "points",
    "data",
)
_ABOUT_KEYS = ("id", "revision", "digest", "title")
_POINT_KEYS = ("id", "field", "code", "words")


def is_request(content: bytes, name: str) -> bool:
    """Whether a JSON file is a request for supplement; InputProblem where it is no JSON object."""
    return read_json_object(content, name).get("format") == FORMAT


def write_request(request: SupplementRequest) -> bytes:
    """Return the file of ``request``: the same request always gives the same bytes."""
    tree: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "id": request.id,
        "call": request.call,
        "proposal": {
            "id": request.proposal_id,
            "revision": request.revision,
            "digest": request.digest,
            "title": request.title,
            **request.about,
        },
        "agency": request.agency,
        "created": request.created,
        "until": request.until.isoformat() if request.until else None,
        "points": [
            {
                "id": point.id,
                "field": point.field,
                "code": point.code,
                "words": point.words,
                **point.extra,
            }
            for point in request.points
        ],
    }
    if request.data:
        tree["data"] = request.data
    tree.update(request.extra)
    return write_json(tree)


def read_request(content: bytes, name: str) -> SupplementRequest:
    """Read a request; InputProblem names ``name``, the key and what was expected there."""
    tree = read_json_object(content, name)
    if tree.get("format") != FORMAT:
        raise InputProblem("supplement.other_format", file=name)
    if _count(tree, "version", name) > VERSION:
        raise InputProblem("proposal.newer", file=name, version=tree["version"])
    about = _object(tree, "proposal", name)
    return SupplementRequest(
        id=_uuid(tree, "id", name),
        call=_text(tree, "call", name, required=True),
        proposal_id=_uuid(about, "id", name, "proposal."),
        revision=_count(about, "revision", name, "proposal."),
        digest=_text(about, "digest", name, "proposal."),
        title=_text(about, "title", name, "proposal."),
        points=_points(tree, name),
        created=_text(tree, "created", name),
        agency=_text(tree, "agency", name),
        until=_until(tree, name),
        data=freeze(_object(tree, "data", name)) if tree.get("data") is not None else EMPTY,
        about=_unknown(about, _ABOUT_KEYS),
        extra=_unknown(tree, _KNOWN),
    )


def _points(tree: Mapping[str, Any], name: str) -> tuple[Point, ...]:
    items = tree.get("points")
    if not isinstance(items, list) or len(items) > MOST_POINTS:
        raise wrong(name, "points", "list")
    points = []
    for index, item in enumerate(items):
        prefix = f"points[{index}]"
        if not isinstance(item, dict):
            raise wrong(name, prefix, "object")
        prefix += "."
        points.append(
            Point(
                _text(item, "id", name, prefix, required=True),
                _text(item, "words", name, prefix),
                _text(item, "field", name, prefix) or None,
                _text(item, "code", name, prefix),
                _unknown(item, _POINT_KEYS),
            )
        )
    if len({point.id for point in points}) < len(points):
        raise wrong(name, "points", "list")
    return tuple(points)


def _unknown(tree: Mapping[str, Any], known: tuple[str, ...]) -> FrozenDict:
    return FrozenDict({key: freeze(value) for key, value in tree.items() if key not in known})


def _text(
    tree: Mapping[str, Any], key: str, name: str, prefix: str = "", *, required: bool = False
) -> str:
    value = tree.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise wrong(name, prefix + key, "text")
    return clean_text(value).text


def _count(tree: Mapping[str, Any], key: str, name: str, prefix: str = "") -> int:
    value = tree.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value < 10**6:
        raise wrong(name, prefix + key, "count")
    return value


def _uuid(tree: Mapping[str, Any], key: str, name: str, prefix: str = "") -> str:
    try:
        return str(uuid.UUID(tree.get(key)))
    except (ValueError, TypeError, AttributeError) as error:
        raise wrong(name, prefix + key, "uuid") from error


def _object(tree: Mapping[str, Any], key: str, name: str) -> dict[str, Any]:
    value = tree.get(key)
    if not isinstance(value, dict):
        raise wrong(name, key, "object")
    return value


def _until(tree: Mapping[str, Any], name: str) -> date | None:
    text = _text(tree, "until", name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InputProblem("supplement.bad_date", file=name, key="until") from error
