"""Telephone numbers, e-mail addresses and tax codes: is it one, and in which plain form.

Phones follow Vietnam's numbering since 2017; tax codes follow TT 105/2020/TT-BTC and its
successors (12-digit personal numbers stand in for tax codes since 01/7/2025).
"""

from __future__ import annotations

import re

from ncs_desktop.domain.text import nfc

_SEVERAL = re.compile(r"[/;,\n]| hoặc | - ")
_EXTENSION = re.compile(r"[ (]*(?:máy lẻ|ext|số lẻ|nhánh)[ .:]*\d{1,5}\)?$")
_SEPARATORS = re.compile(r"[\s.()\-–·]")
_COUNTRY = re.compile(r"(?:\+|00)840?|84(?=\d{9,10}$)")
_PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}|1[89]00[0-9]{4,6}")

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TOP = r"(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})"
_EMAIL = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)+{_TOP}")


def normalize_phone(text: str) -> str | None:
    """Return the digits of a Vietnamese number (``02963123456``), or None where it is none.

    Mobile numbers have 10 digits, fixed ones 11 (0, area code, number), service numbers begin in
    1800 or 1900; ``+84`` may stand for the 0. Spaces, dots, brackets and hyphens do not matter, an
    extension (``máy lẻ 12``) is left out. Several numbers must all be right and come back
    ``0913539318 / 0919012186``.
    """
    numbers = [_one_phone(part) for part in _SEVERAL.split(nfc(text)[:200].lower())]
    known = [number for number in numbers if number is not None]
    return " / ".join(known) if known and len(known) == len(numbers) else None


def _one_phone(text: str) -> str | None:
    digits = _SEPARATORS.sub("", _EXTENSION.sub("", text))
    digits = _COUNTRY.sub("0", digits, count=1) if _COUNTRY.match(digits) else digits
    return digits if _PHONE.fullmatch(digits) else None


def is_email(text: str) -> bool:
    """Whether ``text`` is one e-mail address in plain ASCII, as mail programs accept it."""
    return _EMAIL.fullmatch(text.strip()) is not None
