"""DANH MỤC HỒ SƠ: the contents list and hand-over sheet that lies on top of a bundle.

It tells a person who has only paper what is inside, what was accepted with a reason, and where and
until when to hand it over. It is a help of ours, not an official form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ncs_desktop.documents.compose_common import bind_to_next, centered, line, one_line, text_cell
from ncs_desktop.documents.page import (
    Align,
    Cell,
    Document,
    Element,
    Format,
    Furniture,
    Grid,
    PageNumbers,
    Paper,
    Row,
    Text,
)
from ncs_desktop.domain.blocks import Run
from ncs_desktop.domain.call import Call, Deadline, DeadlineRule
from ncs_desktop.domain.dates import clock, short_date
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.money import format_dong
from ncs_desktop.domain.proposal import Budget

TITLE = "DANH MỤC HỒ SƠ"
SUBTITLE = (
    "(Kê những gì có trong bộ nộp và hướng dẫn nơi gửi, hạn gửi; không phải văn bản hành chính)"
)
HASH_NOTE = (
    "Mã SHA-256 và mã kiểm soát giúp nhận ra tệp bị hỏng, bị sửa hoặc bị lẫn bản; chúng không "
    "chứng minh ai là người lập và không thay cho chữ ký, con dấu."
)
CONDENSED_NOTE = (
    "Bảng tổng hợp in phần rút gọn ở cột {columns}; nội dung đầy đủ xem trên từng phiếu đề xuất."
)
DRAFT_NOTE = (
    "Đã đọc và sửa lời văn của công văn, văn bản cam kết: đó là bản thảo do chương trình gợi ý, "
    "không phải mẫu ban hành."
)
SENDER_KINDS = {
    "agency": "Cơ quan nhà nước",
    "organization": "Tổ chức, doanh nghiệp",
    "individual": "Cá nhân",
}
BOX = "□"
NOBODY = "(không ghi tên)"
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
AT_THE_MINUTE = {
    DeadlineRule.INCLUSIVE_MINUTE: "đúng giờ này vẫn kịp",
    DeadlineRule.EXCLUSIVE_MINUTE: "đúng giờ này là đã muộn",
}
_PLAIN = Format("Nội dung", Align.LEFT, 12.0, 15.5, after=3.0)
_HEADING = Format("Đề mục", Align.LEFT, 12.0, 15.5, 8.0, 4.0, keep_with_next=True)
_CELL = Format("Ô bảng", Align.LEFT, 11.0, 14.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class ContentsFile:
    """One line of the list: a document and the files it comes in (paths inside the bundle).

    ``pages`` is None where nobody can count them (a table, data, somebody else's file).
    """

    name: str
    paths: tuple[str, ...]
    formats: tuple[str, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class ContentsWaiver:
    """A finding accepted with a reason; ``finding`` is its sentence or title, as a person reads."""

    code: str
    reason: str
    finding: str = ""
    at: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ContentsProposal:
    """One proposal of the bundle, in ranked order; amounts in đồng."""

    title: str
    control_code: str
    digest: str
    budget: Budget
    revision: int = 1
    proposer: str = ""
    waivers: tuple[ContentsWaiver, ...] = ()


@dataclass(frozen=True)
class Contents:
    """Everything the sheet tells; ``allowed_errors`` is the reason given for sending with errors.

    ``created`` is shown as it stands (the caller formats the moment); ``checklist`` holds the
    things to do before sending, one box each; ``condensed`` names the columns of the summary table
    that say less than the phiếu, ``drafted`` that the program suggested the wording of letters.
    """

    sender: Sender
    call: Call
    files: tuple[ContentsFile, ...]
    proposals: tuple[ContentsProposal, ...]
    created: str = ""
    application: str = ""
    allowed_errors: str = ""
    checklist: tuple[str, ...] = ()
    condensed: tuple[str, ...] = ()
    drafted: bool = False


def compose_contents(contents: Contents) -> Document:
    """Return the sheet as a document, A4 portrait, pages numbered n/m."""
    paper = Paper(left=25.0)
    width = paper.text_width
    elements: list[Element] = [
        line(TITLE, centered(14, 19), bold=True),
        line(SUBTITLE, replace(centered(11, 14), after=8.0), italic=True),
        *_facts(contents),
        *_section("1. Hồ sơ gồm", _inside(contents, width)),
        *_section("2. Nhiệm vụ đề xuất (theo thứ tự ưu tiên)", _proposals(contents, width)),
        *_accepted(contents, width),
    ]
    elements += _section(_next("Nơi gửi và hạn gửi", elements), _where(contents.call))
    elements += _section(_next("Việc cần làm trước khi gửi", elements), _checklist(contents))
    elements = list(bind_to_next(elements))
    elements.append(
        line(HASH_NOTE, replace(_PLAIN, size=10.5, line_height=13.5, before=8.0), italic=True)
    )
    made_by = f"Lập bằng {one_line(contents.application)}" if contents.application else ""
    furniture = Furniture(PageNumbers.FOOTER_OF_TOTAL, made_by)
    return Document(
        f"Danh mục hồ sơ: {one_line(contents.call.title)}", tuple(elements), paper, furniture
    )


def _next(heading: str, elements: Sequence[Element]) -> str:
    """Return ``heading`` with the number after the headings that are there already."""
    headings = sum(isinstance(item, Text) and item.format == _HEADING for item in elements)
    return f"{headings + 1}. {heading}"


def _section(heading: str, elements: Sequence[Element]) -> list[Element]:
    return [line(heading, _HEADING, bold=True), *elements] if elements else []


def _fact(label: str, value: str) -> Text:
    return Text((Run(f"{label}: "), Run(one_line(value), bold=True)), _PLAIN)


def _facts(contents: Contents) -> Iterator[Text]:
    sender, call = contents.sender, contents.call
    if sender.name:
        kind = SENDER_KINDS.get(sender.kind, "")
        yield _fact("Bên gửi", f"{sender.name} ({kind})" if kind else sender.name)
    if sender.parent:
        yield _fact("Cơ quan chủ quản", sender.parent)
    if sender.address:
        yield _fact("Địa chỉ bên gửi", sender.address)
    yield _fact("Đợt đề xuất", call.title)
    if contents.created:
        yield _fact("Lập lúc", contents.created)


def _inside(contents: Contents, width: float) -> list[Element]:
    elements: list[Element] = [_files(contents.files, width)]
    if contents.condensed:
        columns = "; ".join(map(one_line, contents.condensed))
        elements.append(line(CONDENSED_NOTE.format(columns=columns), replace(_PLAIN, before=4.0)))
    return elements


def _files(files: Sequence[ContentsFile], width: float) -> Grid:
    widths = _shared(width, 0.07, 0.36, 0.35, 0.10, 0.12)
    rows = [_header("STT", "Tài liệu", "Tệp", "Số trang", "Định dạng")]
    for number, item in enumerate(files, 1):
        formats = item.formats or tuple(path.rpartition(".")[2] for path in item.paths)
        cells = (
            _cell(str(number), Align.CENTER),
            _cell(item.name),
            _cell("\n".join(item.paths)),
            _cell("" if item.pages is None else str(item.pages), Align.CENTER),
            _cell(", ".join(dict.fromkeys(formats)), Align.CENTER),
        )
        rows.append(Row(cells))
    known = [item.pages for item in files if item.pages is not None]
    total = (_cell("Tổng số trang đếm được", Align.RIGHT, bold=True, columns=3),)
    count = _cell(str(sum(known)), Align.CENTER, bold=True)
    rows.append(Row((*total, count, Cell())))
    return Grid(widths, tuple(rows), 1)


def _proposals(contents: Contents, width: float) -> list[Element]:
    if not contents.proposals:
        return []
    widths = _shared(width, 0.06, 0.45, 0.24, 0.25)
    rows = [_header("TT", "Nhiệm vụ, bên đề xuất", "Mã kiểm soát, mã SHA-256", "Kinh phí (đồng)")]
    for number, item in enumerate(contents.proposals, 1):
        code = "\n".join((item.control_code, f"{item.digest[:16]}…" if item.digest else ""))
        cells = (
            _cell(str(number), Align.CENTER),
            _cell("\n".join((one_line(item.title), one_line(item.proposer)))),
            _cell(code.strip()),
            _cell(_amounts(item.budget.completed())),
        )
        rows.append(Row(cells))
    return [Grid(widths, tuple(rows), 1)]


def _amounts(budget: Budget) -> str:
    lines = (
        ("Tổng", budget.total),
        ("NSNN", budget.state_budget),
        ("Đối ứng", budget.counterpart),
    )
    return "\n".join(
        f"{label}: {'chưa có' if amount is None else format_dong(amount)}"
        for label, amount in lines
    )


def _accepted(contents: Contents, width: float) -> list[Element]:
    """Return what the officer must know: findings accepted with a reason, errors let through."""
    waivers = [
        (number, waiver)
        for number, proposal in enumerate(contents.proposals, 1)
        for waiver in proposal.waivers
    ]
    body: list[Element] = []
    if contents.allowed_errors:
        body.append(_fact("Gửi khi còn điểm chưa đạt, lý do", contents.allowed_errors))
    if waivers:
        rows = [_header("Nhiệm vụ", "Điểm kiểm tra", "Lý do chấp nhận", "Người, lúc chấp nhận")]
        for number, waiver in waivers:
            finding = ": ".join(part for part in (waiver.code, one_line(waiver.finding)) if part)
            who = "\n".join(part for part in (waiver.by or NOBODY, waiver.at) if part)
            cells = (
                _cell(str(number), Align.CENTER),
                _cell(finding),
                _cell(waiver.reason),
                _cell(who),
            )
            rows.append(Row(cells))
        body.append(Grid(_shared(width, 0.13, 0.32, 0.33, 0.22), tuple(rows), 1))
    return _section("3. Điểm chấp nhận kèm lý do", body)


def _where(call: Call) -> list[Element]:
    authority = call.authority
    formats = ", ".join(f"*.{name.lstrip('*.')}" for name in authority.formats)
    facts = (
        ("Nơi nhận", authority.name),
        ("Bộ phận tiếp nhận", authority.unit),
        ("Địa chỉ", authority.address),
        ("Bản mềm gửi về hộp thư", authority.email),
        ("Định dạng bản mềm", formats),
    )
    shown: list[Element] = [_fact(label, value) for label, value in facts if value]
    if call.deadline:
        shown.append(_fact("Hạn gửi", call.deadline.text or deadline_meaning(call.deadline)))
        shown.append(_fact("Hiểu là", deadline_meaning(call.deadline)))
    return list(bind_to_next(shown[:-1], len(shown))) + shown[-1:]


def deadline_meaning(deadline: Deadline) -> str:
    """Return what the words of a deadline mean: the last moment that is in time, in full."""
    at = deadline.at
    if deadline.rule in AT_THE_MINUTE:
        meaning = f"{clock(at)} {_day(at)} (giờ Việt Nam), {AT_THE_MINUTE[deadline.rule]}"
    else:
        meaning = f"hết {_day(deadline.end - timedelta(minutes=1))} (giờ Việt Nam)"
    working = deadline.last_working_day
    return f"{meaning}; ngày làm việc cuối cùng còn kịp là {_day(working)}"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} ngày {short_date(day)}"


def _checklist(contents: Contents) -> list[Element]:
    format = replace(_PLAIN, left_indent=6.0, first_indent=-6.0)
    items = contents.checklist or _usual_checklist(contents)
    return [Text((Run(one_line(item)),), format, BOX) for item in items]


def _usual_checklist(contents: Contents) -> tuple[str, ...]:
    organization = contents.sender.kind != "individual"
    sign = "ký tên, đóng dấu" if organization else "ký tên"
    email = contents.call.authority.email
    return (
        f"Đã {sign} trên từng phiếu đề xuất; mã kiểm soát ở chân trang đúng như bảng trên.",
        *((DRAFT_NOTE,) if contents.drafted else ()),
        "Đã ghi số, ngày và ký công văn đề xuất.",
        "Các văn bản cam kết đã được doanh nghiệp, tổ chức cam kết ký, đóng dấu.",
        "Tài liệu gửi kèm trong hồ sơ giống mục 4 của phiếu.",
        f"Đã gửi bản mềm tới {email}." if email else "Đã hỏi nơi nhận cách gửi bản mềm.",
        "Đã gửi bản giấy tới địa chỉ ở trên trước hạn.",
    )


def _shared(width: float, *shares: float) -> tuple[float, ...]:
    widths = [round(width * share, 1) for share in shares]
    widths[-1] = round(width - sum(widths[:-1]), 1)
    return tuple(widths)


def _header(*texts: str) -> Row:
    return Row(tuple(_cell(text, Align.CENTER, bold=True) for text in texts), keep_with_next=True)


def _cell(text: str, align: Align = Align.LEFT, *, bold: bool = False, columns: int = 1) -> Cell:
    return text_cell(text, replace(_CELL, align=align), bold=bold, columns=columns)
