"""TCVN3 (ABC) and VNI-Windows text, the encodings before Unicode, into Unicode.

Which encoding a run is in is told by its font (``.VnTime``, ``VNI-Times``); content is looked at
only to offer a conversion when plain text is pasted, never to convert on its own. Convert
neighbouring runs of one font joined together: VNI may split a letter and its mark over two runs.
Tables: TCVN 5712:1993 (all 74 entries as in glibc) and the published VNI-Windows table (134).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Literal

from ncs_desktop.domain.text import nfc, without_marks

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ",
    "ĂÂÊÔƠƯĐăâêôơưđàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
)

_VNI_ROWS = """
a: aùá aøà aûả aõã aïạ aêă aéắ aèằ aúẳ aüẵ aëặ aââ aáấ aàầ aåẩ aãẫ aäậ
e: eùé eøè eûẻ eõẽ eïẹ eâê eáế eàề eåể eãễ eäệ
i: íí ìì æỉ óĩ òị
o: oùó oøò oûỏ oõõ oïọ oâô oáố oàồ oåổ oãỗ oäộ ôơ ôùớ ôøờ ôûở ôõỡ ôïợ
u: uùú uøù uûủ uõũ uïụ öư öùứ öøừ öûử öõữ öïự
y: yùý yøỳ yûỷ yõỹ îỵ
d: ñđ
"""


def _vni_table() -> dict[str, str]:
    table = {}
    for entry in (entry for entry in _VNI_ROWS.split() if not entry.endswith(":")):
        source, letter = entry[:-1], entry[-1]
        table[source] = letter
        table[source.upper()] = letter.upper()
        table[source[0].upper() + source[1:]] = letter.upper()
    return table


_VNI = _vni_table()
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

_TCVN3_FONT = re.compile(r"\.vn", re.IGNORECASE)
_TCVN3_CAPITAL_FONT = re.compile(r"\.[vV][nN]\w*H\b")
_VNI_FONT = re.compile(r"vni\b", re.IGNORECASE)

_LEGACY_WORD = re.compile("[A-Za-z\xa1-\xff]*[\xa1-\xff][A-Za-z\xa1-\xff]*")
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_LETTERS = frozenset(
    "abcdeghiklmnopqrstuvxyàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
)
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
    "(?:oai|oay|oeo|ieu|yeu|uay|uoi|uou|uye|uyu|uya|a[iouy]|e[ou]|i[aeu]|o[aeio]|u[aeiouy]|ye|[aeiouy])"
    "(?:ng|nh|ch|[cmnpt])?"
)


def from_tcvn3(text: str, capitals: bool = False) -> str:
    """Return TCVN3 ``text`` in Unicode.

    ``capitals`` is for the fonts ``.Vn…H``, which draw capitals: TCVN3 has no accented ones.
    """
    converted = nfc(nfc(text).translate(_TCVN3))
    return converted.upper() if capitals else converted


def from_vni(text: str) -> str:
    """Return VNI-Windows ``text`` in Unicode, the longest sequence first, in one pass."""
    return nfc(_VNI_LETTER.sub(lambda found: _VNI[found[0]], nfc(text)))


def convert_by_font(text: str, font_name: str) -> str:
    """Return ``text`` of a run set in ``font_name`` in Unicode; other fonts leave it alone.

    A text with letters that no old encoding has was converted before and kept the font's name.
    """
    convert = _conversion(font_name.strip())
    return text if convert is None or is_unicode(text) else convert(text)


def is_legacy_font(font_name: str) -> bool:
    """Whether text set in ``font_name`` is in an old encoding, as far as the name tells."""
    return _conversion(font_name.strip()) is not None


def is_unicode(text: str) -> bool:
    """Whether ``text`` holds Vietnamese letters that only Unicode has (``đ``, ``ư``, ``ạ``)."""
    return not text.isascii() and _UNICODE_ONLY.search(nfc(text)) is not None


@lru_cache(maxsize=256)
def _conversion(font_name: str) -> Callable[[str], str] | None:
    if _TCVN3_FONT.match(font_name):
        return partial(from_tcvn3, capitals=_TCVN3_CAPITAL_FONT.match(font_name) is not None)
    return from_vni if _VNI_FONT.match(font_name) else None


def looks_legacy(text: str) -> Literal["tcvn3", "vni"] | None:
    """Guess whether pasted plain ``text`` is in an old encoding, to offer a conversion.

    It is, where at least two accented words turn into Vietnamese syllables by the conversion and
    most of them are none before it. French, German or Unicode Vietnamese text stays alone.
    """
    if text.isascii() or any(ord(letter) > 0x2FF for letter in text if letter.isalpha()):
        return None
    found = _LEGACY_WORD.findall(nfc(text[:20_000]))
    readings = {"tcvn3": _gain(found, from_tcvn3), "vni": _gain(found, from_vni)}
    if readings["tcvn3"] == readings["vni"]:
        return None
    return "tcvn3" if readings["tcvn3"] > readings["vni"] else "vni"


def _gain(found: list[str], convert: Callable[[str], str]) -> int:
    changed = [(word, convert(word)) for word in found if convert(word) != word]
    after = sum(_is_syllable(new) for _, new in changed)
    before = sum(_is_syllable(old) for old, _ in changed)
    if after < 2 or after < 0.8 * len(changed) or before > 0.5 * len(changed):
        return 0
    return after


def _is_syllable(word: str) -> bool:
    lowered = word.lower()
    return _LETTERS.issuperset(lowered) and _SYLLABLE.fullmatch(without_marks(lowered)) is not None
