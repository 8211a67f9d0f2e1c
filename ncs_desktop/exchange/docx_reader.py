"""Any .docx as blocks, losing no word: what an enterprise sends is rarely what the form was.

A walk over paragraphs and tables misses the text of content controls, text boxes, tracked
insertions, notes, headers and footers. This reader visits every ``w:t`` of every part and accounts
for it: it stands in a story, or in ``dropped`` with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from lxml import etree

from ncs_desktop.domain.blocks import (
    Block,
    Blocks,
    ListItem,
    Paragraph,
    Run,
    Table,
    is_blank,
)
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.legacy import convert_by_font, is_legacy_font, is_unicode
from ncs_desktop.domain.text import clean_text, nfc
from ncs_desktop.exchange.archive import read_archive
from ncs_desktop.exchange.wordml import (
    Drawn,
    Numbering,
    Package,
    Styles,
    child,
    children,
    is_on,
    list_place,
    paragraph_traits,
    tag,
)

_SKIPPED = {"w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr", "w:sdtPr",
            "w:sdtEndPr", "w:instrText", "w:delText", "w:delInstrText", "w:fldData"}  # fmt: skip
_DELETED = {"w:del": "deleted", "w:moveFrom": "moved"}
_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-",
               "w:softHyphen": "\u00ad"}  # fmt: skip
_DRAWINGS = {"w:drawing", "w:pict", "w:object"}
_IMAGE_DATA = {"blip", "imagedata"}
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_PLAIN: Drawn = ("", (False, False, False, False, False))
_NOTES = ("footnotes", "endnotes", "comments")
_FURNITURE = ("header", "footer")


Piece: TypeAlias = tuple[str, Drawn]
"""Text, and how it is drawn."""


@dataclass(frozen=True, slots=True)
class Story:
    """One flow of text: ``body``, ``text_box``, ``header``, ``footer``, ``footnotes`` and so on.

    ``anchor`` of a text box in the body is the paragraph it hangs on: how many paragraphs come
    before, those in tables counted; -1 for anything else.
    """

    kind: str
    blocks: Blocks
    anchor: int = -1


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text left out on purpose: ``deleted``, ``moved`` (tracked changes), ``twin`` of a shape."""

    reason: str
    text: str


@dataclass(frozen=True)
class WordDocument:
    """What a .docx says: its stories in reading order, what was left out, and what to mention.

    ``remarks`` are message codes with a count: legacy fonts converted, macros ignored, and so on.
    """

    stories: tuple[Story, ...]
    dropped: tuple[Dropped, ...] = ()
    remarks: Mapping[str, int] = field(default_factory=dict)

    @property
    def body(self) -> Blocks:
        """The main text."""
        return tuple(
            block for story in self.stories if story.kind == "body" for block in story.blocks
        )


def read_docx(content: bytes, name: str) -> WordDocument:
    """Read the .docx ``content`` called ``name``; InputProblem where gate or content refuse it."""
    if content.startswith(_OLE_MAGIC):
        raise InputProblem("docx.old_or_locked", file=name)
    parts = read_archive(content, name)
    try:
        document = read_parts(parts)
        if not document.stories and document.remarks.get("docx.pictures"):
            raise InputProblem("docx.only_pictures")
        return document
    except InputProblem as problem:
        problem.params["file"] = name
        raise


def read_parts(parts: Mapping[str, bytes]) -> WordDocument:
    """Read the parts of a .docx package; InputProblem where it is none or is damaged."""
    package = Package(parts)
    main = next(package.related("", "officeDocument"), None)
    if main is None and package.has("word/document.xml"):
        main = "word/document.xml"
    if main is None:
        raise InputProblem("docx.not_word")
    reader = _Reader(package, main)
    document = reader.read()
    misnamed = reader.misnamed()
    return _Reader(package, main, misnamed).read() if misnamed else document


class _Reader:
    def __init__(self, package: Package, main: str, unicode_fonts: Set[str] = frozenset()) -> None:
        self.package, self.main = package, main
        self.unicode_fonts = unicode_fonts
        self.unicode_stretches: Counter[str] = Counter()
        self.styles = Styles.read(self._optional("styles"))
        self.numbering = Numbering(self._optional("numbering"))
        self.dropped: list[Dropped] = []
        self.remarks: Counter[str] = Counter()
        self.boxes: list[Story] = []
        self.place = 0

    def _optional(self, kind: str) -> etree._Element | None:
        name = next(self.package.related(self.main, kind), None)
        return self.package.root(name) if name else None

    def misnamed(self) -> Set[str]:
        """Return fonts of old encodings whose text was made Unicode while they kept their name."""
        return {font for font, balance in self.unicode_stretches.items() if balance > 0}

    def read(self) -> WordDocument:
        root = self.package.root(self.main)
        bodies = [item for item in root if tag(item) == "w:body"]
        if not bodies:
            raise InputProblem("docx.not_word")
        stories = [story for body in bodies for story in self._stories("body", body)]
        for kind in (*_FURNITURE, *_NOTES):
            for name in dict.fromkeys(self.package.related(self.main, kind)):
                stories += self._stories(kind, self.package.root(name))
        if any(name.endswith("vbaproject.bin") for name in self.package.names):
            self.remarks["docx.macros"] += 1
        if next(self.package.related(self.main, "aFChunk"), None):
            self.remarks["docx.embedded"] += 1
        return WordDocument(tuple(stories), tuple(self.dropped), dict(self.remarks))

    def _stories(self, kind: str, root: etree._Element) -> Iterator[Story]:
        self.place = 0
        blocks = tuple(self._blocks(root))
        if not is_blank(blocks):
            yield Story(kind, blocks)
        boxes, self.boxes = self.boxes, []
        yield from (box if kind == "body" else replace(box, anchor=-1) for box in boxes)

    # blocks ---------------------------------------------------------------------------------

    def _blocks(self, items: Iterable[etree._Element]) -> Iterator[Block]:
        for item in items:
            name = tag(item)
            if name == "w:p":
                yield from self._paragraph(item)
            elif name == "w:tbl":
                yield self._table(item)
            elif name in _DELETED:
                self._drop(item, _DELETED[name])
            elif name == "mc:AlternateContent":
                yield from self._blocks(self._choice(item))
            elif name in {"w:r", "w:hyperlink", "w:fldSimple"}:
                yield from self._paragraph([item])
            elif name and name not in _SKIPPED:
                yield from self._blocks(item)

    def _table(self, element: etree._Element) -> Table:
        rows: list[tuple[Blocks, ...]] = []
        headers = 0
        for row in self._inside(element, "w:tr"):
            if len(rows) == headers and is_on(child(row, "w:trPr", "w:tblHeader")):
                headers += 1
            if child(row, "w:trPr", "w:del") is not None:
                self._drop(row, "deleted")
                continue
            rows.append(tuple(tuple(self._blocks(cell)) for cell in self._inside(row, "w:tc")))
        return Table(tuple(rows), headers if headers < len(rows) else 0)

    def _inside(self, element: etree._Element, wanted: str) -> Iterator[etree._Element]:
        """Yield rows or cells, also those within content controls and custom XML."""
        for item in element:
            name = tag(item)
            if name == wanted:
                yield item
            elif name in _DELETED:
                self._drop(item, _DELETED[name])
            elif name == "mc:AlternateContent":
                yield from self._inside(self._choice(item), wanted)
            elif name and name not in _SKIPPED and name not in {"w:p", "w:tbl"}:
                yield from self._inside(item, wanted)

    def _paragraph(self, items: Iterable[etree._Element]) -> list[Block]:
        """Return the paragraph of ``items``, more than one where it holds line breaks.

        Most of a file are paragraphs of a few runs: their children are looked at only once.
        """
        style = self.styles.default_paragraph
        place: tuple[str | None, int] | None = None
        pieces: list[Piece] = []
        for item in items:
            name = tag(item)
            if name == "w:r":
                self._run(item, pieces, style)
            elif name == "w:pPr":
                style, numbers = paragraph_traits(item)
                style = style or self.styles.default_paragraph
                place = self._marker(numbers, style)
            else:
                self._inline(item, pieces, style)
        marker, level = place or self._marker(None, style)
        first, *rest = self._lines(pieces)
        self.place += 1 + len(rest)
        begun = Paragraph(first) if marker is None else ListItem(first, marker, level)
        return [begun, *map(Paragraph, rest)]

    def _marker(self, numbers: etree._Element | None, style: str) -> tuple[str | None, int]:
        own = list_place(numbers) if numbers is not None else self.styles.list_place(style)
        number_id, depth = own
        if not number_id or number_id == "0":
            return None, 1
        level = int(depth) if depth.isdigit() and len(depth) == 1 else 0
        return self.numbering.marker(number_id, level), min(level, 8) + 1

    # text within a paragraph ----------------------------------------------------------------

    def _inline(self, element: etree._Element, pieces: list[Piece], style: str) -> None:
        name = tag(element)
        if name == "w:r":
            self._run(element, pieces, style)
        elif name in _SKIPPED:
            return
        elif name in _DELETED:
            self._drop(element, _DELETED[name])
        elif name == "mc:AlternateContent":
            for item in self._choice(element):
                self._inline(item, pieces, style)
        elif name in _DRAWINGS:
            self._drawing(element, pieces, style)
        elif name == "m:t":
            pieces.append((element.text or "", _PLAIN))
        elif name in {"w:txbxContent", "w:p", "w:tbl"}:
            self._box(element if name == "w:txbxContent" else [element])
        else:
            for item in element:
                self._inline(item, pieces, style)

    def _run(self, element: etree._Element, pieces: list[Piece], style: str) -> None:
        properties = children(child(element, "w:rPr")) if len(element) > 1 else {}
        drawn = self.styles.drawn(properties, style)
        for item in element:
            name = tag(item)
            if name == "w:t":
                pieces.append((item.text or "", drawn))
            elif name in _CHARACTERS:
                pieces.append((_CHARACTERS[name], drawn))
            elif name == "w:sym":
                pieces.append(("□", drawn))
                self.remarks["docx.symbols"] += 1
            elif name not in _SKIPPED:
                self._inline(item, pieces, style)

    def _drawing(self, element: etree._Element, pieces: list[Piece], style: str) -> None:
        """Read the text of a drawing; one that holds a picture is counted."""
        inner = (item for item in element.iter() if isinstance(item.tag, str))
        if any(item.tag.rpartition("}")[2] in _IMAGE_DATA for item in inner):
            self.remarks["docx.pictures"] += 1
        for item in element:
            self._inline(item, pieces, style)

    def _box(self, items: Iterable[etree._Element]) -> None:
        anchor = self.place
        blocks = tuple(self._blocks(items))
        self.place = anchor
        if not is_blank(blocks):
            self.boxes.append(Story("text_box", blocks, anchor))

    def _choice(self, element: etree._Element) -> etree._Element:
        """Return the preferred form of an alternate content, dropping its twins."""
        forms = [item for item in element if tag(item) in {"mc:Choice", "mc:Fallback"}]
        if not forms:
            return element
        texts = ["".join(text for text in self._texts(item)) for item in forms]
        best = max(range(len(forms)), key=lambda index: (bool(texts[index].strip()), -index))
        for index, text in enumerate(texts):
            if index != best and text:
                self.dropped.append(Dropped("twin", text))
        return forms[best]

    def _texts(self, element: etree._Element) -> Iterator[str]:
        return (item.text or "" for item in element.iter() if tag(item) == "w:t")

    def _drop(self, element: etree._Element, reason: str) -> None:
        text = "".join(
            item.text or "" for item in element.iter() if tag(item) in {"w:t", "w:delText"}
        )
        if text:
            self.dropped.append(Dropped(reason, text))
            if reason == "moved":
                self.remarks["docx.moved"] += 1

    def _lines(self, pieces: list[Piece]) -> list[tuple[Run, ...]]:
        """Return the runs of each line.

        A legacy font is converted over a whole stretch of it: a VNI letter and its mark may be
        split over several pieces. The soft hyphen is a letter of TCVN3 and nothing elsewhere.
        """
        if len(pieces) == 1:
            return self._broken(*pieces[0])
        lines: list[list[Run]] = [[]]
        for drawn, stretch in groupby(pieces, itemgetter(1)):
            first, *rest = self._broken("".join([text for text, _ in stretch]), drawn)
            lines[-1].extend(first)
            lines.extend(map(list, rest))
        return [*map(tuple, lines)]

    def _broken(self, text: str, drawn: Drawn) -> list[tuple[Run, ...]]:
        """Return the lines of one text: a run each, or nothing."""
        font, look = drawn
        shown = self._shown(text, font)
        parts = shown.split("\n") if "\n" in shown else (shown,)
        return [(Run(part, *look),) if part else () for part in parts]

    def _shown(self, text: str, font: str) -> str:
        """Return ``text`` set in ``font`` as Unicode that any file can carry."""
        legacy = is_legacy_font(font)
        if not legacy and text.isprintable():
            return nfc(text)
        converted = text if font in self.unicode_fonts else convert_by_font(text, font)
        if legacy and not text.isascii():
            self.unicode_stretches[font] += 1 if is_unicode(text) else -1
        if converted != text:
            self.remarks["docx.legacy_font"] += 1
        cleaned = clean_text(converted.replace("\u00ad", ""))
        if cleaned.dropped:
            self.remarks["docx.illegal_characters"] += cleaned.dropped
        return cleaned.text
