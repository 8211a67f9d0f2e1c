"""Whether a line of text names an enterprise: by its own words, whatever form of business it is.

«Công ty CP Thực phẩm Rạch Giá» is «CTCP THỰC PHẨM RẠCH GIÁ», but no other «Công ty Cổ phần …»: what
counts is that the words of its own agree, all of them, and that no word of a longer name stands
beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ncs_desktop.domain.text import fold_word, nfc, words

_WORD = re.compile(r"[^\W_]+")
_BESIDE = re.compile(r"\([^)]*\)?")
"""What stands in brackets behind a name: another name, a place."""
_SHORT = {
    "cty": "công ty",
    "ctcp": "công ty cổ phần",
    "tnhh": "trách nhiệm hữu hạn",
    "cp": "cổ phần",
    "mtv": "một thành viên",
    "htx": "hợp tác xã",
    "dntn": "doanh nghiệp tư nhân",
    "tct": "tổng công ty",
}
_LONG = {fold_word(short): words(text) for short, text in _SHORT.items()}
_FORMS = frozenset(words(" ".join(_SHORT.values()) + " tập đoàn xí nghiệp nhà máy"))
_PAPERS = (
    "văn bản giấy thư biên bản bản sao gốc chính nhu cầu và cam kết đối ứng phối hợp tham gia"
    " tiếp nhận kết quả kinh phí của các những bên do với từ tại về việc kèm theo gồm số"
    " doanh nghiệp đơn vị tổ chức cơ sở công ty"
)
_OF_PAPERS = frozenset(words(_PAPERS))
_WRITTEN = frozenset(nfc(_PAPERS).split())
_AFTER = frozenset(words("và ngày số về việc kèm theo đã cam kết đối ứng ký do tại bản"))
"""Words that end a name also where a text is written in capitals."""


def names_enterprise(text: str, name: str) -> bool:
    """Whether ``text`` names the enterprise ``name``, in full, with or without its form."""
    forms, own = _parts(name)
    if not own:
        return False
    said, ends = _read(text)
    before_name = _before_name(text)
    size = len(own)
    for start in range(len(said) - size + 1):
        if said[start : start + size] != own or not ends[start + size - 1]:
            continue
        before = _forms_before(said, start)
        begins = bool(before) or start == 0 or before_name[start - 1]
        if begins and _agree(forms, set(before)):
            return True
    return False


def names_none(text: str) -> bool:
    """Whether a line is of commitments without a word that tells whose: «03 văn bản cam kết»."""
    said, _ends = _read(text)
    folded = " ".join(said)
    return "cam ket" in folded and all(
        word.isdigit() or word in _OF_PAPERS or word in _FORMS for word in said
    )


def own_words(text: str) -> set[str]:
    """Return the words of ``text`` that tell it from other papers.

    Of a commitment that is the name of whose it is; of one without a name, all its words.
    """
    said = set(words(text))
    named = set(_read(text)[0]) - _FORMS - _OF_PAPERS
    return named if named and {"cam", "ket"} <= said else said


def _parts(name: str) -> tuple[set[str], list[str]]:
    """Return the words of the form of business that begin ``name``, and its own words."""
    said = _read(_BESIDE.sub(" ", name))[0]
    start = next((at for at, word in enumerate(said) if word not in _FORMS), len(said))
    return set(said[:start]), said[start:]


def _read(text: str) -> tuple[list[str], list[bool]]:
    """Return the folded words with short forms written out, and whether a name can end at each."""
    said: list[str] = []
    ends: list[bool] = []
    for word, ends_here in _ending(text):
        folded = fold_word(word)
        whole = _LONG.get(folded, [folded])
        said.extend(whole)
        ends.extend([False] * (len(whole) - 1) + [ends_here])
    return said, ends


def _before_name(text: str) -> list[bool]:
    """Return of each folded word whether it is one of papers, after which a name may begin.

    «Giá» of «HTX Giá Hòn» is none, though it is «gia» without its mark.
    """
    capitals = text.isupper()
    told: list[bool] = []
    for word in _WORD.findall(nfc(text)):
        lower, folded = word.lower(), fold_word(word)
        known = lower in _WRITTEN or (lower.isascii() and folded in _OF_PAPERS)
        told.append(known and (capitals or not told or word[0].islower()))
        told.extend([False] * (len(_LONG.get(folded, [folded])) - 1))
    return told


def _ending(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each word, and whether no further word of a name follows it."""
    whole = nfc(text)
    found = list(_WORD.finditer(whole))
    for this, following in pairwise(found):
        between = whole[this.end() : following.start()].strip()
        after = following.group()
        ends = (
            between not in ("", "-", "–", "&") or after[0].islower() or fold_word(after) in _AFTER
        )
        yield this.group(), ends
    if found:
        yield found[-1].group(), True


def _forms_before(said: Sequence[str], start: int) -> list[str]:
    """Return the words of a form of business right before ``start``."""
    at = start
    while at > 0 and said[at - 1] in _FORMS:
        at -= 1
    return list(said[at:start])


def _agree(one: set[str], other: set[str]) -> bool:
    """Whether one form of business only says less than the other."""
    return one <= other or other <= one
