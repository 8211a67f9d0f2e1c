"""TỜ ĐẦU BỘ IN KÝ: what lies in the stack to print, how many pages each, and who signs it.

It is a help of ours for the person at the printer, not an official form, and is not handed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ncs_desktop.documents.compose_common import centered, line, one_line
from ncs_desktop.documents.page import (
    Align,
    Cell,
    Document,
    Element,
    Format,
    Furniture,
    Grid,
    Paper,
    Row,
    Text,
)
from ncs_desktop.domain.blocks import Run
from ncs_desktop.domain.call import Call

TITLE = "TỜ ĐẦU BỘ IN KÝ"
SUBTITLE = "(Để người in và người trình ký kiểm đếm; không nộp kèm hồ sơ)"
HINTS = (
    "In một mặt, khổ A4, để nguyên cỡ (100%); tờ nằm ngang thì in ngang.",
    "Ghi số và ngày của công văn sau khi ký; không ký lên tờ này.",
    "Ký xong, quét từng phiếu thành một tệp PDF để đưa vào bộ nộp.",
)
DRAFTED = (
    "Lời văn của công văn và văn bản cam kết là bản thảo do chương trình gợi ý, không phải mẫu ban "
    "hành; hãy đọc và sửa trước khi ký."
)
_PLAIN = Format("Nội dung", Align.LEFT, 12.0, 15.5, after=3.0)
_CELL = Format("Ô bảng", Align.LEFT, 11.0, 14.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One paper of the stack: ``signer`` says who signs and stamps, ``code`` its control code."""

    name: str
    pages: int
    signer: str
    code: str = ""


def compose_cover(
    call: Call, papers: Sequence[CoverLine], *, draft: bool = False, drafted: bool = False
) -> Document:
    """Return the sheet that lies on top of the print set.

    ``drafted`` says that letters are among the papers whose wording the program suggested.
    """
    paper = Paper(left=25.0)
    facts = [f"Đợt đề xuất: {call.title}"]
    if call.deadline and call.deadline.text:
        facts.append(f"Hạn gửi: {call.deadline.text}")
    elements: list[Element] = [
        line(TITLE, centered(14, 19), bold=True),
        line(SUBTITLE, replace(centered(11, 14), after=8.0), italic=True),
        *(line(one_line(fact), _PLAIN) for fact in facts),
        line("", replace(_PLAIN, size=6.0, line_height=6.0, after=0.0)),
        _papers(papers, paper.text_width),
        *(_hint(text) for text in ((DRAFTED, *HINTS) if drafted else HINTS)),
    ]
    furniture = Furniture(watermark="BẢN NHÁP" if draft else "")
    return Document(f"Bộ in ký: {one_line(call.title)}", tuple(elements), paper, furniture)


def _hint(text: str) -> Text:
    return Text((Run(text),), replace(_PLAIN, before=3.0, left_indent=6.0, first_indent=-6.0), "-")


def _papers(papers: Sequence[CoverLine], width: float) -> Grid:
    widths = [round(width * share, 1) for share in (0.08, 0.50, 0.12)]
    widths.append(round(width - sum(widths), 1))
    header = Row(
        tuple(
            _cell(text, Align.CENTER, bold=True)
            for text in ("STT", "Giấy tờ", "Số trang", "Người ký, đóng dấu")
        ),
        keep_with_next=True,
    )
    rows = [header]
    for number, item in enumerate(papers, 1):
        name = f"{item.name}\nMã kiểm soát: {item.code}" if item.code else item.name
        rows.append(
            Row(
                (
                    _cell(str(number), Align.CENTER),
                    _cell(name),
                    _cell(str(item.pages), Align.CENTER),
                    _cell(item.signer),
                )
            )
        )
    total = str(sum(item.pages for item in papers))
    label = _cell("Tổng số trang cần in (không kể tờ này)", Align.RIGHT, bold=True, columns=2)
    rows.append(Row((label, _cell(total, Align.CENTER, bold=True), Cell())))
    return Grid(tuple(widths), tuple(rows), 1)


def _cell(text: str, align: Align = Align.LEFT, *, bold: bool = False, columns: int = 1) -> Cell:
    format = replace(_CELL, align=align)
    lines = [one_line(part) for part in text.split("\n")]
    return Cell(tuple(line(part, format, bold=bold) for part in lines if part), columns)
