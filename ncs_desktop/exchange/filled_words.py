"""How clerks and earlier forms call the fields of a phiếu, beside the words of the form itself.

Keyed by the public field keys, so any form that has such a field profits. Headings are keyed by
the first field of their section. The wordings of Mẫu A3-ĐXNV (Thông tư 03/2017/TT-BKHCN) are among
them.
"""

from __future__ import annotations

HEADINGS: dict[str, tuple[str, ...]] = {
    "title": (
        "tên",
        "tên dự án",
        "tên đề tài",
        "tên dự án khoa học và công nghệ (KH&CN)",
        "tên nhiệm vụ đề xuất",
        "tên nhiệm vụ khoa học và công nghệ",
    ),
    "urgency": (
        "tính cấp thiết",
        "sự cần thiết",
        "lý do đề xuất",
        "tính cấp thiết, tầm quan trọng phải thực hiện ở tầm quốc gia",
        "tính cấp thiết; tầm quan trọng của nhiệm vụ",
        "sự cần thiết thực hiện nhiệm vụ",
    ),
    "objectives": ("mục tiêu", "mục tiêu nhiệm vụ", "mục tiêu của dự án", "mục tiêu cần đạt"),
    "contents": (
        "nội dung",
        "nội dung chính",
        "các nội dung chính",
        "nội dung thực hiện",
        "nội dung chủ yếu",
        "nội dung chính cần thực hiện",
        "nội dung KH&CN chủ yếu",
        "nội dung, quy mô",
        "nội dung khoa học và công nghệ chủ yếu",
    ),
    "results": (
        "kết quả",
        "sản phẩm",
        "kết quả, sản phẩm",
        "kết quả, sản phẩm của nhiệm vụ",
        "sản phẩm dự kiến",
        "kết quả dự kiến",
        "dự kiến sản phẩm",
        "sản phẩm và kết quả dự kiến",
        "yêu cầu đối với kết quả",
        "yêu cầu đối với kết quả (công nghệ, thiết bị) và các chỉ tiêu kinh tế - kỹ thuật cần đạt",
    ),
    "effectiveness": (
        "hiệu quả",
        "hiệu quả dự kiến",
        "dự kiến hiệu quả",
        "hiệu quả đạt được",
        "hiệu quả của nhiệm vụ",
        "dự kiến hiệu quả của dự án KH&CN",
        "hiệu quả kinh tế - xã hội",
    ),
    "application_sites": (
        "địa chỉ ứng dụng",
        "địa chỉ áp dụng",
        "địa điểm áp dụng",
        "nơi áp dụng",
        "đơn vị áp dụng",
        "tổ chức, doanh nghiệp áp dụng",
        "dự kiến đơn vị áp dụng kết quả",
        "khả năng và địa chỉ ứng dụng",
        "dự kiến tổ chức/doanh nghiệp/địa điểm áp dụng",
        "tổ chức, doanh nghiệp, địa điểm áp dụng kết quả",
        "dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra",
    ),
    "duration": (
        "thời gian",
        "thời gian thực hiện",
        "thời gian thực hiện nhiệm vụ",
        "dự kiến thời gian thực hiện",
        "yêu cầu về thời gian",
        "yêu cầu đối với thời gian thực hiện",
    ),
    "budget.total": (
        "kinh phí",
        "nhu cầu kinh phí",
        "dự kiến kinh phí",
        "dự toán kinh phí",
        "kinh phí thực hiện",
        "kinh phí dự kiến",
        "dự kiến kinh phí thực hiện",
        "dự kiến nhu cầu kinh phí thực hiện nhiệm vụ",
    ),
    "proposer_name": (
        "thông tin về đơn vị đề xuất",
        "thông tin tổ chức/cá nhân đề xuất",
        "thông tin về tổ chức đề xuất",
        "thông tin về cá nhân đề xuất",
        "thông tin liên hệ",
    ),
}
"""Other headings of the section that begins with the field."""

LABELS: dict[str, tuple[str, ...]] = {
    "budget.total": (
        "tổng kinh phí", "tổng số", "tổng cộng", "tổng", "tổng kinh phí dự kiến",
        "cộng", "cộng chung", "tổng số tiền",
        "tổng nhu cầu kinh phí", "tổng kinh phí thực hiện", "tổng dự toán", "tổng mức kinh phí",
    ),
    "budget.state_budget": (
        "ngân sách nhà nước", "kinh phí từ ngân sách nhà nước", "từ ngân sách nhà nước",
        "nguồn ngân sách nhà nước", "ngân sách nhà nước hỗ trợ",
        "kinh phí từ nguồn ngân sách nhà nước",
        "nguồn ngân sách", "ngân sách", "ngân sách trung ương", "vốn ngân sách nhà nước",
    ),
    "budget.counterpart": (
        "đối ứng", "ĐƯ", "vốn ĐƯ", "kinh phí đối ứng", "vốn đối ứng", "nguồn đối ứng",
        "kinh phí đối ứng từ doanh nghiệp",
        "kinh phí đối ứng của doanh nghiệp", "đối ứng của doanh nghiệp", "doanh nghiệp đối ứng",
        "đối ứng từ tổ chức, doanh nghiệp", "kinh phí doanh nghiệp đối ứng", "nguồn khác",
        "nguồn ngoài ngân sách", "ngoài ngân sách nhà nước", "nguồn ngoài ngân sách nhà nước",
        "kinh phí ngoài ngân sách nhà nước", "từ nguồn khác", "kinh phí từ nguồn khác",
        "vốn khác", "vốn doanh nghiệp",
    ),
    "proposer_name": (
        "tên tổ chức", "tên tổ chức/cá nhân", "tên tổ chức đề xuất", "tên cá nhân đề xuất",
        "tổ chức đề xuất", "cá nhân đề xuất", "đơn vị đề xuất", "tên đơn vị đề xuất", "tên đơn vị",
        "cơ quan đề xuất", "tên cơ quan đề xuất", "tổ chức/cá nhân đề xuất", "tên doanh nghiệp",
    ),
    "proposer_address": (
        "địa chỉ", "địa chỉ trụ sở", "trụ sở", "trụ sở chính", "đ/c", "địa chỉ liên hệ",
        "địa chỉ cơ quan", "địa chỉ đơn vị",
    ),
    "contact_name": (
        "họ và tên", "họ tên", "người liên hệ", "họ và tên người liên hệ", "tên người liên hệ",
        "họ tên người liên hệ", "họ và tên đầu mối liên hệ", "ông/bà",
        "cán bộ đầu mối", "cán bộ liên hệ", "người đầu mối", "họ, tên",
    ),
    "contact_position": ("chức vụ", "chức vụ, đơn vị", "chức vụ, đơn vị công tác", "chức danh",
        "vị trí công tác",
    ),
    "contact_phone": (
        "điện thoại", "số điện thoại", "điện thoại liên hệ", "điện thoại di động", "di động",
        "số di động", "tel", "mobile", "phone", "hotline",
    ),
    "contact_email": (
        "email", "e-mail", "mail", "thư điện tử", "địa chỉ email", "hộp thư", "hộp thư điện tử",
        "địa chỉ thư điện tử", "địa chỉ e-mail",
    ),
    "enclosures": (
        "tài liệu gửi kèm", "tài liệu kèm theo", "hồ sơ kèm theo", "hồ sơ gửi kèm",
        "văn bản kèm theo",
        "văn bản gửi kèm", "các tài liệu gửi kèm", "tài liệu đính kèm",
    ),
}  # fmt: skip
"""Other labels of a field within its section."""

TABLE_HEADS = (
    "tt", "stt", "số tt", "số thứ tự", "nội dung", "thông tin", "thông tin đề xuất", "ghi chú",
    "nguồn", "nguồn vốn", "nguồn kinh phí", "số tiền", "thành tiền", "tỷ lệ", "tỷ trọng",
    "hạng mục", "khoản chi", "khoản mục", "diễn giải", "nội dung công việc", "nội dung chi",
    "giá trị", "trong đó", "năm", "cộng", "nội dung thực hiện", "nội dung đề xuất", "mục",
    "tên tài liệu", "số trang", "số lượng", "số bản", "tên văn bản", "loại văn bản",
)  # fmt: skip
"""Heads of columns in tables that clerks make of the form."""

STATIC_LABELS = ("trong đó", "đầu mối liên hệ", "thông tin liên hệ", "liên hệ", "bao gồm", "gồm")
"""Labels that only lead to other labels; those of the form itself come on top."""

FOREIGN_LABELS = (
    "fax", "website", "loại hình", "điện thoại cơ quan",
    "điện thoại cố định", "mã số thuế", "mst", "năm sinh", "học hàm, học vị", "học vị",
    "cơ quan công tác",
    "đơn vị công tác", "giấy phép", "số tài khoản", "cccd", "căn cước", "ngày sinh", "giới tính",
    "người đại diện", "đại diện pháp luật", "người đại diện theo pháp luật", "zalo", "ghi chú",
)  # fmt: skip
"""What clerks add to the contact lines; it belongs to no field and ends the value before it."""

ABBREVIATIONS = {
    "nsnn": "ngân sách nhà nước",
    "nstw": "ngân sách trung ương",
    "dn": "doanh nghiệp",
    "kp": "kinh phí",
    "nv": "nhiệm vụ",
    "dt": "điện thoại",
    "sdt": "số điện thoại",
    "tgth": "thời gian thực hiện",
}
"""Folded abbreviation to the words it stands for."""

FUNCTION_WORDS = frozenset(
    [
        "cua",
        "va",
        "cac",
        "can",
        "ve",
        "duoc",
        "cho",
        "tu",
        "voi",
        "hoac",
        "de",
        "trong",
        "tai",
        "nhung",
        "la",
        "theo",
        "boi",
        "ra",
        "o",
    ]
)
"""Folded words that tell nothing about which field is meant."""

KNOWN_LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "BẢN NHÁP",
    "Bản nháp, chưa chốt để ký",
    "Phụ lục",
    "PHIẾU ĐỀ XUẤT NHIỆM VỤ",
    "(tiếp theo)",
    "(tiếp)",
)
"""Lines around a phiếu that belong to paper, not to its content."""

SIGNATURE_LINES = (
    "(Ký, ghi rõ họ tên, đóng dấu)",
    "(Ký, họ tên, đóng dấu)",
    "(Ký tên, đóng dấu)",
    "(Họ, tên và chữ ký - đóng dấu đối với tổ chức)",
    "ĐẠI DIỆN TỔ CHỨC ĐỀ XUẤT",
    "ĐƠN VỊ ĐỀ XUẤT",
    "NGƯỜI ĐỀ XUẤT",
    "THỦ TRƯỞNG ĐƠN VỊ",
    "ĐẠI DIỆN ĐƠN VỊ ĐỀ XUẤT",
)
"""How else the signature block reads."""

SIGNER_TITLES = (
    "giam doc", "tong giam doc", "pho giam doc", "chu tich", "hieu truong", "vien truong",
    "thu truong", "dai dien", "nguoi de xuat", "kt", "tm", "chu nhiem",
)  # fmt: skip
"""Folded words with which a line of capitals opens a signature block."""

POSITIONS = (
    "giam doc", "truong", "pho", "chuyen vien", "can bo", "chu tich", "ke toan", "nhan vien",
    "quan ly", "thu ky", "chu nhiem", "ky su", "giang vien", "phu trach", "chu doanh nghiep",
)  # fmt: skip
"""Folded words of a person's position."""

GUIDANCE_WORDS = frozenset(
    [
        *("trieu", "nghin", "ngan", "ty", "dong", "vnd", "don", "vi", "tinh", "dvt", "bang"),
        *("chung", "cu", "the", "ngan", "gon", "chi", "tiet", "tom", "tat", "day", "du", "ro"),
        *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "muc", "phan"),
        *("a", "b", "c", "d", "e", "f", "g", "h", "ten", "so", "stt", "tt"),
        *("nam", "nguon", "von", "ho"),
        *("1", "000", "1000", "1000000", "khoang"),
    ]
)
"""Folded words of units, numbering and of guidance in brackets that any form may print."""

INSTRUCTIONS = (
    "trinh bay", "neu ro", "neu", "ghi ro", "ghi", "mo ta", "liet ke", "luan giai", "lam ro",
    "giai trinh",
    "neu co",
)  # fmt: skip
"""Folded words with which guidance in brackets begins, on forms whose guidance we do not hold."""
