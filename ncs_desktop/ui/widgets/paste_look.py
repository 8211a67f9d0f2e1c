"""How pasted text looks, as far as we keep it: the effect of tags and inline styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

_MSO_LEVEL = re.compile(r"mso-list:[^;]*?\blevel(\d)", re.IGNORECASE)
_TAGS: dict[str, dict[str, Any]] = {
    **{name: {"bold": True} for name in ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")},
    **{name: {"italic": True} for name in ("i", "em", "cite", "dfn", "var")},
    **{name: {"underline": True} for name in ("u", "ins")},
    "sup": {"superscript": True, "subscript": False},
    "sub": {"superscript": False, "subscript": True},
    "pre": {"literal": True},
    "select": {"hidden": "hidden"},
}
_LOOKED_AT = ("style", "face", "color", "size", "bgcolor", "hidden", "href")


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a stretch of text; ``hidden`` names why it is not taken over, if so."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    superscript: bool = False
    subscript: bool = False
    font: str = ""
    hidden: str = ""
    literal: bool = False
    in_marker: bool = False
    list_style: str = ""


def look_of(outer: Look, name: str, attributes: dict[str, str]) -> tuple[Look, set[str]]:
    """Return the look inside a tag and what of its formatting is not taken over."""
    changes: dict[str, Any] = dict(_TAGS.get(name, {}))
    told: set[str] = set()
    if name in ("s", "strike", "del"):
        told.add("strike")
    if any(attribute in attributes for attribute in _LOOKED_AT):
        _read_attributes(attributes, changes, told)
        for key, value in declarations(attributes.get("style", "")).items():
            _read_style(key, value, changes, told)
    return (replace(outer, **changes) if changes else outer), told


def declarations(style: str) -> dict[str, str]:
    """Return the declarations of a style attribute, names and values in lower case but fonts."""
    found = {}
    for part in style.split(";"):
        key, colon, value = part.partition(":")
        if colon:
            found[key.strip().lower()] = value.strip()
    return found


def mso_level(attributes: dict[str, str]) -> int:
    """Return the level of a paragraph that Word numbered, 0 where it did not."""
    found = _MSO_LEVEL.search(attributes.get("style", ""))
    return max(int(found[1]), 1) if found else 0


def _read_attributes(attributes: dict[str, str], changes: dict[str, Any], told: set[str]) -> None:
    if "face" in attributes:
        changes["font"] = attributes["face"].strip()
        told.add("font")
    if "size" in attributes:
        told.add("font")
    if "color" in attributes or "bgcolor" in attributes:
        told.add("colour")
    if "hidden" in attributes:
        changes["hidden"] = "hidden"
    if attributes.get("href", "").strip().lstrip("#"):
        told.add("link")


def _read_style(key: str, value: str, changes: dict[str, Any], told: set[str]) -> None:
    low = value.lower()
    if key == "font-weight":
        heavy = low in ("bold", "bolder") or (low.isdecimal() and int(low[:4]) >= 600)
        changes["bold"] = heavy
    elif key == "font-style":
        changes["italic"] = low.startswith(("italic", "oblique"))
    elif key in ("text-decoration", "text-decoration-line"):
        if "underline" in low or low == "none":
            changes["underline"] = "underline" in low
        if "line-through" in low:
            told.add("strike")
    elif key == "vertical-align":
        changes["superscript"], changes["subscript"] = low == "super", low == "sub"
    elif key in ("font-family", "font", "font-size", "mso-ascii-font-family"):
        _read_font(key, value, changes, told)
    elif key in ("color", "background", "background-color", "mso-highlight"):
        told.add("colour")
    elif key == "list-style-type":
        changes["list_style"] = low
    else:
        _read_visibility(key, low, changes)


def _read_font(key: str, value: str, changes: dict[str, Any], told: set[str]) -> None:
    told.add("font")
    if key == "font-family":
        changes["font"] = value.partition(",")[0].strip(" \"'")


def _read_visibility(key: str, low: str, changes: dict[str, Any]) -> None:
    if key == "mso-list" and low == "ignore":
        changes["in_marker"] = True
    elif (key, low) in (("display", "none"), ("visibility", "hidden"), ("mso-hide", "all")):
        changes["hidden"] = "hidden"
    elif key in ("mso-element", "mso-special-character") and low.startswith("comment"):
        changes["hidden"] = "comment"
    elif key == "white-space" and low.startswith("pre"):
        changes["literal"] = True
