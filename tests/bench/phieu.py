"""Proposals of a wanted length, for the benchmarks; the same every time."""

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.domain.proposal import Proposal

_SENTENCES = (
    "Chế biến nông sản và thủy sản là ngành hàng chủ lực của tỉnh, thu hút hàng nghìn lao động.",
    "Tỷ lệ hao hụt nguyên liệu bình quân còn ở mức 9,5%, thời gian dừng chuyền 47 phút mỗi ca.",
    "Việc áp dụng tích hợp ISO 9001:2015, ISO 14001:2015 và Lean giúp loại bỏ lãng phí tại nguồn.",
    "Kết quả được nhân rộng cho các doanh nghiệp khác trong vùng Đồng bằng sông Cửu Long.",
)


def proposal(paragraphs: int, number: int = 1) -> Proposal:
    """Return a filled phiếu whose long sections have ``paragraphs`` paragraphs each."""
    long = "\n".join(
        " ".join(_SENTENCES[(row + step) % len(_SENTENCES)] for step in range(4))
        for row in range(paragraphs)
    )
    rows = [["TT", "Sản phẩm", "Số lượng", "Yêu cầu"]] + [
        [str(row), "Tài liệu hướng dẫn áp dụng", "01 bộ", "Được hội đồng nghiệm thu"]
        for row in range(1, 5)
    ]
    values = {
        "plan_year": 2026,
        "title": f"Xây dựng mô hình điểm áp dụng hệ thống quản lý tích hợp số {number}",
        "urgency": "Thực hiện Quyết định số 1322/QĐ-TTg ngày 31/8/2020.\n" + long,
        "objectives": long,
        "contents": long,
        "results": [{"type": "table", "header_rows": 1, "rows": rows}],
        "effectiveness": long,
        "application_sites": "- Công ty A;\n- Công ty B.",
        "duration": "24 tháng",
        "budget": {"total": 4850000000, "state_budget": 2900000000, "counterpart": 1950000000},
        "proposer_kind": "organization",
        "proposer_name": "Công ty Cổ phần Tư vấn Năng suất",
        "proposer_address": "Số 18 đường Trần Hưng Đạo, phường Long Xuyên, tỉnh An Giang",
        "contact_name": "Nguyễn Thị Minh Khuê",
        "contact_position": "Phó Giám đốc",
        "contact_phone": "0296 3 123 456",
        "contact_email": "du-an@vidu.example",
        "lead_organization": "Công ty Cổ phần Tư vấn Năng suất",
        "task_kind": "policy",
        "priorities": ["policy"],
    }
    return Proposal(f"{number:08d}-0000-4000-8000-000000000000", "a1-dxnv", "tt15-2022",
                    "an-giang-2026", freeze(values))  # fmt: skip


def form():
    """Return the form all of them use."""
    return Catalog.load().form("a1-dxnv@tt15-2022")
