"""A filled form in Word, whoever typed it, as values by field, with nothing lost or guessed.

Lines → headings by wording, look and order → regions → labels → one reader for each kind of field.
Every word of the source stands in exactly one place: the source of a field, ``form_words`` or
``unplaced``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ncs_desktop.domain.form import FieldKind, Form, Section
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.exchange.docx_reader import WordDocument
from ncs_desktop.exchange.filled_anchors import overlap
from ncs_desktop.exchange.filled_budget import check_budget, compare_amount, take_equation
from ncs_desktop.exchange.filled_contacts import is_mixed, place_contacts, until_person
from ncs_desktop.exchange.filled_cuts import Cuts, Region, cut_story
from ncs_desktop.exchange.filled_fields import (
    Ledger,
    ReadField,
    Remark,
    is_wrapped,
    on_one_line,
    read_value,
    remark,
    without_end,
)
from ncs_desktop.exchange.filled_grid import grids_apart
from ncs_desktop.exchange.filled_guidance import take_guidance
from ncs_desktop.exchange.filled_labels import (
    FOREIGN,
    NO_LABELS,
    STATIC,
    Labels,
    Piece,
    best_pieces,
)
from ncs_desktop.exchange.filled_lines import Line, folded_words, one_text
from ncs_desktop.exchange.filled_money import declared_unit, is_declaration, read_amount
from ncs_desktop.exchange.filled_source import Source
from ncs_desktop.exchange.filled_wording import wording_of

_FURNITURE = re.compile(
    r"(?:(?:mã kiểm soát:\s*)?\w+(?:-[0-9A-Z]{4}){2}-r\d+)?\s*"
    r"(?:trang\s*)?\d{0,4}\s*(?:[/|]|trên)?\s*\d{0,4}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d")
_OTHER_YEAR = {"ngay", "thang", "tu", "nghi", "quyet"}
"""Folded words of dates and of legal acts, whose year is not the plan's."""
_BEGINS = ("thuc", "hien", "tu", "nam")
"""Folded words before the year with which a task begins."""
_PLACEHOLDER = "{plan_year}"
_EXACT = 0.95
"""From here on a heading is worded as the form words it."""


@dataclass(frozen=True)
class FilledForm:
    """What was read: ``values`` as in the JSON of a proposal, and how each field came about."""

    values: FrozenDict = EMPTY
    fields: tuple[ReadField, ...] = ()
    unplaced: tuple[str, ...] = ()
    form_words: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())

    def field(self, key: str) -> ReadField | None:
        """Return how the field at ``key`` was read, or None where it was not found."""
        return next((read for read in self.fields if read.key == key), None)


def read_filled_form(document: WordDocument, form: Form) -> FilledForm:
    """Read ``document`` as a filled ``form``; never fails: what fits nowhere is ``unplaced``."""
    return _Reader(form).read(document)


class _Reader:
    def __init__(self, form: Form) -> None:
        self.form, own = form, wording_of(form)
        self.known, self.matcher, self.labels = own.known, own.matcher, own.labels
        self.signature, self.head, self.guidance = own.signature, own.head, own.guidance
        self.ledger = Ledger(known=own.known, heads=own.heads)
        labelled = [labels for labels, section in self._sections() if _labelled(section)]
        self.source = Source(self.matcher, labelled, self.head | self.signature)
        self.found: dict[int, float] = {}

    def _sections(self) -> Iterable[tuple[Labels, Section]]:
        return zip(self.labels, self.form.sections, strict=True)

    def read(self, document: WordDocument) -> FilledForm:
        boxes = [story for story in document.stories if story.anchor >= 0]
        self._story("body", self.source.body(document.body, boxes))
        for story in document.stories:
            if story.kind != "body" and story.anchor < 0:
                self._story(story.kind, self.source.lines(story.blocks))
        self._check()
        read = self.ledger.fields
        keys = [item.key for item in self.form.fields if item.key in read]
        return FilledForm(
            _values(read[key] for key in keys),
            tuple(read[key] for key in keys),
            tuple(self.ledger.unplaced),
            tuple(self.ledger.form_words),
            tuple(self.ledger.remarks),
        )

    def _story(self, kind: str, lines: list[Line]) -> None:
        if kind in ("footnotes", "endnotes", "comments"):
            self.ledger.loose(*lines)
            return
        labelled = [
            labels if _labelled(section) else NO_LABELS for labels, section in self._sections()
        ]
        cuts = cut_story(lines, self.matcher, labelled, self.signature)
        self._outer(cuts.before, head=bool(cuts.regions))
        for region in cuts.regions:
            self._region(region)
        self._outer(cuts.after)
        if cuts.repeated:
            self.ledger.remarks.append(remark("filled.several_forms"))
        if kind == "body":
            self._doubt_neighbours(cuts)

    # around the sections ----------------------------------------------------------------------

    def _outer(self, lines: Sequence[Line], *, head: bool = False) -> None:
        exact = next((line for line in lines if self._year(line)), None)
        loose = (line for line in lines if head and _may_tell_year(line))
        year = exact or next((line for line in loose if self._year(line, 1)), None)
        for line in lines:
            if line.blank or line is year:
                continue
            known = self.head | self.signature
            if _FURNITURE.fullmatch(line.text.strip()):
                self.ledger.form_words.append(line.full.strip())
            elif overlap(line.full, known) >= 0.6:
                self.ledger.of_form(line)
            else:
                self.ledger.loose(line)

    def _year(self, line: Line, close: int = 3) -> bool:
        """Read the plan year behind the last ``close`` words that the form prints before it."""
        if "plan_year" in self.ledger.fields or line.table is not None:
            return False
        for head in self.form.head:
            before = folded_words(head.text.partition(_PLACEHOLDER)[0])[-close:]
            if _PLACEHOLDER not in head.text:
                continue
            words = [token.word for token in line.tokens]
            for index in range(len(before), len(words)):
                if tuple(words[index - len(before) : index]) != before:
                    continue
                token = line.tokens[index]
                if _YEAR.fullmatch(token.word):
                    self._place_year(line, index, 0.98 if close > 1 else 0.7)
                    return True
        return False

    def _place_year(self, line: Line, index: int, sure: float) -> None:
        start, end = line.tokens[index].start, line.tokens[index].end
        text, following = line.text[start:end], line.tokens[index + 1 : index + 2]
        read = ReadField("plan_year", int(text), sure, text)
        if following and _YEAR.fullmatch(following[0].word):
            read = read.doubted(0.6, remark("filled.several_years", text=line.text.strip()))
        self.ledger.place(read)
        known = self.head | self.signature
        for part in (line.part(0, start), line.part(end)):
            if overlap(part.full, known) >= 0.5:
                self.ledger.of_form(part)
            else:
                self.ledger.loose(part)

    # sections ---------------------------------------------------------------------------------

    def _region(self, region: Region) -> None:
        if region.section is None or region.section in self.found:
            self.ledger.loose(*region.heading, *region.lines)
            return
        self.found[region.section] = region.sure
        self.ledger.of_form(*region.heading)
        section = self.form.sections[region.section]
        guidance, beside, lines = take_guidance(region.lines, self.guidance, self.known)
        self.ledger.of_form(*guidance)
        self.ledger.loose(*beside)
        if _labelled(section):
            self._labelled(section, self.labels[region.section], lines, region.sure)
        elif section.field_keys:
            key = section.field_keys[0]
            lines = self._without_label(region.section, self.form.field(key).kind, lines)
            self._value(key, lines, region.sure, "")
        else:
            self.ledger.loose(*lines)
        if region.code:
            heading = " ".join(line.full for line in region.heading)
            self.ledger.doubt(section.field_keys, 0.7, remark(region.code, heading=heading))

    def _without_label(self, section: int, kind: FieldKind, lines: list[Line]) -> list[Line]:
        """Return ``lines`` without the heading's words typed again before a short value."""
        first = next((line for line in lines if not line.blank), None)
        if first is None or kind is not FieldKind.TEXT or first.table:
            return lines
        head, colon, _ = first.text.partition(":")
        words = Counter(folded_words(head))
        if not colon or len(words) > 8 or self.matcher.alike(words).get(section, 0.0) < 0.9:
            return lines
        self.ledger.of_form(first.part(0, len(head) + 1))
        return [first.part(len(head) + 1), *lines[lines.index(first) + 1 :]]

    def _labelled(
        self, section: Section, labels: Labels, lines: Sequence[Line], sure: float
    ) -> None:
        beside: list[Line] = []
        unit = ""
        if labels.amounts:
            lines, beside = grids_apart(lines, labels)
            unit = declared_unit([line.full for line in (*lines, *beside)])
            lines = take_equation(lines, labels, unit, self.ledger)
        before, pieces = labels.cut(lines)
        loose: list[Line] = []
        best = best_pieces(pieces)
        for piece in pieces:
            if piece is best.get(piece.key):
                self.ledger.of_form(piece.label)
                own, rest = self._own_lines(section, piece)
                certain, said = min(sure, piece.sure), unit or _unit(piece)
                if is_mixed(piece.key, own):
                    rest, own = [*own, *rest], []
                self._value(piece.key, own, certain, said)
                if piece.wrapped:
                    self.ledger.doubt([piece.key], 0.7, remark("filled.wrapped"))
                loose += rest
            elif piece.key == STATIC or (piece.key != FOREIGN and piece.blank):
                self.ledger.of_form(piece.label)
                loose += piece.lines
            else:
                self.ledger.loose_piece(piece.label, piece.lines)
        for piece in pieces:
            if piece.key in best and piece is not best[piece.key]:
                kind = self.form.field(piece.key).kind
                compare_amount(self.ledger, piece.key, kind, piece.lines, unit)
        loose = [*self._unlabelled(section, before, unit), *loose]
        kinds = {key: self.form.field(key).kind for key in section.field_keys}
        place_contacts(kinds, [line for line in loose if not line.blank], self.ledger)
        self.ledger.loose(*beside)

    def _value(self, key: str, lines: Sequence[Line], sure: float, unit: str) -> None:
        """Read the value of ``key``; a text box counts only where nothing else was filled in."""
        boxed = [line for line in lines if line.cell < 0]
        plain = [line for line in lines if line.cell >= 0]
        if all(line.blank for line in plain):
            plain, boxed = list(lines), []
        read_value(key, self.form.field(key).kind, plain, sure, unit, ledger=self.ledger)
        if any(line.cell < 0 and not line.blank for line in plain):
            self.ledger.doubt([key], 0.6, remark("filled.text_box"))
        self.ledger.loose(*boxed)

    def _own_lines(self, section: Section, piece: Piece) -> tuple[list[Line], list[Line]]:
        """Return the lines of a value: one of a field printed on its label's line, else all."""
        line = next(line for line in section.lines if any(p.field == piece.key for p in line.parts))
        lines = [item for item in piece.lines if not item.blank]
        kind = self.form.field(piece.key).kind
        if not lines or kind is FieldKind.MONEY:
            return lines, []
        if line.blank_lines == 0:
            own, rest = on_one_line(kind, lines)
            piece.wrapped = kind is FieldKind.TEXT and is_wrapped(piece.lines, rest)
            return ([*own, *rest], []) if piece.wrapped else (own, rest)
        if kind is FieldKind.TEXT and not lines[-1].table:
            end = until_person(lines)
            return [*lines[: end - 1], without_end(lines[end - 1])], lines[end:]
        return lines, []

    def _unlabelled(self, section: Section, before: list[Line], unit: str) -> list[Line]:
        """Read what stands above the labels as the section's first field, where that is open."""
        rest: list[Line] = []
        for line in before:
            if unit and not line.table and is_declaration(line.text):
                self.ledger.of_form(line)
            elif not line.blank:
                rest.append(line)
        key = section.field_keys[0]
        kind = self.form.field(key).kind
        if not rest or rest[0].table:
            return rest
        if key in self.ledger.fields:
            compare_amount(self.ledger, key, kind, rest, unit)
            return rest
        text = one_text(rest)
        if kind is FieldKind.MONEY and read_amount(text, unit) is not None:
            read_value(key, kind, rest, 0.75, unit, ledger=self.ledger)
            return []
        if kind is FieldKind.TEXT and len(rest) == 1 and "@" not in text:
            read_value(key, kind, [without_end(rest[0])], 0.7, "", ledger=self.ledger)
            return []
        return rest

    # afterwards -------------------------------------------------------------------------------

    def _doubt_neighbours(self, cuts: Cuts) -> None:
        """Sections beside one that was not found may hold its text; later ones if worded oddly."""
        for region in cuts.regions:
            if region.section is None:
                continue
            own = self.form.sections[region.section]
            beside = {"filled.next_missing": region.section + 1}
            if region.sure < _EXACT:
                beside["filled.before_missing"] = region.section - 1
            for code, place in beside.items():
                if 0 <= place < len(self.form.sections) and place not in self.found:
                    missing = self.form.sections[place].title
                    self.ledger.doubt(own.field_keys, 0.75, remark(code, heading=missing))

    def _check(self) -> None:
        if not self.found:
            self.ledger.remarks.append(remark("filled.no_form"))
            return
        for index, section in enumerate(self.form.sections):
            if index not in self.found:
                self.ledger.remarks.append(remark("filled.missing", heading=section.title))
        check_budget(self.ledger)


def _labelled(section: Section) -> bool:
    return any(part.label for line in section.lines for part in line.parts)


def _may_tell_year(line: Line) -> bool:
    words = folded_words(line.text)
    begins = any(words[place : place + 4] == _BEGINS for place in range(len(words)))
    return begins or not _OTHER_YEAR & set(words)


def _unit(piece: Piece) -> str:
    return declared_unit([piece.label.full])


def _values(fields: Iterable[ReadField]) -> FrozenDict:
    """Return the JSON values of ``fields``, dotted keys as objects; empty texts are left out."""
    values: dict[str, object] = {}
    for read in fields:
        name, _, inner = read.key.partition(".")
        if inner:
            below = values.setdefault(name, {})
            assert isinstance(below, dict)
            below[inner] = read.value
        else:
            values[name] = read.value
    return FrozenDict(
        {
            name: FrozenDict(item) if isinstance(item, dict) else item
            for name, item in values.items()
        }
    )
