"""Documents cited in running text: «Quyết định số 1322/QĐ-TTg ngày 31/8/2020»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ncs_desktop.domain.text import fold

_DASH = r"\s?[-–]\s?"
_CODE = (
    r"(?P<number>\d(?<![\w/]\d)\d{0,4})\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?"
    rf"(?P<symbol>QH\d+|[A-ZĐ&]{{2,10}}(?:{_DASH}(?:TT[gG]\b|[A-ZĐ&]{{2,10}}\d*))+)"
)
_DATE = (
    r"\s+ngày\s+(?P<day>\d{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:\s*/\s*|\s+năm\s+)(?P<in_year>\d{4})"
)
_CITATION = re.compile(rf"{_CODE}(?:{_DATE})?")
_HINT_OF_CITATION = re.compile(r"/\s?[\dA-ZĐ&]")
_LEGAL = re.compile(
    r"\b(?:Luật\s+[A-ZĐ]|(?:Nghị quyết|Nghị định|Quyết định|QĐ|Thông tư|Chỉ thị|Kế hoạch)"
    r"\s+(?:số\s*:?\s*)?\d)"
)
_DECISION_1322 = re.compile(
    rf"\b(?:{fold('quyết định')}|qd)\b(?:(?!{fold('chương trình')})[^.;]){{0,40}}\b1322\b"
    r"|\b1322 ?/ ?qd\b"
)
_NEAR = 80
"""Characters around the number 1322 in which the word for decision is looked for."""

_SPELLINGS = {
    "BKHHCN": "BKHCN",
    "BKH&CN": "BKHCN",
    "TDC": "TĐC",
    "QD": "QĐ",
    "ND": "NĐ",
    "TTG": "TTg",
    "DXNV": "ĐXNV",
}
_WRITTEN_CODE = re.compile(
    r"[\dABCNQT](?:"
    r"(?<=\d)(?<![\w/]\d)\d{0,4}\s*/\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ&]{2,10}\s*[-–]\s*"
    r"(?:TT[gG]|[A-ZĐ&]{2,10})(?![^\W\d_])"
    r"|(?<![\w/&-][BCQT])(?:(?:(?<=T)[TB]|(?<=Q)[ĐD]|(?<=C)T)-B|(?<=B))KH[H&]CN"
    r"(?:-T[DĐ]C)?(?![\w&])"
    r"|(?<!\w[ABNQ])(?:(?<=Q)(?:D-TT[gG]|Đ-TTG)|(?<=N)D-CP|(?<=B)KHCN-TDC|(?<=A)1-DXNV)\b)"
)
"""The first letter stands apart: whatever begins otherwise is then passed over much faster."""
_HINTS_OF_CODE = (re.compile(r"-\s*[A-ZĐ&]"), re.compile(r"–\s*[A-ZĐ&]"))
_MISSPELT_MINISTRY = ("BKHHCN", "BKH&CN")
"""What every such code holds is looked for first, since it is found or missed much faster: most of
all where it begins with one letter and not with one of several.
"""


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited document: ``day`` is (year, month, day) as written, None where it has no date."""

    number: str
    symbol: str
    code: str
    day: tuple[int, int, int] | None

    @property
    def date(self) -> date | None:
        """The document's date; None where it has none or the calendar has no such day."""
        try:
            return date(*self.day) if self.day else None
        except ValueError:
            return None


def citations(text: str) -> Iterator[Citation]:
    """Yield the documents cited by number and symbol in ``text``."""
    if _HINT_OF_CITATION.search(text) is None:
        return
    for found in _CITATION.finditer(text):
        day = None
        if found["day"]:
            day = (int(found["in_year"]), int(found["month"]), int(found["day"]))
        code = found[0][: found.end("symbol") - found.start()]
        yield Citation(found["number"], corrected(found["symbol"]), corrected(code), day)


def cites_law(text: str) -> bool:
    """Whether ``text`` names any law, decree, decision, circular or the like."""
    return bool(_LEGAL.search(text) or _CITATION.search(text))


def cites_decision_1322(text: str) -> bool:
    """Whether ``text`` cites the decision itself, in any spelling; the programme's name is not it.

    «Quyết định số 1322/QĐ-TTg», «QĐ 1322», «1322/QĐ-TTg» do; «Chương trình 1322» does not.
    """
    return any(
        _DECISION_1322.search(fold(text[max(0, found.start() - _NEAR) : found.end() + _NEAR]))
        for found in re.finditer(r"(?<!\d)1322(?!\d)", text)
    )


def corrected(code: str) -> str:
    """Return a document code in its right spelling: no spaces, hyphens, known symbols."""
    tight = re.sub(r"\s*([/–-])\s*", lambda found: found[1].replace("–", "-"), code)
    return "".join(_SPELLINGS.get(part, part) for part in re.split(r"([/-])", tight))


def misspelt_codes(text: str) -> dict[str, str]:
    """Return the wrongly spelt document codes of ``text`` with their right spelling."""
    hinted = any(hint.search(text) for hint in _HINTS_OF_CODE)
    if not (hinted or any(name in text for name in _MISSPELT_MINISTRY)):
        return {}
    pairs = ((found[0], corrected(found[0])) for found in _WRITTEN_CODE.finditer(text))
    return {written: right for written, right in pairs if written != right}


def with_right_codes(text: str) -> str:
    """Return ``text`` with every document code in its right spelling."""
    for written, right in misspelt_codes(text).items():
        text = text.replace(written, right)
    return text
