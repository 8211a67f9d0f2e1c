"""F rules: is the form filled (F01–F06, F08, F09)? F07 needs the dossier and stands there.

Source: Mẫu A1-ĐXNV, Thông tư 15/2022/TT-BKHCN, and the general requirements of the calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from ncs_desktop.domain.checks.citations import cites_law
from ncs_desktop.domain.checks.inputs import Hit, Inputs, Rule, hit
from ncs_desktop.domain.contacts import is_email, normalize_phone
from ncs_desktop.domain.dates import parse_duration
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.domain.money import format_dong, read_percent
from ncs_desktop.domain.printable import unprintable
from ncs_desktop.domain.proposal import BUDGET_KEYS, PERCENT_KEY
from ncs_desktop.domain.text import fold

_OWN_RULE = frozenset(
    {
        "plan_year",
        *BUDGET_KEYS,
        *(f"contact_{part}" for part in ("name", "position", "phone", "email")),
        *("lead_organization", "priorities", "universities", "university_field", "commitments"),
    }
)
"""Fields about whose emptiness another rule speaks: nothing is reported twice."""
_OWN_SENTENCE = frozenset(
    {
        *("title", "urgency", "objectives", "contents", "results", "effectiveness"),
        *("application_sites", "duration", "proposer_name", "proposer_address"),
    }
)
_LEADER = re.compile(r"[._…](?:(?<=\.)(?:\.\.\.|\.+…)|(?<=…)(?:[.…]{2}|…)|(?<=_)___)")
_MEASURE = re.compile(
    r"(?<![\w/:.,-])(?<!năm )(?<!số )(?<!ISO )(?<!IEC )(?<!TCVN )(?<!QCVN )(?<!Điều )"
    r"\d[\d.,]*\s*(?:%|‰|[^\W\d_])"
)
_SUBJECT_YEAR = re.compile(r"năm\s+(20\d\d)\b")
_ARGUMENTS = (
    re.compile(r"khoa học|nghiên cứu|lý luận|lý thuyết|phương pháp|kỹ thuật|công nghệ"),
    re.compile(
        r"thực tiễn|thực tế|thực trạng|hiện trạng|khảo sát|hiện nay|đến nay|\d\s*%"
        r"|(?<![\w/.])\d[\d.]*\s+(?:doanh nghiệp|cơ sở|hộ|lao động|người|tấn|ha)\b"
    ),
    re.compile(r"tác động|ảnh hưởng|góp phần|thúc đẩy|hiệu quả|nâng cao|nhân rộng"),
)
"""Traces of science, practice and impact, which section II must argue beside the law."""
_ENTERPRISE = re.compile(
    r"(?:Tổng công ty|Công ty|Tập đoàn|Hợp tác xã|HTX|Xí nghiệp|Nhà máy|Doanh nghiệp tư nhân)"
    r"\s+[^\n;,(:]+?(?=[ \t]+(?:chỉ|là)\s|[ \t]*(?:[\n;,(:]|$))"
)
_RECEIVES_ONLY = re.compile(
    r"\bchỉ\s+(?:\w+\s+){0,4}?nhận\s+(?:[\w,]+\s+){0,4}?tài\s+liệu\b", re.IGNORECASE
)
"""A place that need not commit itself: «chỉ (là nơi tiếp) nhận (sổ tay, các) tài liệu»."""
_NEXT_ITEM = re.compile(r"\n\s*[-–+•*\d]")
MINIMUM_URGENCY_LENGTH = 300
"""Characters below which section II is thought too short, unless the call says otherwise."""


def _complete(inputs: Inputs) -> Iterator[Hit]:
    for field in inputs.form.fields:
        if field.required and field.key not in _OWN_RULE and not inputs.is_filled(field):
            message = field.key if field.key in _OWN_SENTENCE else _blank_message(field)
            yield hit(field.key, message, place=inputs.place(field.key))
        elif _LEADER.search(inputs.text(field.key)):
            yield hit(field.key, "leader", place=inputs.place(field.key))
    yield from _missing_amounts(inputs)
    yield from _unprintable(inputs)


def _unprintable(inputs: Inputs) -> Iterator[Hit]:
    for key, text in inputs.all_texts():
        odd = unprintable(text)
        if odd:
            message = "unprintable_letter" if key is None else "unprintable"
            shown = {"place": inputs.place(key), "characters": " ".join(odd[:10])}
            yield hit(key, message, at_most=Severity.WARNING, **shown)


def _blank_message(field: Field) -> str:
    return "choice" if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES) else "blank"


def _missing_amounts(inputs: Inputs) -> Iterator[Hit]:
    typed = inputs.proposal.budget
    implied = typed.completed()
    names = [key.partition(".")[2] for key in BUDGET_KEYS]
    missing = [name for name in names if getattr(typed, name) is None]
    for name in missing:
        key, amount = f"budget.{name}", getattr(implied, name)
        if inputs.form.find(key) is None:
            continue
        if text := inputs.proposal.unread(key):
            yield hit(key, "amount_unread", place=inputs.place(key), text=text[:80])
        elif amount is not None:
            yield hit(
                key,
                "amount_implied",
                at_most=Severity.WARNING,
                place=inputs.place(key),
                amount=format_dong(amount),
            )
        else:
            message = "amount_impossible" if len(missing) == 1 else "amount"
            yield hit(key, message, place=inputs.place(key))
    share = inputs.proposal.unread(PERCENT_KEY)
    if share and read_percent(share) is None and inputs.form.find(BUDGET_KEYS[0]) is not None:
        yield hit(
            BUDGET_KEYS[0],
            "percent_unread",
            at_most=Severity.WARNING,
            place=inputs.place(BUDGET_KEYS[0]),
            text=share[:80],
        )
    yield from _unread_commitments(inputs)


def _unread_commitments(inputs: Inputs) -> Iterator[Hit]:
    for number, item in enumerate(inputs.commitments, 1):
        if item.amount_unread:
            yield hit(
                "commitments",
                "commitment_unread",
                place=inputs.place("commitments"),
                number=number,
                text=item.amount_unread[:80],
            )


def _plan_year(inputs: Inputs) -> Iterator[Hit]:
    year, expected = inputs.proposal.plan_year, inputs.call.plan_year
    if inputs.form.find("plan_year") is not None:
        typed = inputs.proposal.unread("plan_year")
        if year is None and typed:
            yield hit("plan_year", "unread", text=typed[:80], expected=str(expected))
        elif year is None:
            yield hit("plan_year", "missing", expected=str(expected))
        elif year != expected:
            yield hit("plan_year", "other", year=str(year), expected=str(expected))
    years = set(_SUBJECT_YEAR.findall(inputs.letter.subject)) if inputs.letter else set()
    if years and str(expected) not in years:
        yield hit(None, "letter", year=", ".join(sorted(years)), expected=str(expected))


def _form_version(inputs: Inputs) -> Iterator[Hit]:
    accepted, proposal = inputs.call.accepts, inputs.proposal
    if proposal.form_id not in accepted and proposal.form_version not in accepted:
        code = inputs.form.code
        shown = ", ".join(_form_words(name, code) for name in accepted)
        yield hit(None, "version", form=_form_words(proposal.form_id, code), accepted=shown)


def _form_words(name: str, code: str) -> str:
    """Return how paper calls a version: ``A1-ĐXNV (Thông tư 15/2022)``; another name stays."""
    found = re.fullmatch(r"(?:.+@)?tt(\d+)-(\d{4})", name)
    return f"{code} (Thông tư {found[1]}/{found[2]})" if found else name


def _urgency(inputs: Inputs) -> Iterator[Hit]:
    if not inputs.has("urgency"):
        return
    text, place = inputs.text("urgency"), inputs.place("urgency")
    if not cites_law(text):
        yield hit("urgency", "law", at_most=Severity.WARNING, place=place)
    wanted = inputs.call.options.get("minimum_urgency_length", MINIMUM_URGENCY_LENGTH)
    if len(text) < wanted:
        shown = {"place": place, "length": len(text), "wanted": wanted}
        yield hit("urgency", "short", Severity.WARNING, **shown)
        return
    lower = text.lower()
    if not all(traces.search(lower) for traces in _ARGUMENTS):
        yield hit("urgency", "arguments", Severity.INFO, place=place)


def _feasible(inputs: Inputs) -> Iterator[Hit]:
    goals = [key for key in ("objectives", "results") if inputs.has(key)]
    if goals and not any(_MEASURE.search(inputs.text(key)) for key in goals):
        yield hit(goals[0], "measure", at_most=Severity.WARNING, place=inputs.place(goals[0]))
    if inputs.has("duration"):
        yield from _duration(inputs)


def _duration(inputs: Inputs) -> Iterator[Hit]:
    place, text = inputs.place("duration"), inputs.proposal.text("duration")
    duration = parse_duration(text)
    if duration is None:
        first = inputs.call.plan_year
        years = {"plan_year": str(first), "next_year": str(first + 1)}
        shown = {"place": place, "text": text, **years}
        yield hit("duration", "duration", at_most=Severity.WARNING, **shown)
        return
    start, end = duration.start, duration.end
    if start is not None and start[0] < inputs.call.plan_year:
        year = str(inputs.call.plan_year)
        yield hit("duration", "too_early", place=place, year=str(start[0]), plan_year=year)
    whole = start is not None and end is not None and start[1] and end[1]
    if whole and duration.span != duration.months:
        yield hit(
            "duration",
            "mismatch",
            at_most=Severity.WARNING,
            place=place,
            months=duration.months or 0,
            span=duration.span or 0,
        )


def _contact(inputs: Inputs) -> Iterator[Hit]:
    proposal = inputs.proposal
    for part in ("name", "position", "phone", "email"):
        key = f"contact_{part}"
        if inputs.form.find(key) is None or (part == "position" and inputs.is_individual):
            continue
        if not proposal.text(key).strip(" .…_-"):
            yield hit(key, f"{part}_missing", place=inputs.place(key))
    phone, email = proposal.text("contact_phone"), proposal.text("contact_email")
    if phone.strip(" .…_-") and normalize_phone(phone) is None:
        yield hit("contact_phone", "phone", place=inputs.place("contact_phone"), text=phone)
    if email.strip(" .…_-") and not is_email(email):
        yield hit("contact_email", "email", place=inputs.place("contact_email"), text=email)


def _seal(inputs: Inputs) -> Iterator[Hit]:
    yield hit("proposer_name", "individual" if inputs.is_individual else "organization")


def _sites(inputs: Inputs) -> Iterator[Hit]:
    key = "application_sites"
    field = inputs.form.find(key)
    if field is None:
        return
    if not inputs.is_filled(field):
        if not field.required:
            yield hit(key, "missing", place=inputs.place(key))
        return
    committed = {item.organization: fold(item.organization) for item in inputs.commitments}
    committed.pop("", None)
    if not committed:
        return
    text = inputs.text(key)
    bound = (*committed.values(), *_receivers(text))
    unbound = [
        name
        for name in _enterprises(text)
        if not any(fold(name) in other or other in fold(name) for other in bound)
    ]
    folded_text = fold(text)
    absent = [name for name, folded in committed.items() if folded not in folded_text]
    for message, names in (("no_commitment", unbound), ("not_a_site", absent)):
        if names:
            place = inputs.place(key)
            yield hit(key, message, at_most=Severity.WARNING, place=place, names="; ".join(names))


def _enterprises(text: str) -> list[str]:
    """Return the enterprises named in a text, each once, in their order."""
    return list(dict.fromkeys(found.group().strip(" .-–") for found in _ENTERPRISE.finditer(text)))


def _receivers(text: str) -> Iterator[str]:
    """Yield the folded names of those who only receive papers: said after the name, in its item."""
    found = list(_ENTERPRISE.finditer(text))
    for this, following in zip_longest(found, found[1:]):
        rest = text[this.end() : following.start() if following else None]
        if _RECEIVES_ONLY.search(_NEXT_ITEM.split(rest, maxsplit=1)[0]):
            yield fold(this.group().strip(" .-–"))


RULES: dict[str, Rule] = {
    "F01": _complete,
    "F02": _plan_year,
    "F03": _form_version,
    "F04": _urgency,
    "F05": _feasible,
    "F06": _contact,
    "F08": _seal,
    "F09": _sites,
}
