"""The summary table (bảng tổng hợp) that ranks the proposals of one call."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    """One leaf column: ``group`` is the heading it shares with its neighbours, or None.

    ``width_share`` is its part of the table's width (the shares of a layout add up to 1), ``kind``
    is ``text`` or ``money`` (triệu đồng).
    """

    key: str
    heading: str
    group: str | None = None
    width_share: float = 0.1
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class SummaryLayout:
    """The official table as data, read from ``forms/tables``.

    ``left_head`` is what the template prints where the sending agency's name belongs,
    ``right_head`` the national heading as the template spells it; ``title`` and ``footer`` may hold
    ``{verb}`` and ``{plan_year}``; the footer's first line is the place and date, left blank.
    """

    id: str
    left_head: str
    right_head: tuple[str, ...]
    title: tuple[str, ...]
    columns: tuple[SummaryColumn, ...]
    footer: tuple[str, ...]
    note: str = ""
    source: str = ""
