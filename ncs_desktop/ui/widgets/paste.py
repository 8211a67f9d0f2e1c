"""What is on the clipboard as blocks, what was left behind, and an offer to convert old fonts.

Nothing is converted on its own: text set in .VnTime or VNI-Times, or that reads like it, comes with
an ``Offer`` that shows both readings, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QMimeData

from ncs_desktop.domain.blocks import Blocks, ListItem, Paragraph, Run, Table, plain_text
from ncs_desktop.domain.legacy import from_tcvn3, from_vni, looks_legacy
from ncs_desktop.domain.text import clean_text
from ncs_desktop.ui.widgets.paste_html import HtmlReader
from ncs_desktop.ui.widgets.paste_plain import plain_to_blocks

LONGEST_HTML = 4_000_000
"""Characters; longer markup is taken as plain text, so that a paste never freezes the window."""
_BLANKS = (" ", "\u00a0")


@dataclass(frozen=True, slots=True)
class Offer:
    """Text in an old encoding: ``before`` as pasted, ``after`` in Unicode."""

    before: Blocks
    after: Blocks

    @property
    def before_text(self) -> str:
        """The text as it was pasted."""
        return plain_text(self.before)

    @property
    def after_text(self) -> str:
        """The text in Unicode."""
        return plain_text(self.after)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Blocks to insert; ``dropped`` holds codes for ``say_dropped``."""

    blocks: Blocks
    dropped: frozenset[str] = frozenset()
    offer: Offer | None = None


def is_files(source: QMimeData) -> bool:
    """Whether files were copied or dragged, which are the window's business and no text's."""
    return not source.hasHtml() and any(url.isLocalFile() for url in source.urls())


def pasted_from_mime(source: QMimeData, rejoin: bool = False) -> Pasted:
    """Return what the clipboard holds, markup preferred to plain text."""
    html = source.html() if source.hasHtml() else ""
    text = source.text()
    if html and len(html) <= LONGEST_HTML:
        pasted = blocks_from_html(html)
        if pasted.blocks or not source.hasText():
            return _with_ends(pasted, text)
    return _with_ends(pasted_from_text(text, rejoin), text)


def _with_ends(pasted: Pasted, text: str) -> Pasted:
    """Keep one of the blanks ``text`` begins and ends with: they part the words from others.

    Markup does not tell them from its own indentation; the plain text beside it does.
    """
    before, after = (" " if end in _BLANKS else "" for end in (text[:1], text[-1:]))
    if not (before or after):
        return pasted
    offer = pasted.offer
    if offer is not None:
        whole = (_parted(reading, before, after) for reading in (offer.before, offer.after))
        offer = Offer(*whole)
    return replace(pasted, blocks=_parted(pasted.blocks, before, after), offer=offer)


def _parted(blocks: Blocks, before: str, after: str) -> Blocks:
    if not blocks:
        return (Paragraph((Run(" "),)),)
    first, *rest = blocks
    if isinstance(first, Paragraph) and first.runs:
        run = first.runs[0]
        first = replace(first, runs=(replace(run, text=before + run.text), *first.runs[1:]))
    *others, last = first, *rest
    if not isinstance(last, Table) and last.runs:
        run = last.runs[-1]
        last = replace(last, runs=(*last.runs[:-1], replace(run, text=run.text + after)))
    return (*others, last)


def flush_left(blocks: Blocks) -> Blocks:
    """Return ``blocks`` for the beginning of a line, where there is no word to keep apart."""
    if not blocks or not isinstance(blocks[0], Paragraph) or not blocks[0].runs:
        return blocks
    first, *rest = blocks[0].runs
    first = replace(first, text=first.text.lstrip("".join(_BLANKS)))
    return (replace(blocks[0], runs=(first, *rest)), *blocks[1:])


def pasted_from_text(text: str, rejoin: bool = False) -> Pasted:
    """Return plain text as blocks, with an offer where it looks like an old encoding."""
    blocks = plain_to_blocks(text, rejoin)
    cleaned = clean_text(text)
    dropped = frozenset({"control"}) if cleaned.dropped else frozenset()
    return Pasted(blocks, dropped, _offer_by_content(blocks))


def blocks_from_html(html: str) -> Pasted:
    """Return the words, emphasis, lists and tables of ``html``; nothing is loaded or run."""
    reader = HtmlReader()
    blocks = reader.read(html)
    offer = _offer_by_content(blocks)
    if reader.old_fonts:
        offer = Offer(blocks, HtmlReader(convert=True).read(html))
    return Pasted(blocks, frozenset(reader.dropped), offer)


def _offer_by_content(blocks: Blocks) -> Offer | None:
    found = looks_legacy(plain_text(blocks))
    if found is None:
        return None
    return Offer(blocks, _converted(blocks, from_tcvn3 if found == "tcvn3" else from_vni))


def _converted(blocks: Blocks, convert: Callable[[str], str]) -> Blocks:
    return tuple(_converted_block(block, convert) for block in blocks)


def _converted_block(
    block: Paragraph | ListItem | Table, convert: Callable[[str], str]
) -> Paragraph | ListItem | Table:
    if isinstance(block, Table):
        rows = tuple(tuple(_converted(cell, convert) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    runs: tuple[Run, ...] = tuple(replace(run, text=convert(run.text)) for run in block.runs)
    return replace(block, runs=runs)


def say_dropped(dropped: frozenset[str]) -> str:
    """Return one sentence on what was left behind; empty where nothing was."""
    names = _dropped_names()
    shown = [text for code, text in names.items() if code in dropped]
    if not shown:
        return ""
    return _tr("Đã dán đủ chữ; không lấy theo: {things}.").format(things=", ".join(shown))


def _dropped_names() -> dict[str, str]:
    return {
        "picture": _tr("hình ảnh"),
        "hidden": _tr("chữ ẩn"),
        "comment": _tr("ghi chú bên lề"),
        "link": _tr("địa chỉ liên kết"),
        "merged": _tr("việc gộp ô của bảng"),
        "strike": _tr("gạch ngang chữ"),
        "font": _tr("phông và cỡ chữ"),
        "colour": _tr("màu"),
        "script": _tr("mã lệnh"),
        "control": _tr("ký tự điều khiển"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("Paste", text)
