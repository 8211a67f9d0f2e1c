"""Rules that need the dossier: D01–D09, F07 (enclosures), C04 (need), M07 (form ↔ table).

What is asked of whom is the call's recipe; these rules only compare it with the files at hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from ncs_desktop.domain.blocks import plain_text
from ncs_desktop.domain.checks.citations import citations
from ncs_desktop.domain.checks.content_rules import commitments_asked
from ncs_desktop.domain.checks.inputs import Hit, Inputs, Rule, hit
from ncs_desktop.domain.dates import parse_duration
from ncs_desktop.domain.dossier import (
    ATTACHMENT,
    COMMITMENT,
    FORM,
    LETTER,
    SIGNED_SCAN,
    SUMMARY,
    Dossier,
    DossierFile,
)
from ncs_desktop.domain.enterprises import names_enterprise, names_none, own_words
from ncs_desktop.domain.text import fold

_APPENDIX = re.compile(r"\bphụ lục\s+(?:số\s+)?(\d{1,2}|[IVX]{1,5})\b", re.IGNORECASE)
_ENCLOSED = re.compile(r"(?:gửi\s+kèm|kèm\s+theo|đính\s+kèm)[^\n]*", re.IGNORECASE)
_NEED = re.compile(r"\b(?:nhu cau|cam ket)\b")
_ALIKE = 0.6
"""Share of an enclosure's words that must stand in a file's name to take them for the same."""
_OTHER_WORDS = frozenset({"cua", "va", "so", "ngay", "ve", "cac", "ban", "van"})


def _with_dossier(rule: Callable[[Inputs, Dossier], Iterator[Hit]]) -> Rule:
    def check(inputs: Inputs) -> Iterator[Hit]:
        if inputs.dossier is not None:
            yield from rule(inputs, inputs.dossier)

    return check


def _missing(role: str) -> Rule:
    def check(inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
        for item in inputs.call.recipe_for(dossier.sender.kind):
            if item.role == role and item.need == "required" and not dossier.of_role(role):
                yield hit(None, "missing", text=item.text)

    return _with_dossier(check)


def _rank(inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
    for proposal_id, times in Counter(item.id for item in dossier.proposals).items():
        if times > 1:
            title = next(item.title for item in dossier.proposals if item.id == proposal_id)
            yield hit(None, "twice", title=title, times=times)
    asked = inputs.call.asks_for(SUMMARY, dossier.sender.kind)
    if asked and len(dossier.proposals) > 1 and not dossier.order_confirmed:
        yield hit(None, "order", count=len(dossier.proposals))


def _one_form_each(inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
    known = {item.id for item in dossier.proposals}
    title = inputs.proposal.title
    if inputs.proposal.id not in known:
        yield hit(None, "not_listed", title=title)
    elif not dossier.of_role(FORM, inputs.proposal.id):
        yield hit(None, "no_form", title=title)
    for item in dossier.of_role(FORM):
        if item.proposal_id not in known:
            yield hit(None, "stray", name=item.name)


def _formats(inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
    for item in inputs.call.recipe_for(dossier.sender.kind):
        wanted = item.formats
        if not wanted and item.role in (LETTER, FORM):
            wanted = inputs.call.authority.formats
        for file in dossier.of_role(item.role):
            lacking = [name for name in wanted if name not in file.formats]
            ours = file.proposal_id in (None, inputs.proposal.id)
            if lacking and ours:
                yield hit(None, "format", name=file.name, formats=", ".join(lacking))


def _where_to(inputs: Inputs, _dossier: Dossier) -> Iterator[Hit]:
    authority = inputs.call.authority
    if authority.address and authority.email:
        unit = authority.unit or authority.name
        yield hit(None, "both", unit=unit, address=authority.address, email=authority.email)
    elif authority.address:
        yield hit(None, "address", unit=authority.unit or authority.name, address=authority.address)
    else:
        yield hit(None, "unknown", authority=authority.name)


def _appendices(inputs: Inputs, _dossier: Dossier) -> Iterator[Hit]:
    """NĐ 30/2020, Phụ lục I: two appendices or more are numbered in Roman figures."""
    numbers = set(_APPENDIX.findall(inputs.letter_text))
    arabic = sorted(number for number in numbers if number.isdigit())
    if len(numbers) > 1 and arabic:
        yield hit(None, "roman", numbers=", ".join(arabic))


def _confirmed_table(_inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
    signed = any(item.scan_of == SUMMARY for item in dossier.of_role(SIGNED_SCAN))
    if dossier.of_role(SUMMARY) and not signed:
        yield hit(None, "signature", agency=dossier.sender.name)


def _enclosed_documents(_inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
    """Documents that the letter says are enclosed, known by their number."""
    if dossier.letter is None:
        return
    names = " ".join(fold(item.name) for item in dossier.files)
    for passage in _ENCLOSED.findall(plain_text(dossier.letter.body)):
        for cited in citations(passage):
            if not re.search(rf"(?<!\d){cited.number}(?!\d)", names):
                yield hit(None, "absent", code=cited.code)


def _enclosed_files(inputs: Inputs, dossier: Dossier) -> list[DossierFile]:
    """The commitments and attachments of the proposal, and those of the dossier as a whole."""
    owners = (inputs.proposal.id, None)
    return [
        item
        for item in dossier.files
        if item.role in (ATTACHMENT, COMMITMENT) and item.proposal_id in owners
    ]


def _names(text: str, file: DossierFile) -> bool:
    """Whether an enclosure's ``text`` means ``file``: the same enterprise, or mostly its words."""
    if file.organization:
        return names_enterprise(text, file.organization)
    folded = fold(text)
    stem = fold(re.sub(r"\.\w{2,5}$", "", file.name))
    if stem and (stem in folded or folded in stem):
        return True
    wanted = own_words(text) - _OTHER_WORDS
    return bool(wanted) and len(wanted & set(re.split(r"[\W_]+", stem))) >= _ALIKE * len(wanted)


def _counted(text: str) -> int | None:
    """Return how many papers a line says there are, None where it gives no number."""
    found = re.search(r"\d+", text)
    return int(found.group()) if found else None


def _enclosures(inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
    files = _enclosed_files(inputs, dossier)
    listed = [text for text in inputs.proposal.texts("enclosures") if text.strip()]
    place = inputs.place("enclosures")
    commitments = [file for file in files if file.role == COMMITMENT]
    together = [text for text in listed if names_none(text)] if commitments else []
    for text in listed:
        if text not in together and not any(_names(text, file) for file in files):
            yield hit("enclosures", "no_file", place=place, name=text)
    for text in together:
        if _counted(text) not in (None, len(commitments)):
            yield hit("enclosures", "count", place=place, name=text, count=len(commitments))
    alone = len(dossier.proposals) == 1
    for file in files:
        own = alone or file.proposal_id is not None
        told = together and file.role == COMMITMENT
        if own and not told and not any(_names(text, file) for text in listed):
            message = "not_listed_commitment" if file.role == COMMITMENT else "not_listed"
            yield hit("enclosures", message, place=place, name=file.name)


def _need(inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
    if not inputs.commitments and commitments_asked(inputs):
        return
    if not any(
        file.role == COMMITMENT or _NEED.search(fold(file.name)) is not None
        for file in _enclosed_files(inputs, dossier)
    ):
        yield hit("commitments", "missing", place=inputs.place("commitments"))


def _same_in_table(inputs: Inputs, dossier: Dossier) -> Iterator[Hit]:
    """The table's name and time may be shortened by hand; its amounts are the form's own."""
    if not dossier.of_role(SUMMARY):
        return
    proposal = inputs.proposal
    short = " ".join(proposal.text("summary_title").split())
    if short and fold(short) != fold(proposal.title):
        yield hit("summary_title", "title", table=short, form=proposal.title)
    time = proposal.text("summary_duration").strip()
    if time and not _same_time(time, proposal.text("duration")):
        yield hit("summary_duration", "duration", table=time, form=proposal.text("duration"))
    budget = proposal.budget.completed()
    if None in (budget.total, budget.state_budget, budget.counterpart):
        yield hit("budget.total", "amounts", title=proposal.title)


def _same_time(first: str, second: str) -> bool:
    one, other = parse_duration(first), parse_duration(second)
    if one is None or other is None:
        return fold(first) == fold(second)
    return one.months == other.months


RULES: dict[str, Rule] = {
    "D01": _missing(LETTER),
    "D02": _missing(SUMMARY),
    "D03": _with_dossier(_rank),
    "D04": _with_dossier(_one_form_each),
    "D05": _with_dossier(_formats),
    "D06": _with_dossier(_where_to),
    "D07": _with_dossier(_appendices),
    "D08": _with_dossier(_confirmed_table),
    "D09": _with_dossier(_enclosed_documents),
    "F07": _with_dossier(_enclosures),
    "C04": _with_dossier(_need),
    "M07": _with_dossier(_same_in_table),
}
