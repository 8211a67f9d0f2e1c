"""Provinces and what became of them: 63 until 30/6/2025, 34 from 01/7/2025, new ranks in 2026.

Sources: Nghị quyết 202/2025/QH15 (merger and end of the district level, in force for the
government's work from 01/7/2025); Nghị quyết 175/2024/QH15 (thành phố Huế); Nghị quyết 30, 36 and
39/2026/QH16 (thành phố Đồng Nai, Quảng Ninh, Bắc Ninh). Names stay valid in papers of their time,
so every unit carries the days on which it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ncs_desktop.domain.text import fold, nfc

MERGER = date(2025, 7, 1)
"""First day of the 34 provinces and of two levels (province, commune) without districts."""

_MERGED_INTO = {
    "Tuyên Quang": ("Hà Giang",),
    "Lào Cai": ("Yên Bái",),
    "Thái Nguyên": ("Bắc Kạn",),
    "Bắc Ninh": ("Bắc Giang",),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình"),
    "Hải Phòng": ("Hải Dương",),
    "Hưng Yên": ("Thái Bình",),
    "Ninh Bình": ("Hà Nam", "Nam Định"),
    "Quảng Trị": ("Quảng Bình",),
    "Đà Nẵng": ("Quảng Nam",),
    "Quảng Ngãi": ("Kon Tum",),
    "Gia Lai": ("Bình Định",),
    "Khánh Hòa": ("Ninh Thuận",),
    "Đắk Lắk": ("Phú Yên",),
    "Lâm Đồng": ("Đắk Nông", "Bình Thuận"),
    "Đồng Nai": ("Bình Phước",),
    "Hồ Chí Minh": ("Bình Dương", "Bà Rịa - Vũng Tàu"),
    "Tây Ninh": ("Long An",),
    "Đồng Tháp": ("Tiền Giang",),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh"),
    "An Giang": ("Kiên Giang",),
    "Cần Thơ": ("Sóc Trăng", "Hậu Giang"),
    "Cà Mau": ("Bạc Liêu",),
}
_UNCHANGED = (
    "Hà Nội", "Cao Bằng", "Điện Biên", "Lai Châu", "Sơn La", "Lạng Sơn", "Quảng Ninh",
    "Thanh Hóa", "Nghệ An", "Hà Tĩnh",
)  # fmt: skip
_CITIES = ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ")
_CITY_SINCE = {
    "Huế": date(2025, 1, 1),
    "Đồng Nai": date(2026, 4, 30),
    "Quảng Ninh": date(2026, 8, 24),
    "Bắc Ninh": date(2026, 8, 24),
}


@dataclass(frozen=True, slots=True)
class Province:
    """A unit of the first level under one name and rank, with the days on which it stood.

    ``until`` is the first day on which it no longer stood, None while it does; ``successor`` the
    name of the unit that took it over.
    """

    name: str
    city: bool = False
    since: date = date.min
    until: date | None = None
    successor: str = ""

    @property
    def title(self) -> str:
        """Rank and name as written inside a sentence: ``tỉnh An Giang``, ``thành phố Huế``."""
        if self.name == "Hồ Chí Minh":
            return "Thành phố Hồ Chí Minh"
        return f"{'thành phố' if self.city else 'tỉnh'} {self.name}"

    def stood_on(self, day: date) -> bool:
        """Whether the unit stood on ``day`` under this name and rank."""
        return self.since <= day and (self.until is None or day < self.until)


class PlaceHint(NamedTuple):
    """A name that no longer held on a day: ``old`` as written, ``new`` what it is called then."""

    old: str
    new: str


def _all_provinces() -> tuple[Province, ...]:
    found = [Province("Thừa Thiên Huế", until=_CITY_SINCE["Huế"], successor="Huế")]
    found.append(Province("Huế", city=True, since=_CITY_SINCE["Huế"]))
    for name in (*_UNCHANGED, *_MERGED_INTO):
        raised = _CITY_SINCE.get(name)
        if raised is not None:
            found.append(Province(name, until=raised, successor=name))
        found.append(Province(name, raised is not None or name in _CITIES, raised or date.min))
    for successor, names in _MERGED_INTO.items():
        found += [Province(name, until=MERGER, successor=successor) for name in names]
    return tuple(found)


PROVINCES = _all_provinces()
"""Every unit of the first level since 2008, once for each name and rank it has had."""


def _key(name: str) -> str:
    return re.sub(r" ?[-–] ?", "-", fold(name))


_BY_NAME: dict[str, list[Province]] = {}
for _province in PROVINCES:
    _BY_NAME.setdefault(_key(_province.name), []).append(_province)


def _name_pattern(name: str) -> str:
    """Return what matches ``name`` in any spacing and with the tone on either vowel (Hoà, Hòa)."""
    either = name.replace("òa", "(?:òa|oà)").replace("óa", "(?:óa|oá)")
    return either.replace(" ", r"\s+").replace(r"\s+-\s+", r"\s*[-–]\s*")


_ANY_NAME = "|".join(
    _name_pattern(name)
    for name in sorted({province.name for province in PROVINCES}, key=len, reverse=True)
)
_PROVINCE = re.compile(
    rf"\btỉnh\s+(?P<ranked>{_ANY_NAME})(?!\w)|(?:^|,)\s*(?P<bare>{_ANY_NAME})\s*[.;]?\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def find_province(name: str, day: date) -> Province | None:
    """Return the unit that bore ``name`` (without rank) on ``day``, or None."""
    known = _BY_NAME.get(_key(name), ())
    return next((province for province in known if province.stood_on(day)), None)


def province_hint(text: str, on: date) -> tuple[PlaceHint, ...]:
    """Return the provinces in ``text`` that were called differently ``on`` that day, in order.

    Looks at names behind ``tỉnh`` and at the end of an address; names inside those of schools,
    streets and firms are left alone.
    """
    hints = []
    for found in _PROVINCE.finditer(nfc(text)):
        written = found["ranked"] or found["bare"]
        today = _today(written, on)
        same_name = today is not None and _key(today.name) == _key(written)
        if today is None or (same_name and (found["bare"] or not today.city)):
            continue
        rank = "tỉnh " if found["ranked"] else ""
        hints.append(PlaceHint(f"{rank}{' '.join(written.split())}", today.title))
    return tuple(dict.fromkeys(hints))


def _today(name: str, on: date) -> Province | None:
    """Return the unit that stood ``on`` that day where ``name`` once did, or None."""
    today = find_province(name, on)
    gone = [unit for unit in _BY_NAME.get(_key(name), ()) if unit.until and unit.until <= on]
    return _today(gone[-1].successor, on) if today is None and gone else today
