"""From the text placed in a field to its value, one reader for each kind of field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from ncs_desktop.domain.blocks import Table, plain_text, value_from_blocks
from ncs_desktop.domain.contacts import is_email, normalize_phone
from ncs_desktop.domain.dates import parse_duration
from ncs_desktop.domain.form import FieldKind
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, JsonValue, freeze
from ncs_desktop.exchange.filled_known import Known
from ncs_desktop.exchange.filled_lines import (
    Line,
    blocks_of,
    clean_lines,
    folded_words,
    is_numbering,
    one_text,
    typed_marker,
    unwrapped,
)
from ncs_desktop.exchange.filled_money import read_amount

_PHONE = re.compile(
    r"[+(]?\d[\d\s().\-–·]*\d(?:\s*(?:/|;|,|hoặc|-)\s*[+(]?\d[\d\s().\-–·]*\d)*"
    r"(?:[ (]*(?:máy lẻ|ext|số lẻ|nhánh)[ .:]*\d{1,5}\)?)?"
)
_EMAIL = re.compile(r"[^\s<>()\[\],;:]+@[^\s<>()\[\],;]*[^\s<>()\[\],;.]")
_NONE = {("khong",), ("khong", "co")}
_ITEM_NUMBER = re.compile(r"^\s*(?:\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2})+\.?)\s+")
_SNIPPET = 80


@dataclass(frozen=True, slots=True)
class Remark:
    """A message code with what fills it: what an officer should look at."""

    code: str
    params: FrozenDict = EMPTY


def remark(code: str, **params: JsonValue) -> Remark:
    """Return a Remark."""
    return Remark(code, freeze(params))


@dataclass(frozen=True)
class ReadField:
    """A field that was found: its value, how sure that is (0 … 1), and the text it stands for.

    ``source`` is every word placed in the field; ``alternatives`` other readings as a person sees
    them; an amount that two statements contradict is None and has both.
    """

    key: str
    value: JsonValue
    confidence: float
    source: str
    alternatives: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def snippet(self) -> str:
        """The beginning of the source, at most 80 characters, for a list."""
        text = " ".join(self.source.split())
        return text if len(text) <= _SNIPPET else f"{text[: _SNIPPET - 1]}…"

    def doubted(self, confidence: float, *remarks: Remark) -> ReadField:
        """Return the field with at most this confidence and further remarks."""
        return replace(
            self,
            confidence=min(self.confidence, confidence),
            remarks=(*self.remarks, *remarks),
        )


@dataclass
class Ledger:
    """Where every word of the source went: into a field, the form's own words, or nowhere."""

    fields: dict[str, ReadField] = field(default_factory=dict)
    form_words: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    known: Known | None = None
    heads: Known | None = None

    def of_form(self, *lines: Line) -> None:
        """Note ``lines`` as words of the form itself; what the form does not have is unplaced."""
        for line in lines:
            known = self.heads if line.head else self.known
            parts = [(True, line)] if known is None or line.table else known.split(line)
            for own, part in parts:
                if not part.blank:
                    (self.form_words if own else self.unplaced).append(part.full.strip())

    def loose(self, *lines: Line) -> None:
        """Note ``lines`` as placed nowhere; heads of columns are words of the form."""
        self.of_form(*(line for line in lines if line.head))
        self.unplaced += [line.full for line in lines if not line.blank and not line.head]

    def loose_piece(self, label: Line, lines: Sequence[Line]) -> None:
        """Note a label with what follows it as placed nowhere, as one text."""
        texts = [line.full for line in (label, *lines[:1]) if not line.blank]
        self.unplaced += [" ".join(texts)] if texts else []
        self.loose(*lines[1:])

    def place(self, read: ReadField) -> None:
        """Note a field; a second one of the same key stays unplaced."""
        if read.key in self.fields:
            self.unplaced.append(read.source)
        else:
            self.fields[read.key] = read

    def doubt(self, keys: Iterable[str], confidence: float, *remarks: Remark) -> None:
        """Lower the confidence of ``keys`` where they were found."""
        for key in keys:
            if key in self.fields:
                self.fields[key] = self.fields[key].doubted(confidence, *remarks)


def read_value(
    key: str, kind: FieldKind, lines: Sequence[Line], sure: float, unit: str, *, ledger: Ledger
) -> None:
    """Read the text of one field into ``ledger``; what is beside the value stays unplaced."""
    kept = [line for line in lines if not line.blank]
    if not kept:
        return
    reader = _READERS.get(kind)
    if kind is FieldKind.MONEY:
        _money(key, kept, sure, unit, ledger=ledger)
    elif reader is not None:
        reader(key, kept, sure, ledger)
    else:
        ledger.loose(*kept)


def on_one_line(kind: FieldKind, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the value on the line of its label, and the rest: an email behind a phone too."""
    first, rest = lines[0], lines[1:]
    mail = re.search(r"\S+@", first.text) if kind is FieldKind.PHONE else None
    if mail and first.text[: mail.start()].strip():
        first, rest = first.part(0, mail.start()), [first.part(mail.start()), *rest]
    return [without_end(first)], rest


def is_wrapped(lines: Sequence[Line], rest: Sequence[Line]) -> bool:
    """Whether ``rest``, behind a one-line value among ``lines``, is the end of it cut for width."""
    if len(rest) != 1 or len(lines) < 2 or lines[1] is not rest[0] or rest[0].marker:
        return False
    text = rest[0].text
    words = folded_words(text)
    return len(words) < 6 and not re.search(r"[\d@:]", text) and lines[0].cell == rest[0].cell


def without_end(line: Line) -> Line:
    """Return ``line`` without the mark that parts it from the next label."""
    text = line.without_leaders().text.rstrip(" ,;\t\u00a0")
    return line.without_leaders().part(0, len(text))


def _source(lines: Iterable[Line]) -> str:
    return "\n".join(line.full for line in lines)


def _blocks(key: str, lines: list[Line], sure: float, ledger: Ledger) -> None:
    ledger.place(ReadField(key, value_from_blocks(blocks_of(lines)), sure, _source(lines)))


def _text(key: str, lines: list[Line], sure: float, ledger: Ledger) -> None:
    tables = [line for line in lines if line.table]
    ledger.loose(*tables)
    rest = [line for line in lines if not line.table]
    if rest:
        text = re.sub(r"^[-–+•*]\s+", "", one_text(rest))
        ledger.place(ReadField(key, text, sure, _source(rest)))


def _duration(key: str, lines: list[Line], sure: float, ledger: Ledger) -> None:
    text = one_text(lines)
    read = ReadField(key, text, sure, _source(lines))
    if parse_duration(text) is None:
        read = read.doubted(0.7, remark("filled.odd_duration", text=text))
    ledger.place(read)


def _texts(key: str, lines: list[Line], sure: float, ledger: Ledger) -> None:
    texts: list[str] = []
    for line in unwrapped(clean_lines(lines)):
        if line.table is not None:
            texts += _rows(line.table, ledger)
        else:
            texts.append(_ITEM_NUMBER.sub("", " ".join(typed_marker(line).text.split())))
    if len(texts) == 1 and texts[0].count(";") and len(lines) == 1:
        texts = [part.strip() for part in texts[0].split(";")]
    kept = tuple(text.rstrip(" ;") for text in texts if folded_words(text))
    if len(kept) == 1 and folded_words(kept[0]) in _NONE:
        kept = ()
    ledger.place(ReadField(key, kept, sure, _source(lines)))


def _rows(table: Table, ledger: Ledger) -> Iterator[str]:
    """Yield each row of a list in a table as one text, without its number and without heads."""
    for index, row in enumerate(table.rows):
        cells = [" ".join(plain_text(cell).split()) for cell in row]
        if not index and ledger.heads is not None and ledger.heads.all_of(" ".join(cells)):
            continue
        first = cells[1:] if is_numbering(cells[0]) else cells
        yield ", ".join(cell for cell in first if cell)


def _phone(key: str, lines: list[Line], sure: float, ledger: Ledger) -> None:
    _pattern(key, lines, sure, ledger, _PHONE)
    found = ledger.fields.get(key)
    if found is not None and normalize_phone(str(found.value)) is None:
        ledger.doubt([key], 0.7, remark("filled.odd_phone", text=str(found.value)))


def _email(key: str, lines: list[Line], sure: float, ledger: Ledger) -> None:
    _pattern(key, lines, sure, ledger, _EMAIL)
    found = ledger.fields.get(key)
    if found is not None and not is_email(str(found.value)):
        ledger.doubt([key], 0.7, remark("filled.odd_email", text=str(found.value)))


def _pattern(
    key: str, lines: list[Line], sure: float, ledger: Ledger, pattern: re.Pattern[str]
) -> None:
    """Place what ``pattern`` finds in the first line that has it; the rest stays unplaced."""
    lines = clean_lines(lines)
    for index, line in enumerate(lines):
        found = pattern.search(line.text)
        if found is not None:
            ledger.place(ReadField(key, found[0].strip(), sure, found[0]))
            around = (line.part(0, found.start()), line.part(found.end()))
            ledger.loose(*lines[:index], *around, *lines[index + 1 :])
            return
    _text(key, lines, min(sure, 0.6), ledger)


def _money(key: str, lines: list[Line], sure: float, unit: str, *, ledger: Ledger) -> None:
    text = one_text(lines)
    amount = read_amount(text, unit)
    if amount is None:
        ledger.place(ReadField(key, None, 0.3, text, (), (remark("filled.bad_amount", text=text),)))
        return
    spans = sorted(amount.spans)
    source = " ".join(text[start:end] for start, end in spans)
    edges = [0, *(place for span in spans for place in span), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if folded_words(text[start:end]):
            ledger.unplaced.append(text[start:end].strip())
    remarks: tuple[Remark, ...] = ()
    if amount.code:
        shown = " / ".join(amount.shown)
        said = text[:_SNIPPET] if amount.code == "filled.amount_beside" else source
        remarks = (remark(amount.code, text=said, readings=shown),)
    confidence = min(sure, amount.confidence)
    ledger.place(ReadField(key, amount.value, confidence, source, amount.shown, remarks))


_Reader: TypeAlias = "Callable[[str, list[Line], float, Ledger], None]"
_READERS: Mapping[FieldKind, _Reader] = {
    FieldKind.BLOCKS: _blocks,
    FieldKind.TEXT: _text,
    FieldKind.DURATION: _duration,
    FieldKind.TEXT_LIST: _texts,
    FieldKind.PHONE: _phone,
    FieldKind.EMAIL: _email,
}
