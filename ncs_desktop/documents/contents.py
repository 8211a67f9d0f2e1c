"""DANH MỤC HỒ SƠ: the contents list and hand-over sheet that lies on top of a bundle.

It tells a person who has only paper what is inside, what was accepted with a reason, and where and
until when to hand it over. It is a help of ours, not an official form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ncs_desktop.documents.compose_common import (
    PLAIN,
    bind_to_next,
    centered,
    line,
    one_line,
    shared_width,
    table_cell,
    table_header,
    with_total,
)
from ncs_desktop.documents.page import (
    Align,
    Cell,
    Document,
    Element,
    Format,
    Furniture,
    Grid,
    PageNumbers,
    Paper,
    Row,
    Text,
)
from ncs_desktop.documents.words import Words
from ncs_desktop.domain.blocks import Run
from ncs_desktop.domain.call import Call, Deadline, DeadlineRule
from ncs_desktop.domain.dates import clock, short_date
from ncs_desktop.domain.dossier import FORM, SENDER_KINDS, SIGNED_PAPERS, Sender, has_drafted
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Budget

BOX = "□"
_AT_THE_MINUTE = {
    DeadlineRule.INCLUSIVE_MINUTE: "contents.deadline.minute_in_time",
    DeadlineRule.EXCLUSIVE_MINUTE: "contents.deadline.minute_late",
}
_HEADING = Format("Đề mục", Align.LEFT, 12.0, 15.5, 8.0, 4.0, keep_with_next=True)


@dataclass(frozen=True, slots=True)
class ContentsFile:
    """One line of the list: a document and the files it comes in (paths inside the bundle).

    ``pages`` is None where nobody can count them (a table, data, somebody else's file).
    """

    name: str
    paths: tuple[str, ...]
    formats: tuple[str, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class ContentsWaiver:
    """A finding accepted with a reason: its sentence, and when in words."""

    code: str
    reason: str
    finding: str = ""
    at: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ContentsProposal:
    """One proposal of the bundle, in ranked order; amounts in đồng."""

    title: str
    control_code: str
    digest: str
    budget: Budget
    revision: int = 1
    proposer: str = ""
    waivers: tuple[ContentsWaiver, ...] = ()


@dataclass(frozen=True)
class Contents:
    """Everything the sheet tells; ``allowed_errors`` is the reason given for sending with errors.

    ``created`` is shown as it stands (the caller formats the moment); ``checklist`` holds the
    things to do before sending, one box each; ``condensed`` names the columns of the summary table
    that say less than the phiếu.
    ``signed`` are the kinds of paper to be signed, each with its box.
    ``addressees`` are whom the letter of an office is addressed to, where it is not the call's
    authority: then the call's deadline and e-mail, which were the enterprises', are not told.
    """

    sender: Sender
    call: Call
    files: tuple[ContentsFile, ...]
    proposals: tuple[ContentsProposal, ...]
    created: str = ""
    version: str = ""
    allowed_errors: str = ""
    checklist: tuple[str, ...] = ()
    condensed: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    signed: tuple[str, ...] = SIGNED_PAPERS


def compose_contents(contents: Contents, words: Words) -> Document:
    """Return the sheet as a document, A4 portrait, pages numbered n/m."""
    return _Composer(contents, words).document()


class _Composer:
    """Composes one sheet; ``words`` are asked for all that is printed beside the facts."""

    def __init__(self, contents: Contents, words: Words) -> None:
        self.contents, self.words = contents, words
        self.paper = Paper(left=25.0)

    def document(self) -> Document:
        """Return the sheet: its parts in their order, each numbered where it has anything."""
        words = self.words
        elements: list[Element] = [
            line(words("contents.title"), centered(14, 19), bold=True),
            line(words("contents.subtitle"), replace(centered(11, 14), after=8.0), italic=True),
            *self._facts(),
        ]
        parts = {
            "files": self._files(),
            "proposals": self._proposals(),
            "accepted": list(self._accepted()),
            "where_to" if self.contents.addressees else "where": self._where(),
            "checklist": self._checklist(),
        }
        told = [(key, body) for key, body in parts.items() if body]
        for number, (key, body) in enumerate(told, 1):
            heading = words(f"contents.part.{key}")
            elements += [line(f"{number}. {heading}", _HEADING, bold=True), *body]
        elements = list(bind_to_next(elements))
        last = replace(PLAIN, size=10.5, line_height=13.5, before=8.0)
        elements.append(line(words("contents.hashes"), last, italic=True))
        title = words("contents.document", title=one_line(self.contents.call.title))
        furniture = Furniture(PageNumbers.FOOTER_OF_TOTAL, self._made_by())
        return Document(title, tuple(elements), self.paper, furniture)

    def _made_by(self) -> str:
        version = self.contents.version
        return self.words("contents.made_by", version=version) if version else ""

    def _fact(self, key: str, value: str) -> Text:
        label = self.words(f"contents.fact.{key}")
        return Text((Run(f"{label}: "), Run(one_line(value), bold=True)), PLAIN)

    def _facts(self) -> Iterator[Text]:
        sender = self.contents.sender
        named = sender.name
        if named and sender.kind in SENDER_KINDS:
            kind = self.words(f"contents.kind.{sender.kind}")
            named = self.words("contents.sender_with_kind", name=named, kind=kind)
        facts = (
            ("sender", named),
            ("parent", sender.parent),
            ("address", sender.address),
            ("call", self.contents.call.title),
            ("created", self.contents.created),
        )
        return (self._fact(key, value) for key, value in facts if value or key == "call")

    def _header(self, *keys: str) -> Row:
        return table_header(self.words(f"contents.column.{key}") for key in keys)

    def _files(self) -> list[Element]:
        rows = [self._header("number", "document", "file", "pages", "format")]
        files = self.contents.files
        for number, item in enumerate(files, 1):
            formats = item.formats or tuple(path.rpartition(".")[2] for path in item.paths)
            cells = (
                table_cell(str(number), Align.CENTER),
                table_cell(item.name),
                table_cell("\n".join(item.paths)),
                table_cell("" if item.pages is None else str(item.pages), Align.CENTER),
                table_cell(", ".join(dict.fromkeys(formats)), Align.CENTER),
            )
            rows.append(Row(cells))
        label = self.words("contents.column.all_pages")
        total = table_cell(label, Align.RIGHT, bold=True, columns=3)
        known = sum(item.pages for item in files if item.pages is not None)
        total_row = Row((total, table_cell(str(known), Align.CENTER, bold=True), Cell()))
        widths = shared_width(self.paper.text_width, 0.07, 0.36, 0.35, 0.10, 0.12)
        elements: list[Element] = [Grid(widths, with_total(rows, total_row), 1)]
        if self.contents.condensed:
            columns = "; ".join(map(one_line, self.contents.condensed))
            said = self.words("contents.condensed", columns=columns)
            elements.append(line(said, replace(PLAIN, before=4.0)))
        return elements

    def _proposals(self) -> list[Element]:
        if not self.contents.proposals:
            return []
        rows = [self._header("rank", "task", "code", "budget")]
        for number, item in enumerate(self.contents.proposals, 1):
            code = "\n".join((item.control_code, f"{item.digest[:16]}…" if item.digest else ""))
            cells = (
                table_cell(str(number), Align.CENTER),
                table_cell("\n".join((one_line(item.title), one_line(item.proposer)))),
                table_cell(code.strip()),
                table_cell(self._amounts(item.budget.completed())),
            )
            rows.append(Row(cells))
        return [Grid(shared_width(self.paper.text_width, 0.06, 0.45, 0.24, 0.25), tuple(rows), 1)]

    def _amounts(self, budget: Budget) -> str:
        unknown = self.words("contents.unknown_amount")
        amounts = (
            ("total", budget.total),
            ("state_budget", budget.state_budget),
            ("counterpart", budget.counterpart),
        )
        return "\n".join(
            f"{self.words(f'contents.amount.{key}')}: "
            f"{unknown if amount is None else format_dong(amount)}"
            for key, amount in amounts
        )

    def _accepted(self) -> Iterator[Element]:
        """Yield what the officer must know: errors let through, findings accepted with a reason."""
        if self.contents.allowed_errors:
            yield self._fact("allowed_errors", self.contents.allowed_errors)
            every = (waiver for item in self.contents.proposals for waiver in item.waivers)
            count = sum(waiver.reason == self.contents.allowed_errors for waiver in every)
            if count:
                yield self._fact("allowed_count", str(count))
        rows = [
            self._accepted_row(number, waiver)
            for number, proposal in enumerate(self.contents.proposals, 1)
            for waiver in proposal.waivers
        ]
        if rows:
            header = self._header("accepted_task", "finding", "why", "who")
            yield Grid(
                shared_width(self.paper.text_width, 0.13, 0.32, 0.33, 0.22), (header, *rows), 1
            )

    def _accepted_row(self, number: int, waiver: ContentsWaiver) -> Row:
        finding = one_line(waiver.finding) or self.words("contents.gone", code=waiver.code)
        by = waiver.by or self.words("contents.nobody")
        return Row(
            (
                table_cell(str(number), Align.CENTER),
                table_cell(finding),
                table_cell(waiver.reason),
                table_cell("\n".join(part for part in (by, waiver.at) if part)),
            )
        )

    def _where(self) -> list[Element]:
        if self.contents.addressees:
            return [self._fact("authority", "; ".join(self.contents.addressees))]
        call = self.contents.call
        authority = call.authority
        facts = [
            ("authority", authority.name),
            ("unit", authority.unit),
            ("authority_address", authority.address),
            ("email", authority.email),
            ("formats", ", ".join(f"*.{name.lstrip('*.')}" for name in authority.formats)),
        ]
        if call.deadline:
            meaning = deadline_meaning(call.deadline, self.words)
            facts += [("deadline", call.deadline.text or meaning), ("meaning", meaning)]
        shown: list[Element] = [self._fact(key, value) for key, value in facts if value]
        return list(bind_to_next(shown[:-1], len(shown))) + shown[-1:]

    def _checklist(self) -> list[Element]:
        format = replace(PLAIN, left_indent=6.0, first_indent=-6.0)
        items = self.contents.checklist or tuple(self._usual_checklist())
        return [Text((Run(one_line(item)),), format, BOX) for item in items]

    def _usual_checklist(self) -> Iterator[str]:
        email = self.contents.call.authority.email
        person = self.contents.sender.kind == "individual"
        signed = self.contents.signed
        keys = (
            *(("drafted",) if has_drafted(signed) else ()),
            *(f"{role}_of_person" if person and role == FORM else role for role in signed),
            "enclosed",
            *(
                ("above",)
                if self.contents.addressees
                else ("email" if email else "no_email", "paper")
            ),
        )
        return (self.words(f"contents.todo.{key}", email=email) for key in keys)


def deadline_meaning(deadline: Deadline, words: Words) -> str:
    """Return what the words of a deadline mean: the last moment that is in time, in full."""
    at = deadline.at
    if deadline.rule in _AT_THE_MINUTE:
        key = _AT_THE_MINUTE[deadline.rule]
        meaning = words(key, time=clock(at), day=_day(at, words))
    else:
        last = deadline.end - timedelta(minutes=1)
        meaning = words("contents.deadline.day", day=_day(last, words))
    working = _day(deadline.last_working_day, words)
    return words("contents.deadline.working", meaning=meaning, day=working)


def _day(day: date, words: Words) -> str:
    return words(f"contents.weekday.{day.weekday()}", date=short_date(day))
