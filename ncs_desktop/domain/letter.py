"""Letters (công văn, văn bản cam kết) in the parts NĐ 30/2020/NĐ-CP, Phụ lục I names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ncs_desktop.domain.blocks import Blocks
from ncs_desktop.domain.dates import BLANK
from ncs_desktop.domain.json_tree import EMPTY

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
"""Quốc hiệu and Tiêu ngữ as NĐ 30/2020/NĐ-CP, Phụ lục I, II.1 spells them."""


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A letter's wording as data, with ``{placeholders}``; ``note`` says whose draft it is.

    ``scopes`` says in full, by id, what an enterprise can commit to.
    """

    id: str
    title: str
    subject: str
    kind_title: str
    addressees: tuple[str, ...]
    body: tuple[str, ...]
    recipients: tuple[str, ...]
    signer: tuple[str, ...]
    note: str = ""
    source: str = ""
    scopes: Mapping[str, str] = EMPTY


@dataclass(frozen=True, slots=True)
class Letter:
    r"""A letter ready to be composed; number and date stay blank and are written after signing.

    ``kind_title`` is the name of the document's type (empty for a công văn, which has none);
    ``signer_title`` may have several lines (``KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC``); ``number_symbol`` is
    what follows the blank number (``/SKHCN-TĐC``), empty where unknown.
    """

    template: str
    parent: str
    agency: str
    number_symbol: str
    place: str
    subject: str
    kind_title: str
    addressees: tuple[str, ...]
    body: Blocks
    recipients: tuple[str, ...]
    signer_title: str
    signer_name: str
    note: str = ""


def fill(text: str, context: Mapping[str, str]) -> str:
    """Replace every ``{name}`` known to ``context``; an unknown one becomes a dotted blank."""
    parts = text.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, closing, rest = part.partition("}")
        filled.append(f"{context.get(name) or BLANK}{rest}" if closing else "{" + part)
    return "".join(filled)
