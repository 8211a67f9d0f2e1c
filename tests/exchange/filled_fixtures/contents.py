"""What was filled in: eight phiếu, some of them with text that looks like the form itself.

A long section is a list of lines; a line that begins with a tuple is a table. Money in đồng.
"""

import copy

BASE = {
    "plan_year": 2026,
    "title": "Xây dựng mô hình điểm áp dụng ISO 9001:2015 và công cụ Lean cho ngành thủy sản",
    "urgency": [
        "Chế biến cá tra là ngành hàng chủ lực của tỉnh; năng suất lao động còn thấp, tỷ lệ "
        "hao hụt nguyên liệu cao và chi phí xử lý chất thải lớn so với các nước trong khu vực.",
        "- Cơ sở thực tiễn: khảo sát 12 doanh nghiệp cho thấy hao hụt bình quân 9,5%.",
        "- Cơ sở pháp lý: Quyết định số 1322/QĐ-TTg ngày 31/8/2020 của Thủ tướng Chính phủ.",
    ],
    "objectives": [
        "- 05 doanh nghiệp được chứng nhận ISO 9001:2015;",
        "- Giảm tối thiểu 15% tỷ lệ hao hụt nguyên liệu.",
    ],
    "contents": [
        "1. Khảo sát, đánh giá hiện trạng và lựa chọn 05 doanh nghiệp tham gia.",
        "2. Đào tạo về ISO 9001, Lean cho 150 lượt cán bộ, công nhân.",
        "+ Lập sơ đồ chuỗi giá trị, xác định điểm lãng phí;",
        "3. Đo lường, đánh giá hiệu quả trước và sau khi áp dụng.",
    ],
    "results": [
        "Sản phẩm và yêu cầu cần đạt như sau, chi tiết trong bảng dưới đây của đơn vị:",
        (
            ("TT", "Sản phẩm", "Số lượng"),
            ("1", "Mô hình điểm áp dụng ISO 9001 và Lean", "05 doanh nghiệp"),
            ("2", "Bộ tài liệu hướng dẫn", "01 bộ"),
        ),
    ],
    "effectiveness": [
        "- Hiệu quả kinh tế: giảm chi phí 1,2 – 1,8 tỷ đồng/năm.",
        "- Hiệu quả xã hội: nâng cao tay nghề cho 1.400 công nhân.",
    ],
    "application_sites": [
        "- Công ty Cổ phần Chế biến Thủy sản Cửu Long Xanh (phường Mỹ Thới);",
        "- Hợp tác xã Khô cá Tịnh Biên.",
    ],
    "duration": "24 tháng, từ tháng 01/2026 đến tháng 12/2027",
    "budget.total": 4_850_000_000,
    "budget.state_budget": 2_900_000_000,
    "budget.counterpart": 1_950_000_000,
    "proposer_name": "Công ty Cổ phần Tư vấn Năng suất Mê Kông",
    "proposer_address": "Số 18 đường Trần Hưng Đạo, phường Long Xuyên, tỉnh An Giang",
    "contact_name": "Nguyễn Thị Minh Khuê",
    "contact_position": "Phó Giám đốc",
    "contact_phone": "0296 3 123 456",
    "contact_email": "du-an@nangsuatmekong.example",
    "enclosures": [
        "Văn bản cam kết đối ứng của Công ty Cửu Long Xanh",
        "Văn bản cam kết đối ứng của Công ty Hòn Sóc",
    ],
}


def _filled(**changes):
    return {
        **copy.deepcopy(BASE),
        **{key.replace("__", "."): item for key, item in changes.items()},
    }


CONTENTS = {
    "mekong": BASE,
    "goal_in_title": _filled(
        title="Mục tiêu của nhiệm vụ quốc gia về năng suất: nghiên cứu, đề xuất bộ chỉ số theo dõi",
        objectives=[
            "Mục tiêu chung: hình thành bộ chỉ số để nhân rộng.",
            "Mục tiêu cụ thể:",
            "- 15 chỉ số, thử nghiệm tại 30 doanh nghiệp;",
        ],
        plan_year=2025,
        duration="12 tháng",
        proposer_name="Lê Hoàng Ân",
        contact_name="Lê Hoàng Ân",
        contact_position="Giảng viên",
        contact_phone="+84 913 000 111",
        contact_email="lehoangan@vidu.example",
        budget__total=650_250_000,
        budget__state_budget=650_250_000,
        budget__counterpart=0,
        enclosures=[],
    ),
    "money_in_text": _filled(
        title="Hỗ trợ doanh nghiệp dệt may áp dụng bảo trì năng suất toàn diện (TPM)",
        effectiveness=[
            "Kinh phí tiết kiệm được cho mỗi doanh nghiệp khoảng 800 triệu đồng một năm.",
            "Kết quả sẽ được nhân rộng cho toàn ngành; thời gian hoàn vốn dưới 18 tháng.",
        ],
        contents=[
            "Kinh phí đối ứng được dùng để mua vật tư, kinh phí ngân sách để đào tạo.",
            "a) Khảo sát nhu cầu của 40 doanh nghiệp;",
            "b) Tập huấn, chuyển giao công cụ;",
            "đ) Thẩm định và ban hành.",
        ],
        duration="Từ quý I/2026 đến quý IV/2027",
        budget__total=3_000_000_000,
        budget__state_budget=2_100_000_000,
        budget__counterpart=900_000_000,
        contact_phone="0228.3849.799",
        contact_email="lienhe@maysongdao.example",
        proposer_name="Công ty TNHH May Sông Đào",
        proposer_address="Khu công nghiệp Hòa Xá, tỉnh Ninh Bình",
    ),
    "numbers_in_text": _filled(
        title="Xây dựng học phần năng suất chất lượng và đào tạo thí điểm tại các trường cao đẳng",
        urgency=[
            "III. Giai đoạn 3 của Chương trình đặt ra yêu cầu mới đối với nguồn nhân lực.",
            "Theo mục V của Kế hoạch, tính cấp thiết của nhiệm vụ đã được khẳng định.",
            "Trên 1.400 cơ sở chế biến nhưng nguồn nhân lực gần như chưa có.",
        ],
        contents=[
            "I. Giai đoạn chuẩn bị",
            "- Khảo sát nhu cầu của 40 doanh nghiệp;",
            "II. Giai đoạn thực hiện",
            "- Biên soạn giáo trình, giảng dạy thí điểm;",
        ],
        plan_year=2027,
        duration="18 tháng",
        budget__total=1_275_500_000,
        budget__state_budget=1_000_000_000,
        budget__counterpart=275_500_000,
        proposer_name="Trường Cao đẳng Miền Đông",
        proposer_address="Số 899 Quốc lộ 14, phường Bình Phước, tỉnh Đồng Nai",
        contact_name="Trần Quốc Đạt",
        contact_position="Trưởng phòng Khoa học và Hợp tác doanh nghiệp",
        contact_phone="0271.3887.799",
        contact_email="khcn@cdmd.example",
        enclosures=["Biên bản ghi nhớ với 03 trường", "Danh sách giảng viên", "Hồ sơ năng lực"],
    ),
    "form_words_in_text": _filled(
        title="Nâng cao năng suất, chất lượng sản phẩm gỗ theo tiêu chuẩn FSC",
        urgency=[
            "Yêu cầu về thời gian giao hàng càng ngắn; nội dung chính cần thực hiện là số hóa.",
            "Đơn vị đề xuất nhiệm vụ đã áp dụng 5S; kết quả, sản phẩm của nhiệm vụ trước rất tốt.",
            "Mục tiêu, nội dung và kết quả phù hợp Quyết định số 1322/QĐ-TTg.",
        ],
        results=[
            "- Báo cáo tổng kết;",
            "- Địa chỉ áp dụng: 10 doanh nghiệp gỗ;",
            "- Hiệu quả: giảm 10% phế liệu.",
        ],
        application_sites=[
            "Các doanh nghiệp chế biến gỗ trong tỉnh; dự kiến kết quả bàn giao cho Hiệp hội."
        ],
        duration="24 tháng (2026-2027)",
        budget__total=2_450_500_000,
        budget__state_budget=1_450_500_000,
        budget__counterpart=1_000_000_000,
        enclosures=["Công văn đề nghị của Hiệp hội Gỗ"],
    ),
    "short": _filled(
        title="Phổ biến công cụ Kaizen",
        urgency=["Doanh nghiệp nhỏ thiếu công cụ cải tiến."],
        objectives=["Đào tạo 200 người."],
        contents=["Mở 05 lớp."],
        results=["200 người được cấp chứng nhận."],
        effectiveness=["Tăng năng suất 5%."],
        application_sites=["Toàn tỉnh."],
        duration="06 tháng",
        budget__total=350_000_000,
        budget__state_budget=300_000_000,
        budget__counterpart=50_000_000,
        proposer_name="Hội Doanh nhân trẻ",
        proposer_address="Phường Rạch Giá, tỉnh An Giang",
        contact_name="Võ Văn Ba",
        contact_position="Chánh Văn phòng",
        contact_phone="0913539318",
        contact_email="hoi@dnt.example",
        enclosures=["Kế hoạch lớp học"],
    ),
    "long": _filled(
        urgency=[
            f"Đoạn {number}: kết quả khảo sát cho thấy năng suất tăng {number}% nhưng "
            "chưa bền vững, cần có nghiên cứu, đánh giá và giải pháp đồng bộ để duy trì lâu dài."
            for number in range(1, 9)
        ],
        contents=[
            f"{number}. Nội dung {number}: thực hiện công việc số {number};"
            for number in range(1, 13)
        ],
        budget__total=12_345_678_000,
        budget__state_budget=10_000_000_000,
        budget__counterpart=2_345_678_000,
    ),
    "agency": _filled(
        title="Nghiên cứu cơ chế, chính sách hỗ trợ doanh nghiệp đổi mới gắn với năng suất",
        objectives=[
            "Đề xuất 01 bộ chính sách; mục tiêu đến năm 2030 có 500 doanh nghiệp thụ hưởng."
        ],
        results=["V.1. Báo cáo chính sách;", "V.2. Dự thảo nghị quyết."],
        duration="Năm 2026 và năm 2027",
        budget__total=980_000_000,
        budget__state_budget=980_000_000,
        budget__counterpart=0,
        proposer_name="Chi cục Tiêu chuẩn Đo lường Chất lượng",
        contact_position="Chi cục trưởng",
        contact_phone="(0296) 3 852 000",
        contact_email="tcdlcl@angiang.example",
    ),
}
