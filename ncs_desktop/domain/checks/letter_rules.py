"""L01, L05–L08: the covering letter in the shape of NĐ 30/2020/NĐ-CP, Phụ lục I.

They look at the dossier's letter; without one they have nothing to say, but for L08, which also
finds the national motto where somebody typed it into a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ncs_desktop.domain.blocks import plain_text
from ncs_desktop.domain.checks.inputs import INDIVIDUAL, Hit, Inputs, Rule, hit
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.letter import MOTTO, Letter

_MOTTO = re.compile(r"Độc\s+lập\s*[-–—]\s*Tự\s+do\s*[-–—]\s*Hạnh\s+phúc", re.IGNORECASE)
_HINTS_OF_MOTTO = (re.compile(r"ộ[Cc]\s"), re.compile(r"Ộ[Cc]\s"))
"""What it holds is looked for first: what begins with one letter is found or missed much faster."""
_ON_BEHALF = re.compile(r"(TUQ|TM|KT|TL|Q)\b\s*(\.?)(\s*)(.*)")

_DEGREE = re.compile(
    r"(?:(?:GS|PGS|TSKH|TS|Th\.?\s?S|KS|CN|BS|CK\s?I{1,2}|NGND|NGƯT|TTND|TTƯT)(?:\.|\s)\s*)+",
    re.IGNORECASE,
)
"""Titles and degrees that NĐ 30/2020/NĐ-CP, Phụ lục I, leaves out before the signer's name."""


def _with_letter(rule: Callable[[Inputs, Letter], Iterator[Hit]]) -> Rule:
    def check(inputs: Inputs) -> Iterator[Hit]:
        if inputs.letter is not None:
            yield from rule(inputs, inputs.letter)

    return check


def _blank_number(_inputs: Inputs, letter: Letter) -> Iterator[Hit]:
    if re.match(r"\s*\d", letter.number_symbol):
        yield hit(None, "number", text=letter.number_symbol)
    if re.search(r"\d", letter.place):
        yield hit(None, "date", text=letter.place)


def _ending(_inputs: Inputs, letter: Letter) -> Iterator[Hit]:
    text = plain_text(letter.body).rstrip()
    if not text.endswith("./.") or text.endswith(" ./."):
        yield hit(None, "ending", text=text[-40:].rpartition("\n")[2])


def _recipients(inputs: Inputs, letter: Letter) -> Iterator[Hit]:
    if inputs.dossier is not None and inputs.dossier.sender.kind == INDIVIDUAL:
        return
    names = [name.strip().removeprefix("-").strip() for name in letter.recipients]
    names = [name for name in names if name]
    if not names or not names[0].lower().startswith("như trên"):
        yield hit(None, "first")
    if not names or not names[-1].startswith("Lưu: VT"):
        yield hit(None, "last")
    elif not names[-1].endswith("."):
        yield hit(None, "stop", text=names[-1])


def _signer(_inputs: Inputs, letter: Letter) -> Iterator[Hit]:
    lines = [line.strip() for line in letter.signer_title.upper().split("\n") if line.strip()]
    for index, line in enumerate(lines):
        found = _ON_BEHALF.fullmatch(line)
        if found is None:
            continue
        mark, stop, space, office = found.groups()
        if stop != "." or space != " ":
            yield hit(None, "mark", text=line, right=f"{mark}. {office}")
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if mark == "KT" and below != _deputy(office):
            yield hit(None, "deputy", text=below or "…", head=office, right=_deputy(office))
    degree = _DEGREE.match(letter.signer_name.strip())
    if degree is not None:
        right = letter.signer_name.strip()[degree.end() :]
        yield hit(None, "degree", Severity.WARNING, text=letter.signer_name.strip(), right=right)


def _deputy(office: str) -> str:
    """The office that signs for (KT.) ``office``."""
    return "THỨ TRƯỞNG" if office == "BỘ TRƯỞNG" else f"PHÓ {office}"


def _motto(inputs: Inputs) -> Iterator[Hit]:
    for key, text in inputs.all_texts():
        if not any(hint.search(text) for hint in _HINTS_OF_MOTTO):
            continue
        for written in _MOTTO.findall(text):
            if written.lower() != MOTTO.lower():
                message = "letter" if key is None else "field"
                yield hit(key, message, place=inputs.place(key), text=written, right=MOTTO)


RULES: dict[str, Rule] = {
    "L01": _with_letter(_blank_number),
    "L05": _with_letter(_ending),
    "L06": _with_letter(_recipients),
    "L07": _with_letter(_signer),
    "L08": _motto,
}
