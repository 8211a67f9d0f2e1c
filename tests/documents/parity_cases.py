"""Documents like those of a dossier, generated from a seed, for comparing PDF and Word."""

from __future__ import annotations

import random

from ncs_desktop.documents.page import (
    Align,
    Cell,
    Document,
    Element,
    Format,
    Furniture,
    Grid,
    PageBreak,
    PageNumbers,
    Paper,
    Row,
    Rule,
    Text,
)
from ncs_desktop.domain.blocks import Run

SENTENCES = (
    "Chế biến cá tra và hải sản là ngành hàng chủ lực của tỉnh An Giang.",
    "Phần lớn doanh nghiệp trong tỉnh là doanh nghiệp nhỏ và vừa; năng suất lao động còn thấp, "
    "tỷ lệ hao hụt nguyên liệu cao và chi phí xử lý chất thải lớn.",
    "Quyết định số 1322/QĐ-TTg ngày 31/8/2020 của Thủ tướng Chính phủ phê duyệt Chương trình quốc "
    "gia hỗ trợ doanh nghiệp nâng cao năng suất và chất lượng sản phẩm, hàng hóa giai đoạn "
    "2021 – 2030;",
    "Thông tư số 15/2022/TT-BKHCN ngày 12/10/2022 của Bộ trưởng Bộ Khoa học và Công nghệ.",
    "Khảo sát sơ bộ 12 doanh nghiệp cho thấy tỷ lệ hao hụt bình quân 9,5%, thời gian dừng chuyền "
    "47 phút/ca; chỉ 3/12 doanh nghiệp duy trì đồng thời hai hệ thống quản lý.",
    "Hiệu quả kinh tế ước tính 1,2–1,8 tỷ đồng/năm (thời gian hoàn vốn dưới 18 tháng).",
    "Áp dụng ISO 9001:2015, ISO 14001:2015, Lean (5S, VSM, TPM) – “mô hình điểm” của vùng Đồng "
    "bằng sông Cửu Long…",
    "Địa chỉ thư điện tử: san-xuat.sach@cuulongxanh.com.vn; https://www.cuulongxanh.com.vn/vi/tin",
    "Nước thải giảm từ 14m³/tấn xuống còn 11m³/tấn thành phẩm, tức là giảm hơn 21%!",
    "Kết quả: tăng tối thiểu 12% năng suất lao động tính theo sản lượng/giờ công.",
)
WORDS = tuple(" ".join(SENTENCES).split())
_CENTRED = Format("Tiêu đề", Align.CENTER, 13.0, 16.0)
_CELL = Format("Ô bảng", Align.LEFT, 12.0, 15.0)


def parity_document(seed: int) -> Document:
    """Return the document of ``seed``: two to a dozen pages of everything a dossier holds."""
    source = _Source(seed)
    return source.document()


class _Source(random.Random):
    def document(self) -> Document:
        self.gap = self.choice((0.0, 3.0, 4.0, 6.0))
        self.size, self.line = self.choice(((13.0, 17.0), (13.0, 18.0), (14.0, 18.0), (14.0, 19.5)))
        body: list[Element] = [self.letterhead()]
        makers = (
            (8, self.section),
            (3, self.table),
            (2, self.fields),
            (1, self.long_words),
            (1, self.spanned),
        )
        weighted = [maker for weight, maker in makers for _ in range(weight)]
        for _ in range(self.randint(3, 12)):
            body += self.choice(weighted)()
        if self.random() < 0.2:
            body += [PageBreak(), *self.section()]
        if self.random() < 0.15:
            body += self.long_table()
        body += self.signatures()
        paper = Paper(297, 210, 20, 15, 15, 15) if self.random() < 0.15 else Paper()
        numbers = self.choice(tuple(PageNumbers))
        furniture = Furniture(numbers, "A1-7KQ2-M9XD-r1", self.choice(("", "BẢN NHÁP")))
        return Document("Phiếu đề xuất", tuple(body), paper, furniture)

    def sentence(self) -> str:
        if self.random() < 0.5:
            return self.choice(SENTENCES)
        return " ".join(self.choice(WORDS) for _ in range(self.randint(3, 30)))

    def runs(self, most: int = 6) -> tuple[Run, ...]:
        text = " ".join(self.sentence() for _ in range(self.randint(1, most)))
        if self.random() < 0.7:
            return (Run(text),)
        first, second = sorted(self.sample(range(len(text) + 1), 2))
        style = self.choice(({"bold": True}, {"italic": True}, {"underline": True}))
        runs = [Run(text[:first]), Run(text[first:second], **style), Run(text[second:])]
        if self.random() < 0.3:
            runs += [Run(" m"), Run("2", superscript=True), Run(", CO"), Run("2", subscript=True)]
        return tuple(run for run in runs if run.text)

    def section(self) -> list[Element]:
        heading = Format(
            "Đề mục", Align.LEFT, self.size, self.line, self.gap, self.gap, keep_with_next=True
        )
        body: list[Element] = [Text((Run(self.sentence()[:70], bold=True),), heading, anchor="x")]
        for _ in range(self.randint(1, 6)):
            body.append(self.choice((self.paragraph, self.paragraph, self.item))())
        return body

    def paragraph(self) -> Text:
        form = Format("Nội dung", Align.JUSTIFY, self.size, self.line, 0.0, self.gap, 0.0, 12.7)
        return Text(self.runs(), form)

    def item(self) -> Text:
        marker = self.choice(("-", "+", "1.", "a)", "12."))
        left = self.choice((7.0, 12.7, 19.0))
        form = Format(
            "Gạch đầu dòng", Align.JUSTIFY, self.size, self.line, 0.0, self.gap, left, -7.0
        )
        if self.random() < 0.4:
            form = Format("Nội dung", Align.JUSTIFY, self.size, self.line, 0.0, self.gap, 0.0, 10.0)
        return Text(self.runs(3), form, marker)

    def letterhead(self) -> Grid:
        left = Cell((Text((Run("CÔNG TY CỔ PHẦN CHẾ BIẾN THỦY SẢN"),), _CENTRED), Rule(25.0)))
        right = Cell(
            (
                Text((Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),), _CENTRED),
                Text((Run("Độc lập - Tự do - Hạnh phúc", bold=True),), _CENTRED),
                Rule(50.0),
            )
        )
        return Grid((65.0, 95.0), (Row((left, right)),), borders=False, padding=0.0)

    def cell(self, most: int = 2) -> Cell:
        if self.random() < 0.3:
            return self.number()
        return Cell(tuple(Text(self.runs(1), _CELL) for _ in range(self.randint(1, most))))

    def number(self) -> Cell:
        return Cell((Text((Run(str(self.randint(1, 99))),), _CELL),))

    def table(self) -> list[Element]:
        columns = self.randint(2, 5)
        widths = [10.0] + [150.0 / (columns - 1)] * (columns - 1)
        rows = [
            Row((self.number(), *(self.cell() for _ in widths[1:])))
            for _ in range(self.randint(1, 8))
        ]
        header = self.randint(0, 1) if len(rows) > 1 else 0
        return [Grid(tuple(widths), tuple(rows), header)]

    def spanned(self) -> list[Element]:
        word = Cell((Text((Run("Kinh phí"),), _CELL),))
        rows = (
            Row((Cell(word.content, 1, 2), Cell(word.content, 2, 1))),
            Row((word, word)),
            Row((Cell(word.content, 3, 1),)),
            *(Row((self.cell(), self.cell(), self.cell())) for _ in range(self.randint(1, 4))),
        )
        return [Grid((60.0, 50.0, 50.0), rows, 2)]

    def long_table(self) -> list[Element]:
        head = Row(
            tuple(Cell((Text((Run(name, bold=True),), _CELL),)) for name in ("TT", "Nội dung"))
        )
        rows = [Row((Cell((Text((Run(str(n)),), _CELL),)), self.cell())) for n in range(60)]
        return [Grid((12.0, 148.0), (head, *rows), 1)]

    def fields(self) -> list[Element]:
        form = Format("Dòng điền", Align.LEFT, self.size, self.line, 0.0, self.gap)
        labels = ("Họ và tên:", "Địa chỉ: Khu công nghiệp Mỹ Quý", "")
        return [Text((Run(label),) if label else (), form, leader=True) for label in labels]

    def long_words(self) -> list[Element]:
        form = Format("Nội dung", Align.JUSTIFY, self.size, self.line, 0.0, self.gap, 0.0, 12.7)
        return [Text((Run(f"Mã {'dài' * self.randint(5, 140)} hết. {self.sentence()}"),), form)]

    def signatures(self) -> list[Element]:
        place = Format("Nơi ngày", Align.RIGHT, self.size, self.line, 6.0, 6.0, keep_with_next=True)
        title = Text((Run("ĐẠI DIỆN ĐƠN VỊ ĐỀ XUẤT", bold=True),), _CENTRED)
        note = Text((Run("(Ký, ghi rõ họ tên và đóng dấu)", italic=True),), _CENTRED)
        space = Text((), Format("Chỗ ký", Align.CENTER, 13.0, 60.0))
        cells = (Cell(()), Cell((title, note, space, title)))
        return [
            Text((Run("An Giang, ngày      tháng      năm 2026", italic=True),), place),
            Grid((80.0, 80.0), (Row(cells),), borders=False),
        ]
