"""What a rule looks at (Inputs) and what it hands back (Hit)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeAlias

from ncs_desktop.domain.blocks import Blocks, each_line, is_blank, plain_text
from ncs_desktop.domain.call import VIETNAM, Call
from ncs_desktop.domain.checks.citations import Citation, citations
from ncs_desktop.domain.dossier import Dossier
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.form import Field, FieldKind, Form
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.letter import Letter
from ncs_desktop.domain.proposal import Commitment, Proposal

PILOT_MODEL, CURRICULUM, STANDARDS = "pilot_model", "curriculum", "standards"
INDIVIDUAL = "individual"
_LABEL_NUMBER = re.compile(r"\d+\.\s")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a rule saw: the field, which of the rule's sentences, and what fills it.

    The call says how much the rule weighs; ``at_most`` lowers that where the rule only guesses.
    """

    field: str | None
    message: str
    params: FrozenDict = EMPTY
    at_most: Severity = Severity.ERROR


def hit(
    field: str | None, message: str, at_most: Severity = Severity.ERROR, **params: str | int
) -> Hit:
    """Return a Hit whose sentence is filled with ``params``."""
    return Hit(field, message, FrozenDict(params), at_most)


@dataclass(frozen=True)
class Inputs:
    """Everything one run of the rules may look at; views that several rules need are kept."""

    proposal: Proposal
    form: Form
    call: Call
    dossier: Dossier | None
    now: datetime

    @cached_property
    def moment(self) -> datetime:
        """The present moment; one without a time zone is Vietnam's wall clock."""
        return self.now.replace(tzinfo=VIETNAM) if self.now.tzinfo is None else self.now

    @cached_property
    def task_kind(self) -> str:
        """The kind of task as chosen, empty where nothing was."""
        return self.proposal.text("task_kind")

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments of other enterprises."""
        return self.proposal.commitments

    @cached_property
    def is_individual(self) -> bool:
        """Whether a person proposes, and not an organisation."""
        return self.proposal.text("proposer_kind") == INDIVIDUAL

    @property
    def letter(self) -> Letter | None:
        """The dossier's covering letter, if there is one."""
        return self.dossier.letter if self.dossier else None

    @cached_property
    def blocks(self) -> dict[str, Blocks]:
        """Every long section that is more than lines of text, as blocks."""
        keys = [field.key for field in self.form.fields_of_kind(FieldKind.BLOCKS)]
        rich = (key for key in keys if not isinstance(self.proposal.get(key), str))
        return {key: self.proposal.blocks(key) for key in rich}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The words of every text field, in the form's order; empty fields are left out."""
        words = {field.key: self._words(field) for field in self.form.fields}
        return {key: text for key, text in words.items() if text}

    def text(self, key: str) -> str:
        """The words of one field, empty where there are none."""
        return self.texts.get(key, "")

    @cached_property
    def letter_text(self) -> str:
        """Subject and body of the covering letter, a line each paragraph."""
        letter = self.letter
        return f"{letter.subject}\n{plain_text(letter.body)}" if letter else ""

    @cached_property
    def cited(self) -> tuple[tuple[str | None, Citation], ...]:
        """Every document cited by number and symbol, with the field that cites it."""
        return tuple((key, cited) for key, text in self.all_texts() for cited in citations(text))

    def all_texts(self) -> Iterator[tuple[str | None, str]]:
        """Every text field of the proposal, then the covering letter (field None)."""
        yield from self.texts.items()
        if self.letter_text:
            yield None, self.letter_text

    def _words(self, field: Field) -> str:
        if field.kind is FieldKind.BLOCKS:
            value = self.proposal.get(field.key)
            return value if isinstance(value, str) else plain_text(self.blocks[field.key])
        if field.kind in (FieldKind.TEXT, FieldKind.DURATION):
            return self.proposal.text(field.key)
        if field.kind is FieldKind.TEXT_LIST:
            return "\n".join(self.proposal.texts(field.key))
        if field.kind is FieldKind.COMMITMENTS:
            return "\n".join(
                part
                for item in self.commitments
                for part in (item.organization, item.address, item.position)
                if part
            )
        return ""

    def is_filled(self, field: Field) -> bool:
        """Whether a person has answered ``field``: dots and bare list markers are no answer."""
        if field.kind in (FieldKind.YEAR, FieldKind.MONEY):
            return self.proposal.amount(field.key) is not None
        if field.kind is FieldKind.CHOICES:
            return bool(self.proposal.texts(field.key))
        if field.kind is FieldKind.BLOCKS and self._is_blank(field.key):
            return False
        text = self.texts.get(field.key) or self.proposal.text(field.key)
        return any(map(str.isalnum, text))

    def _is_blank(self, key: str) -> bool:
        value = self.proposal.get(key)
        return is_blank(each_line(value) if isinstance(value, str) else self.blocks[key])

    def has(self, key: str) -> bool:
        """Whether the form asks for ``key`` and a person has answered it."""
        field = self.form.find(key)
        return field is not None and self.is_filled(field)

    def place(self, key: str | None) -> str:
        """Name a field as the form does: number of its section and label."""
        field = self.form.find(key) if key else None
        if field is None:
            return key or ""
        label = field.label.strip(" -:")
        label = label.capitalize() if label.isupper() else label
        section = self.form.section_of(field.key)
        if section is None:
            return label
        return f"{section.number}.{'' if _LABEL_NUMBER.match(label) else ' '}{label}"


Rule: TypeAlias = Callable[[Inputs], Iterator[Hit]]
"""A rule: a generator over what it saw. Its sentences stand under its code in checks.toml."""
