"""Valid-by-default forms, calls and proposals: a test names only what it is about.

``make_proposal(title="")`` is a complete proposal whose title is empty; dotted keys go through
``make_proposal(**{"budget.total": 1})``. Dates lie inside the call unless a test moves them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ncs_desktop.domain.call import (
    VIETNAM,
    Authority,
    Call,
    Deadline,
    DeadlineRule,
    Priority,
    RecipeItem,
)
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.form import (
    Field,
    FieldKind,
    Form,
    FormLine,
    HeadLine,
    LinePart,
    Option,
    Section,
)
from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.domain.proposal import Proposal

NOW = datetime(2025, 8, 5, 9, 0, tzinfo=VIETNAM)
"""A moment at which the default call is open."""

TASK_KINDS = (
    "policy",
    "communication",
    "business_support",
    "pilot_model",
    "training",
    "curriculum",
    "standards",
    "other",
)
PRIORITIES = ("policy", "communication", "business_support", "training", "standards")
CODES = (
    [f"F{number:02}" for number in range(1, 10)]
    + [f"M{number:02}" for number in (1, 2, 3, 4, 5, 7)]
    + [f"C{number:02}" for number in range(1, 12)]
    + [f"D{number:02}" for number in range(1, 10)]
    + [f"T{number:02}" for number in (1, 2, 3, 4, 5, 7)]
    + [f"L{number:02}" for number in range(1, 13)]
)

_SECTIONS = (
    ("I", "TÊN NHIỆM VỤ", "title", FieldKind.TEXT),
    ("II", "TÍNH CẤP THIẾT CỦA NHIỆM VỤ", "urgency", FieldKind.BLOCKS),
    ("III", "MỤC TIÊU CỦA NHIỆM VỤ", "objectives", FieldKind.BLOCKS),
    ("IV", "DỰ KIẾN CÁC NỘI DUNG CHÍNH CẦN THỰC HIỆN", "contents", FieldKind.BLOCKS),
    ("V", "DỰ KIẾN KẾT QUẢ, SẢN PHẨM CỦA NHIỆM VỤ", "results", FieldKind.BLOCKS),
    ("VI", "DỰ KIẾN HIỆU QUẢ ĐẠT ĐƯỢC CỦA NHIỆM VỤ", "effectiveness", FieldKind.BLOCKS),
    ("VII", "DỰ KIẾN ĐỊA ĐIỂM ÁP DỤNG", "application_sites", FieldKind.BLOCKS),
    ("VIII", "YÊU CẦU VỀ THỜI GIAN THỰC HIỆN NHIỆM VỤ", "duration", FieldKind.DURATION),
)
_BUDGET = (
    ("budget.total", "Tổng kinh phí thực hiện nhiệm vụ:"),
    ("budget.state_budget", "Kinh phí Ngân sách nhà nước:"),
    ("budget.counterpart", "Kinh phí đối ứng từ tổ chức, doanh nghiệp:"),
)
_CONTACT = (
    ("proposer_name", "1. Tên tổ chức/cá nhân đề xuất:", FieldKind.TEXT),
    ("proposer_address", "2. Địa chỉ:", FieldKind.TEXT),
    ("contact_name", "- Họ và tên:", FieldKind.TEXT),
    ("contact_position", "Chức vụ:", FieldKind.TEXT),
    ("contact_phone", "- Điện thoại:", FieldKind.PHONE),
    ("contact_email", "Email:", FieldKind.EMAIL),
    ("enclosures", "4. Tài liệu gửi kèm (nếu có):", FieldKind.TEXT_LIST),
)


def _options(*names: str) -> tuple[Option, ...]:
    return tuple(Option(name, name) for name in names)


def make_form(**changes: Any) -> Form:
    """A complete form in the shape of A1-ĐXNV; the shipped one is in ``forms/``."""
    sections = [
        Section(number, heading, "", (FormLine((LinePart("", key),), 2),))
        for number, heading, key, _ in _SECTIONS
    ]
    money = tuple(FormLine((LinePart(label, key, with_words=True),)) for key, label in _BUDGET)
    contact = tuple(FormLine((LinePart(label, key),)) for key, label, _ in _CONTACT)
    sections += [
        Section("IX", "DỰ KIẾN NHU CẦU KINH PHÍ", "", money),
        Section("X", "THÔNG TIN VỀ TỔ CHỨC/ CÁ NHÂN ĐỀ XUẤT NHIỆM VỤ", "", contact),
    ]
    optional = ("contact_position", "enclosures")
    form = Form(
        id="a1-dxnv",
        version="tt15-2022",
        code="A1",
        title="PHIẾU ĐỀ XUẤT",
        legal_source="Thông tư số 15/2022/TT-BKHCN",
        effective_from=date(2022, 11, 28),
        effective_to=None,
        note="",
        head=(HeadLine("PHIẾU ĐỀ XUẤT", bold=True), HeadLine("(… trong kế hoạch năm {plan_year})")),
        sections=tuple(sections),
        signature=(HeadLine("TỔ CHỨC/CÁ NHÂN ĐỀ XUẤT", bold=True),),
        fields=(
            Field("plan_year", FieldKind.YEAR, "Năm kế hoạch", required=True),
            *(Field(key, kind, heading, required=True) for _, heading, key, kind in _SECTIONS),
            *(Field(key, FieldKind.MONEY, label, required=True) for key, label in _BUDGET),
            *(Field(key, kind, label, key not in optional) for key, label, kind in _CONTACT),
            *_supplement(),
        ),
    )
    return replace(form, **changes)


def _supplement() -> tuple[Field, ...]:
    kinds = _options("organization", "individual")
    return (
        Field("proposer_kind", FieldKind.CHOICE, "Bên đề xuất", options=kinds, printed=False),
        Field("lead_organization", FieldKind.TEXT, "Tổ chức chủ trì", printed=False),
        Field("task_kind", FieldKind.CHOICE, "Loại", options=_options(*TASK_KINDS), printed=False),
        Field(
            "priorities",
            FieldKind.CHOICES,
            "Ưu tiên",
            options=_options(*PRIORITIES),
            printed=False,
        ),
        Field("universities", FieldKind.TEXT_LIST, "Trường", printed=False),
        Field("university_field", FieldKind.TEXT, "Khối ngành", printed=False),
        Field("commitments", FieldKind.COMMITMENTS, "Cam kết", printed=False),
        Field("summary_note", FieldKind.TEXT, "Ghi chú", printed=False),
    )


def make_call(**changes: Any) -> Call:
    """An open call that asks everything of everybody and in which every rule is an error."""
    items = (
        RecipeItem("letter", "required", "Công văn đề xuất"),
        RecipeItem("summary", "required", "Bảng tổng hợp danh mục nhiệm vụ đề xuất"),
        RecipeItem("form", "required", "Phiếu đề xuất nhiệm vụ", ("docx", "pdf")),
        RecipeItem("commitment", "required_for:pilot_model", "Văn bản cam kết"),
    )
    call = Call(
        id="an-giang-2026",
        title="Đề xuất nhiệm vụ bắt đầu thực hiện từ năm 2026",
        plan_year=2026,
        issued=date(2025, 7, 29),
        authority=Authority(
            "Sở Khoa học và Công nghệ tỉnh An Giang",
            parent="Ủy ban nhân dân tỉnh An Giang",
            address="Số 320 Ngô Quyền, phường Rạch Giá, tỉnh An Giang",
            email="tcdlcl@angiang.example",
            formats=("docx",),
            place="An Giang",
        ),
        deadlines=(
            Deadline(
                "so",
                DeadlineRule.EXCLUSIVE_DAY,
                datetime(2025, 8, 10),
                "trước ngày 10 tháng 8 năm 2025",
            ),
        ),
        accepts=("a1-dxnv@tt15-2022",),
        recipe={kind: items for kind in ("agency", "organization", "individual")},
        priorities=tuple(Priority(name, f"Nội dung {name}") for name in PRIORITIES),
        severities=dict.fromkeys(CODES, Severity.ERROR),
        options=freeze({"minimum_universities": 3}),
        data_date=date(2025, 8, 1),
        source="S2",
    )
    return replace(call, **changes)


def make_values(**changes: Any) -> dict[str, Any]:
    """The values of a proposal in which nothing is missing or wrong."""
    values: dict[str, Any] = {
        "plan_year": 2026,
        "title": "Xây dựng mô hình điểm áp dụng ISO 9001:2015 và công cụ Lean",
        "urgency": "Cơ sở khoa học và thực tiễn đã rõ; tác động lớn đến năng suất của ngành.\n"
        "- Cơ sở pháp lý: Quyết định số 1322/QĐ-TTg ngày 31/8/2020 của Thủ tướng Chính phủ.",
        "objectives": "- Giảm tối thiểu 15% tỷ lệ hao hụt nguyên liệu.",
        "contents": "1. Khảo sát hiện trạng tại 05 doanh nghiệp.\n2. Đào tạo 150 lượt cán bộ.",
        "results": "- 05 doanh nghiệp được chứng nhận ISO 9001:2015.",
        "effectiveness": "- Tăng tối thiểu 12% năng suất lao động.",
        "application_sites": "- Công ty TNHH Thủy sản Hòn Sóc (xã Hòn Đất, tỉnh An Giang).",
        "duration": "24 tháng, từ tháng 01/2026 đến tháng 12/2027",
        "budget": {
            "total": 4_850_000_000,
            "state_budget": 2_900_000_000,
            "counterpart": 1_950_000_000,
        },
        "proposer_kind": "organization",
        "proposer_name": "Công ty Cổ phần Tư vấn Năng suất Mê Kông",
        "proposer_address": "Số 18 đường Trần Hưng Đạo, phường Long Xuyên, tỉnh An Giang",
        "contact_name": "Nguyễn Thị Minh Khuê",
        "contact_position": "Phó Giám đốc",
        "contact_phone": "0296 3 123 456",
        "contact_email": "du-an@nangsuatmekong.example",
        "enclosures": ["Văn bản cam kết đối ứng của Công ty TNHH Thủy sản Hòn Sóc"],
        "lead_organization": "Công ty Cổ phần Tư vấn Năng suất Mê Kông",
        "task_kind": "pilot_model",
        "priorities": ["business_support"],
        "commitments": [
            {
                "organization": "Công ty TNHH Thủy sản Hòn Sóc",
                "address": "Xã Hòn Đất, tỉnh An Giang",
                "representative": "",
                "position": "Giám đốc",
                "scope": ["cooperate", "co_fund", "receive_results"],
                "amount": 1_950_000_000,
            }
        ],
    }
    return {**values, **changes}


def make_proposal(**values: Any) -> Proposal:
    """A proposal in which nothing is missing; ``values`` are laid over it, dotted keys too."""
    proposal = Proposal(
        id="5c1f6c0e-0d52-5a57-8a3e-0f6f3b1c2d4e",
        form="a1-dxnv",
        form_version="tt15-2022",
        call="an-giang-2026",
        values=freeze(make_values()),
    )
    for key, value in values.items():
        proposal = proposal.with_value(key, value)
    return proposal
