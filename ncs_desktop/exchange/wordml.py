"""WordprocessingML as plain names: safe parsing, Strict as Transitional, styles and lists."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeAlias

from lxml import etree

from ncs_desktop.domain.errors import InputProblem

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
}
_NAMESPACES = tuple(f"{{{uri}}}" for uri, prefix in _PREFIXES.items() if prefix == "w")
_LARGEST_PART = 32 * 2**20
_LIST_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip

Look: TypeAlias = tuple[bool, bool, bool, bool, bool]
"""Bold, italic, underlined, raised, lowered."""
Drawn: TypeAlias = tuple[str, Look]
"""A font and a look."""


@cache
def _short(name: object) -> str:
    if not isinstance(name, str):
        return ""
    namespace, _, local = name[1:].partition("}")
    return f"{_PREFIXES.get(namespace, '?')}:{local}" if name[:1] == "{" else name


def tag(element: etree._Element) -> str:
    """Return the element's name as ``w:p``; ``""`` for comments and processing instructions."""
    return _short(element.tag)


def attribute(element: etree._Element | None, name: str, default: str = "") -> str:
    """Return attribute ``w:name`` (or the bare one), whichever namespace generation wrote it."""
    if element is None:
        return default
    for key in _attribute_names(name):
        value = element.get(key)
        if value is not None:
            return str(value)
    return default


@cache
def _attribute_names(name: str) -> tuple[str, ...]:
    return (*(namespace + name for namespace in _NAMESPACES), name)


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along ``path`` of short names, or None."""
    for name in path:
        if element is None:
            return None
        for item in element:
            if _short(item.tag) == name:
                element = item
                break
        else:
            return None
    return element


def children(element: etree._Element | None) -> dict[str, etree._Element]:
    """Return the children by short name, the first of each: properties stand once."""
    if element is None:
        return {}
    return {_short(item.tag): item for item in reversed(element)}


def is_on(element: etree._Element | None) -> bool:
    """Whether a toggle such as ``w:b`` is there and not switched off."""
    return element is not None and attribute(element, "val", "1") not in {
        "0",
        "false",
        "off",
        "none",
    }


def parse_xml(content: bytes, part: str) -> etree._Element:
    """Parse one part without entities, DTD or network; InputProblem where it is not plain XML."""
    if len(content) > _LARGEST_PART:
        raise InputProblem("docx.part_too_large", part=part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputProblem("docx.damaged", part=part) from error
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.externalDTD is not None:
        raise InputProblem("docx.dtd", part=part)
    return root


class Package:
    """The parts of a .docx by name, with the relations between them."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {name.casefold().lstrip("/"): content for name, content in parts.items()}
        self._relations: dict[str, tuple[tuple[str, str], ...]] = {}

    def related(self, source: str, kind: str) -> Iterator[str]:
        """Yield names of the parts that ``source`` (``""``: the package) relates to as ``kind``."""
        if source not in self._relations:
            self._relations[source] = tuple(self._read_relations(source))
        return (path for found, path in self._relations[source] if found == kind)

    def _read_relations(self, source: str) -> Iterator[tuple[str, str]]:
        """Yield kind and part of what ``source`` relates to within the package."""
        folder, name = posixpath.split(source)
        rels = self._parts.get(posixpath.join(folder, "_rels", f"{name}.rels").casefold())
        if rels is None:
            return
        for relation in parse_xml(rels, f"{name}.rels"):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target") or ""
            base = target if target.startswith("/") else posixpath.join(folder, target)
            path = posixpath.normpath(base).lstrip("/").casefold()
            if path in self._parts:
                yield (relation.get("Type") or "").rpartition("/")[2], path

    def root(self, name: str) -> etree._Element:
        """Parse the part ``name``."""
        return parse_xml(self._parts[name], name)

    def has(self, name: str) -> bool:
        """Whether a part of that name (any case) is in the package."""
        return name.casefold() in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """All part names, case-folded."""
        return tuple(self._parts)


@dataclass(frozen=True)
class Styles:
    """What styles.xml says that text needs: fonts, lists and emphasis, inherited along basedOn."""

    elements: Mapping[str, etree._Element] = field(default_factory=dict)
    default_paragraph: str = ""
    default_font: str = ""
    known: dict[str, Traits] = field(default_factory=dict)
    unadorned: dict[str, Drawn] = field(default_factory=dict)
    lists: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element | None) -> Styles:
        """Read styles.xml; None gives no styles."""
        if root is None:
            return cls()
        elements, default = {}, ""
        for style in root:
            if tag(style) != "w:style":
                continue
            name = attribute(style, "styleId")
            elements[name] = style
            if attribute(style, "type") == "paragraph" and is_default(style):
                default = name
        fonts = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:rFonts")
        return cls(elements, default, font_name(fonts))

    def chain(self, style_id: str) -> Iterator[etree._Element]:
        """Yield the style and those it is based on, nearest first, each once."""
        seen: set[str] = set()
        while style_id and style_id not in seen and style_id in self.elements:
            seen.add(style_id)
            style = self.elements[style_id]
            yield style
            style_id = attribute(child(style, "w:basedOn"), "val")

    def traits(self, style_id: str) -> Traits:
        """Return the look of a style, inherited along what it is based on."""
        if style_id not in self.known:
            found = Traits()
            for style in self.chain(style_id):
                found = found.over(read_traits(children(child(style, "w:rPr"))))
            self.known[style_id] = found
        return self.known[style_id]

    def drawn(self, properties: Mapping[str, etree._Element], style_id: str) -> Drawn:
        """Return how a run with ``properties`` is drawn in a paragraph of that style."""
        if not properties and style_id in self.unadorned:
            return self.unadorned[style_id]
        base = self.traits(style_id)
        if "w:rStyle" in properties:
            base = self.traits(attribute(properties["w:rStyle"], "val")).over(base)
        traits = read_traits(properties).over(base)
        drawn = traits.font or self.default_font, traits.look
        if not properties:
            self.unadorned[style_id] = drawn
        return drawn

    def list_place(self, style_id: str) -> tuple[str, str]:
        """Return the list and the level a paragraph style puts its paragraphs in."""
        if style_id not in self.lists:
            found = (child(style, "w:pPr", "w:numPr") for style in self.chain(style_id))
            self.lists[style_id] = list_place(
                next((item for item in found if item is not None), None)
            )
        return self.lists[style_id]


def list_place(numbers: etree._Element | None) -> tuple[str, str]:
    """Return the list and the level a ``w:numPr`` names, ``""`` and ``"0"`` where it names none."""
    parts = children(numbers)
    return attribute(parts.get("w:numId"), "val"), attribute(parts.get("w:ilvl"), "val", "0")


def paragraph_traits(properties: etree._Element) -> tuple[str, etree._Element | None]:
    """Return the style and the ``w:numPr`` that a ``w:pPr`` names."""
    style, numbers = "", None
    for item in properties:
        name = _short(item.tag)
        if name == "w:pStyle":
            style = attribute(item, "val")
        elif name == "w:numPr":
            numbers = item
    return style, numbers


def is_default(style: etree._Element) -> bool:
    """Whether a style is its kind's default."""
    return attribute(style, "default") in {"1", "true", "on"}


def font_name(fonts: etree._Element | None) -> str:
    """Return the Latin font a ``w:rFonts`` names, or ``""``."""
    return attribute(fonts, "ascii") or attribute(fonts, "hAnsi") if fonts is not None else ""


class Traits(NamedTuple):
    """How a run looks; None where it is left to the style below."""

    font: str = ""
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    place: str = ""

    def over(self, base: Traits) -> Traits:
        """Return these traits, with what they leave open taken from ``base``."""
        return Traits(
            self.font or base.font,
            base.bold if self.bold is None else self.bold,
            base.italic if self.italic is None else self.italic,
            base.underline if self.underline is None else self.underline,
            self.place or base.place,
        )

    @property
    def look(self) -> Look:
        """Bold, italic, underlined, raised, lowered."""
        raised, lowered = self.place == "superscript", self.place == "subscript"
        return bool(self.bold), bool(self.italic), bool(self.underline), raised, lowered


def read_traits(properties: Mapping[str, etree._Element]) -> Traits:
    """Return what the children of a ``w:rPr`` say."""
    return Traits(
        font_name(properties.get("w:rFonts")),
        _toggle(properties.get("w:b")),
        _toggle(properties.get("w:i")),
        _toggle(properties.get("w:u")),
        attribute(properties.get("w:vertAlign"), "val"),
    )


def _toggle(element: etree._Element | None) -> bool | None:
    return None if element is None else is_on(element)


class Numbering:
    """Counts list items as Word shows them; one instance counts through one document."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counters: dict[str, list[int | None]] = {}
        for item in root if root is not None else ():
            if tag(item) == "w:abstractNum":
                self._abstract[attribute(item, "abstractNumId")] = item
            elif tag(item) == "w:num":
                starts = {
                    _integer(attribute(override, "ilvl")): _integer(
                        attribute(child(override, "w:startOverride"), "val"), 1
                    )
                    for override in item
                    if tag(override) == "w:lvlOverride"
                    and child(override, "w:startOverride") is not None
                }
                abstract = attribute(child(item, "w:abstractNumId"), "val")
                self._lists[attribute(item, "numId")] = (abstract, starts)

    def marker(self, number_id: str, level: int) -> str | None:
        """Return the next marker (``1.``, ``a)``, ``-``) of a list, None where it has none."""
        if number_id not in self._lists or not 0 <= level <= 8:
            return None
        abstract, starts = self._lists[number_id]
        definition = self._level(abstract, level)
        if definition is None:
            return None
        shape = attribute(child(definition, "w:numFmt"), "val", "decimal")
        text = attribute(child(definition, "w:lvlText"), "val")
        if shape == "bullet":
            return "+" if text.strip() in {"+"} else "-"
        if shape == "none" and "%" not in text:
            return text.strip() or None
        counters = self._counters.setdefault(abstract if not starts else number_id, [None] * 9)
        current = counters[level]
        counters[level] = (
            starts.get(level, self._start(abstract, level)) if current is None else current + 1
        )
        counters[level + 1 :] = [None] * (8 - level)
        return self._filled(abstract, text, counters).strip() or None

    def _filled(self, abstract: str, text: str, counters: list[int | None]) -> str:
        for index in range(9):
            if f"%{index + 1}" in text:
                definition = self._level(abstract, index)
                shape = attribute(child(definition, "w:numFmt"), "val", "decimal")
                count = counters[index]
                number = count if count is not None else self._start(abstract, index)
                text = text.replace(f"%{index + 1}", in_shape(number, shape))
        return text

    def _level(self, abstract: str, level: int) -> etree._Element | None:
        definition = self._abstract.get(abstract)
        for item in definition if definition is not None else ():
            if tag(item) == "w:lvl" and attribute(item, "ilvl") == str(level):
                return item
        return None

    def _start(self, abstract: str, level: int) -> int:
        return _integer(attribute(child(self._level(abstract, level), "w:start"), "val"), 1)


def _integer(text: str, default: int = 0) -> int:
    try:
        return int(text)
    except ValueError:
        return default


def in_shape(number: int, shape: str) -> str:
    """Return ``number`` as a list shows it: decimal, letters or Roman numerals."""
    if shape in {"lowerLetter", "upperLetter"} and number > 0:
        letter = _LIST_LETTERS[(number - 1) % 26] * ((number - 1) // 26 % 100 + 1)
        return letter.upper() if shape == "upperLetter" else letter
    if shape in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman, rest = "", number
        for value, letters in _ROMAN:
            roman += letters * (rest // value)
            rest %= value
        return roman.upper() if shape == "upperRoman" else roman
    return f"{number:02d}" if shape == "decimalZero" else str(number)
