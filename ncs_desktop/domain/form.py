"""An official form as data: its fields, its sections and the lines in which they are printed.

A Form is read from ``forms/*.toml`` by the catalogue. Widget, check, label, table column and
printed line all derive from it, so a new form or a new year is a new file and no new code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class FieldKind(StrEnum):
    """What a field holds; each kind has one reader, one editor and one way onto paper."""

    YEAR = "year"
    TEXT = "text"
    BLOCKS = "blocks"
    DURATION = "duration"
    MONEY = "money"
    PHONE = "phone"
    EMAIL = "email"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT_LIST = "text_list"
    COMMITMENTS = "commitments"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice: the id kept in the data and the label a person reads."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``key`` is its path in ``values`` (``title``, ``budget.total``).

    ``asked_for`` names the kinds of task that need it; empty means every one. In ``help``
    ``{plan_year}`` and ``{next_year}`` stand for the call's year and the one after.
    """

    key: str
    kind: FieldKind
    label: str
    required: bool = False
    help: str = ""
    options: tuple[Option, ...] = ()
    suggested_length: int | None = None
    printed: bool = True
    asked_for: tuple[str, ...] = ()

    def help_in(self, year: int) -> str:
        """Return the help for a call of ``year``; an example without its year is left out."""
        if "_year}" not in self.help:
            return self.help
        named = self.help.replace("{plan_year}", str(year)).replace("{next_year}", str(year + 1))
        return named if year else ""


@dataclass(frozen=True, slots=True)
class LinePart:
    """A label followed by a field's value, or by a dotted leader where it is empty."""

    label: str = ""
    field: str | None = None
    with_words: bool = False


@dataclass(frozen=True, slots=True)
class FormLine:
    """One printed line: its parts share the width.

    ``blank_lines`` = 0 prints the value on the line of its label; otherwise the value starts below
    the label and an empty field is drawn as that many dotted lines.
    """

    parts: tuple[LinePart, ...]
    blank_lines: int = 0


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line above the first section; ``{plan_year}`` stands for that field's value."""

    text: str
    align: str = "center"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section: heading and guidance verbatim, then its printed lines."""

    number: str
    heading: str
    guidance: str
    lines: tuple[FormLine, ...]
    advice: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The heading as printed: ``II. TÍNH CẤP THIẾT CỦA NHIỆM VỤ``."""
        return f"{self.number}. {self.heading}"

    @property
    def field_keys(self) -> tuple[str, ...]:
        """Keys of the fields printed in this section, in order."""
        return tuple(part.field for line in self.lines for part in line.parts if part.field)


@dataclass(frozen=True)
class Form:
    """A form in one version; ``id@version`` (``a1-dxnv@tt15-2022``) names it everywhere."""

    id: str
    version: str
    code: str
    title: str
    legal_source: str
    effective_from: date | None
    effective_to: date | None
    note: str
    head: tuple[HeadLine, ...]
    sections: tuple[Section, ...]
    signature: tuple[HeadLine, ...]
    fields: tuple[Field, ...]
    page_size_pt: float = 13.0

    @property
    def full_id(self) -> str:
        """``id@version``."""
        return f"{self.id}@{self.version}"

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return {field.key: field for field in self.fields}

    @cached_property
    def _section_by_key(self) -> dict[str, Section]:
        return {key: section for section in self.sections for key in section.field_keys}

    def field(self, key: str) -> Field:
        """Return the field at ``key``; KeyError if the form has none."""
        return self._by_key[key]

    def find(self, key: str) -> Field | None:
        """Return the field at ``key``, or None if the form has none."""
        return self._by_key.get(key)

    def section_of(self, key: str) -> Section | None:
        """Return the section that prints ``key``, or None for supplement fields."""
        return self._section_by_key.get(key)

    def fields_of_kind(self, *kinds: FieldKind) -> Iterator[Field]:
        """Yield the fields of the given kinds, in the form's order."""
        return (field for field in self.fields if field.kind in kinds)

    @property
    def supplement(self) -> tuple[Field, ...]:
        """Fields that are not printed but that the dossier and the table need."""
        return tuple(field for field in self.fields if not field.printed)
