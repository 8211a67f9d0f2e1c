"""Different clerks: each fills a phiếu in Word after its own manner and returns the .docx."""

import io
import re
import textwrap
import unicodedata
import zipfile
from dataclasses import dataclass, field

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from ncs_desktop.domain import legacy
from ncs_desktop.domain.money import format_dong, format_million, sentence_in_words

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
LONG = ("urgency", "objectives", "contents", "results", "effectiveness", "application_sites")
ORDER = ("title", *LONG, "duration", "budget", "contact")
LEADER = "……………………………………………………"

SHORT = {
    "title": "Tên nhiệm vụ",
    "urgency": "Tính cấp thiết",
    "objectives": "Mục tiêu",
    "contents": "Nội dung chính",
    "results": "Kết quả, sản phẩm",
    "effectiveness": "Hiệu quả",
    "application_sites": "Địa chỉ áp dụng",
    "duration": "Thời gian thực hiện",
    "budget": "Kinh phí",
    "contact": "Thông tin đơn vị đề xuất",
}
NEAR = {
    "title": "TÊN NHIỆM VỤ ĐỀ XUẤT",
    "urgency": "TÍNH CẤP THIẾT CỦA NHIỆM VỤ KHCN",
    "objectives": "MỤC TIÊU NHIỆM VỤ",
    "contents": "CÁC NỘI DUNG CHÍNH CẦN THỰC HIỆN",
    "results": "DỰ KIẾN SẢN PHẨM, KẾT QUẢ CỦA NHIỆM VỤ",
    "effectiveness": "DỰ KIẾN HIỆU QUẢ CỦA NHIỆM VỤ",
    "application_sites": "TỔ CHỨC/DOANH NGHIỆP/ĐỊA ĐIỂM ÁP DỤNG KẾT QUẢ",
    "duration": "THỜI GIAN THỰC HIỆN NHIỆM VỤ",
    "budget": "NHU CẦU KINH PHÍ DỰ KIẾN",
    "contact": "THÔNG TIN TỔ CHỨC/CÁ NHÂN ĐỀ XUẤT",
}
OLD_FORM = {  # TT 03/2017/TT-BKHCN, A3-ĐXNV; another number and place for some
    "title": "Tên dự án khoa học và công nghệ (KH&CN)",
    "urgency": "Tính cấp thiết; tầm quan trọng phải thực hiện ở tầm quốc gia",
    "objectives": "Mục tiêu",
    "contents": "Nội dung KH&CN chủ yếu",
    "results": "Yêu cầu đối với kết quả và các chỉ tiêu kinh tế - kỹ thuật cần đạt",
    "application_sites": "Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng các kết quả tạo ra",
    "duration": "Yêu cầu đối với thời gian thực hiện",
    "budget": "Dự kiến nhu cầu kinh phí",
    "effectiveness": "Dự kiến hiệu quả của dự án KH&CN",
    "contact": "Thông tin về tổ chức/cá nhân đề xuất",
}


@dataclass
class Manner:
    """How a clerk fills the form; the defaults are the official form filled as printed."""

    numbers: str = "roman"  # roman, arabic, none, word, slash, section, wrong
    headings: dict | None = None
    case: str = "upper"  # upper, sentence, title, bare (capitals without marks)
    bold: bool = True
    guidance: str = "keep"  # keep, cut, none, wrapped, unbracketed
    same_line: bool = False
    after: str = ""
    leaders: bool = False
    wrap: int = 0
    split_heading: int = 0
    order: tuple = ORDER
    extra: dict = field(default_factory=dict)  # section before which another one stands
    money: str = "plain"
    contact: str = "form"
    container: str = "paragraphs"
    head: bool = True
    nation: bool = False
    signature: str = "form"
    font: str = ""
    enclosure_mark: str = "- "
    value_bold: bool = False
    blank_lines: bool = False
    table_numbers: bool = False


class Clerk:
    """Writes one phiếu in one manner."""

    def __init__(self, manner, form, values):
        self.manner, self.form, self.values = manner, form, values
        self.document = Document()
        self.place = self.document
        self.fresh = None
        self.document.styles["Normal"].font.name = "Times New Roman"
        self.document.styles["Normal"].font.size = Pt(13)

    # writing ----------------------------------------------------------------------------------

    def paragraph(self, *pieces, place=None, style=None):
        target = place if place is not None else self.place
        if self.fresh is not None:
            paragraph, self.fresh = self.fresh, None
        else:
            paragraph = target.add_paragraph(style=style)
        for piece in pieces:
            text, bold, italic = piece if isinstance(piece, tuple) else (piece, False, False)
            self.run(paragraph, text, bold, italic)
        return paragraph

    def run(self, paragraph, text, bold=False, italic=False):
        font, text = encode(text, self.manner.font)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        if font:
            run.font.name = font
            for name in ("w:ascii", "w:hAnsi", "w:cs"):
                run._r.rPr.rFonts.set(qn(name), font)
        return run

    def lines(self, key):
        """The lines of a long section; tables stay tuples."""
        value = self.values[key]
        return [value] if isinstance(value, str) else list(value)

    def write(self):
        manner = self.manner
        if manner.head:
            self.write_head()
        self.open_container()
        number = 0
        for key in manner.order:
            for heading, body in manner.extra.get(key, ()):
                number += 1
                self.begin_section()
                self.heading(number, key, heading, "")
                self.begin_value()
                self.value([body])
            number += 1
            self.begin_section()
            self.section(number, key)
        self.place = self.document
        self.fresh = None
        self.write_signature()
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def open_container(self):
        columns = {"one_cell": 1, "boxes": 1, "two_columns": 2, "three_columns": 3}.get(
            self.manner.container
        )
        self.table = None
        if columns and self.manner.container != "boxes":
            self.table = self.document.add_table(rows=0, cols=columns)
            if columns > 1:
                row = self.table.add_row()
                for cell, text in zip(
                    row.cells, ("TT", "Nội dung", "Thông tin")[-columns:], strict=True
                ):
                    cell.paragraphs[0].add_run(text)

    def begin_section(self):
        if self.manner.blank_lines and self.manner.container == "paragraphs":
            self.document.add_paragraph("")
        if self.manner.container == "boxes":
            self.table = self.document.add_table(rows=0, cols=1)
        if self.table is not None:
            self.row = self.table.add_row()
            self.place = self.row.cells[0]
            self.fresh = self.place.paragraphs[0]

    def begin_value(self):
        if self.table is not None and len(self.row.cells) > 1:
            self.place = self.row.cells[-1]
            self.fresh = self.place.paragraphs[0]

    # parts ------------------------------------------------------------------------------------

    def write_head(self):
        year = str(self.values["plan_year"])
        if self.manner.nation:
            table = self.document.add_table(rows=1, cols=2)
            table.rows[0].cells[0].text = "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
            table.rows[0].cells[
                1
            ].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
        for line in self.form.head:
            self.paragraph((line.text.replace("{plan_year}", year), line.bold, line.italic))

    def heading_text(self, key, number):
        if self.manner.headings:
            text = self.manner.headings[key]
        else:
            text = self.form.sections[ORDER.index(key)].heading
        return self.cased(text)

    def cased(self, text):
        case = self.manner.case
        if case == "sentence":
            return text[0].upper() + text[1:].lower() if text.isupper() else text
        if case == "title":
            return text.title()
        if case == "bare":
            return bare(text.upper())
        if case == "as_is":
            return text
        return text.upper()

    def numbered(self, number):
        roman = ROMAN[number - 1]
        return {
            "roman": f"{roman}. ",
            "arabic": f"{number}. ",
            "none": "",
            "bracket": f"{number}) ",
            "slash": f"{roman}/ ",
            "dash": f"{roman} - ",
            "section": f"Mục {roman}: ",
            "wrong": "I. ",
        }[self.manner.numbers]

    def heading(self, number, key, text, guidance):
        manner = self.manner
        prefix = self.numbered(number)
        if self.table is not None and len(self.row.cells) == 3:
            self.row.cells[0].paragraphs[0].add_run(prefix.strip())
            self.place = self.row.cells[1]
            self.fresh = self.place.paragraphs[0]
            prefix = ""
        head = f"{prefix}{text}"
        if manner.split_heading and len(head) > manner.split_heading:
            first, *rest = textwrap.wrap(head, manner.split_heading)
            self.paragraph((first, manner.bold, False))
            for line in rest[:-1]:
                self.paragraph((line, manner.bold, False))
            head = rest[-1]
        pieces = [(f"{head}{manner.after}", manner.bold, False)]
        if guidance and manner.guidance == "keep":
            pieces.append((f" {guidance}", False, True))
        elif guidance and manner.guidance == "cut":
            pieces.append((f" {guidance[:60]}...)", False, True))
        paragraph = self.paragraph(*pieces)
        if guidance and manner.guidance == "wrapped":
            for line in textwrap.wrap(guidance, 75):
                self.paragraph((line, False, True))
        elif guidance and manner.guidance == "unbracketed":
            self.paragraph((guidance.strip("()"), False, True))
        return paragraph

    def section(self, number, key):
        guidance = self.form.sections[ORDER.index(key)].guidance
        paragraph = self.heading(number, key, self.heading_text(key, number), guidance)
        self.begin_value()
        if key == "budget":
            MONEY[self.manner.money](self)
        elif key == "contact":
            CONTACT[self.manner.contact](self)
        else:
            lines = self.lines(key)
            first = lines[0]
            if (
                self.manner.same_line
                and isinstance(first, str)
                and not re.match(r"[-+]|\w{1,2}[.)] ", first)
            ):
                self.run(paragraph, f" {first}")
                lines = lines[1:]
            self.value(lines)

    def value(self, lines):
        for line in lines:
            if isinstance(line, tuple):
                self.add_table(line)
                continue
            wrapped = textwrap.wrap(line, self.manner.wrap) if self.manner.wrap else [line]
            for part in wrapped:
                text = f"{part} {LEADER}" if self.manner.leaders else part
                self.paragraph((text, self.manner.value_bold, False))
        if self.manner.leaders:
            self.paragraph(LEADER)

    def add_table(self, rows):
        if self.fresh is not None:
            self.fresh = None
        table = self.place.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].add_run("")
                self.run(cell.paragraphs[0], text)

    def write_signature(self):
        style = self.manner.signature
        if style == "none":
            return
        if style == "table":
            table = self.document.add_table(rows=1, cols=2)
            cell = table.rows[0].cells[1]
            for index, text in enumerate(
                ("TỔ CHỨC/CÁ NHÂN ĐỀ XUẤT", "(Ký tên và đóng dấu của tổ chức)", "Đặng Văn Ký Tên")
            ):
                (cell.paragraphs[0] if index == 0 else cell.add_paragraph()).add_run(text)
        elif style == "director":
            for text in (
                "An Giang, ngày 05 tháng 8 năm 2025",
                "GIÁM ĐỐC",
                "(Ký, ghi rõ họ tên, đóng dấu)",
                "Đặng Văn Ký Tên",
            ):
                self.paragraph(text)
        else:
            for line in self.form.signature:
                self.paragraph((line.text, line.bold, line.italic))
            self.paragraph("Đặng Văn Ký Tên")

    def amounts(self):
        return [self.values[f"budget.{name}"] for name in ("total", "state_budget", "counterpart")]


def words_of(amount):
    return sentence_in_words(amount)


def money_plain(clerk):
    total, state, own = clerk.amounts()
    clerk.paragraph(
        f"Tổng kinh phí thực hiện nhiệm vụ: {format_dong(total)} đồng (Bằng chữ: {words_of(total)})"
    )
    clerk.paragraph("Trong đó:")
    clerk.paragraph(f"Kinh phí Ngân sách nhà nước: {format_dong(state)} đồng")
    clerk.paragraph(f"Kinh phí đối ứng từ tổ chức, doanh nghiệp: {format_dong(own)} đồng")


def money_million(clerk):
    total, state, own = clerk.amounts()
    clerk.paragraph(
        f"Tổng kinh phí thực hiện nhiệm vụ: {format_million(total)} triệu đồng ({words_of(total)})"
    )
    clerk.paragraph("Trong đó:")
    clerk.paragraph(f"- Kinh phí NSNN: {format_million(state)} triệu đồng ({words_of(state)}).")
    clerk.paragraph(f"- Kinh phí đối ứng của doanh nghiệp: {format_million(own)} triệu đồng;")


def money_declared(clerk):
    total, state, own = clerk.amounts()
    clerk.paragraph(("Đơn vị: triệu đồng", False, True))
    clerk.paragraph(f"Tổng kinh phí: {format_million(total)}")
    clerk.paragraph(f"Ngân sách nhà nước: {format_million(state)}")
    clerk.paragraph(f"Vốn đối ứng: {format_million(own)}")


def money_line(clerk):
    total, state, own = (f"{format_dong(amount)} đồng" for amount in clerk.amounts())
    clerk.paragraph(f"Tổng kinh phí: {total}, trong đó: NSNN {state}; đối ứng {own}.")


def money_leaders(clerk):
    total, state, own = clerk.amounts()
    clerk.paragraph(f"Tổng kinh phí thực hiện nhiệm vụ: ……{format_dong(total)} đồng……………")
    clerk.paragraph(f"(Bằng chữ: {words_of(total)}./.)")
    clerk.paragraph("Trong đó: ")
    clerk.paragraph(f"Kinh phí Ngân sách nhà nước: ……… {format_dong(state)} VNĐ ………………")
    clerk.paragraph(f"Kinh phí đối ứng từ tổ chức, doanh nghiệp: {format_dong(own)}đ……………..")


def money_table(clerk):
    total, state, own = (format_million(amount) for amount in clerk.amounts())
    rows = (
        ("TT", "Nguồn kinh phí", "Số tiền (triệu đồng)"),
        ("1", "Tổng kinh phí", total),
        ("2", "Ngân sách nhà nước", state),
        ("3", "Đối ứng của doanh nghiệp", own),
    )
    clerk.add_table(rows)


def money_columns(clerk):
    rows = (("Tổng kinh phí", "Ngân sách nhà nước", "Kinh phí đối ứng"),)
    clerk.add_table((*rows, tuple(f"{format_dong(amount)} đồng" for amount in clerk.amounts())))


def money_units(clerk):
    """Tỷ where it is short, else nghìn đồng."""
    shown = []
    for amount in clerk.amounts():
        text = f"{amount / 10**9:.6f}".rstrip("0").rstrip(".").replace(".", ",")
        decimals = text.partition(",")[2]
        shown.append(
            f"{text} tỷ đồng"
            if len(decimals) < 3 and amount >= 10**9
            else f"{format_dong(amount // 1000)} nghìn đồng"
        )
    clerk.paragraph(f"- Tổng nhu cầu kinh phí: {shown[0]}")
    clerk.paragraph(f"- Từ ngân sách nhà nước: {shown[1]}")
    clerk.paragraph(f"- Nguồn đối ứng: {shown[2]}")


def money_bracket_unit(clerk):
    total, state, own = (format_million(amount) for amount in clerk.amounts())
    clerk.paragraph(f"Tổng kinh phí (triệu đồng): {total}")
    clerk.paragraph(f"Kinh phí ngân sách nhà nước (triệu đồng): {state}")
    clerk.paragraph(f"Kinh phí đối ứng (triệu đồng): {own}")


MONEY = {
    name.removeprefix("money_"): function
    for name, function in list(globals().items())
    if name.startswith("money_")
}


def _own(clerk):
    return {
        key: clerk.values[key] for key in clerk.values if key.startswith(("contact", "proposer"))
    }


def _enclosures(clerk, label="4. Tài liệu gửi kèm (nếu có):"):
    clerk.paragraph(label)
    for index, text in enumerate(clerk.values["enclosures"], 1):
        mark = f"{index}. " if clerk.manner.enclosure_mark == "1. " else clerk.manner.enclosure_mark
        clerk.paragraph(f"{mark}{text}")
    if not clerk.values["enclosures"]:
        clerk.paragraph(LEADER)


def contact_form(clerk):
    own = _own(clerk)
    clerk.paragraph("1. Tên tổ chức/cá nhân đề xuất:")
    clerk.paragraph(own["proposer_name"])
    clerk.paragraph("2. Địa chỉ:")
    clerk.paragraph(own["proposer_address"])
    clerk.paragraph("3. Đầu mối liên hệ:")
    clerk.paragraph(f"- Họ và tên: {own['contact_name']} Chức vụ: {own['contact_position']}")
    clerk.paragraph(f"- Điện thoại: {own['contact_phone']} Email: {own['contact_email']}")
    _enclosures(clerk)


def contact_inline(clerk):
    own = _own(clerk)
    clerk.paragraph(f"1. Tên tổ chức/cá nhân đề xuất: {own['proposer_name']}")
    clerk.paragraph(f"2. Địa chỉ: {own['proposer_address']}")
    clerk.paragraph("3. Đầu mối liên hệ:")
    clerk.paragraph(
        f"- Họ và tên:………{own['contact_name']}……….\tChức vụ:……{own['contact_position']}………"
    )
    clerk.paragraph(
        f"- Điện thoại: {own['contact_phone']}…….. Email:.........{own['contact_email']}........"
    )
    _enclosures(clerk)


def contact_lines(clerk):
    own = _own(clerk)
    clerk.paragraph(f"- Tên đơn vị đề xuất: {own['proposer_name']}.".removesuffix("."))
    clerk.paragraph(f"- Địa chỉ trụ sở: {own['proposer_address']}")
    clerk.paragraph("- Đầu mối liên hệ:")
    clerk.paragraph(f"+ Email: {own['contact_email']}")
    clerk.paragraph(f"+ ĐT: {own['contact_phone']}")
    clerk.paragraph(f"+ Họ tên: {own['contact_name']}")
    clerk.paragraph(f"+ Chức danh: {own['contact_position']}")
    _enclosures(clerk, "- Tài liệu kèm theo:")


def contact_one_line(clerk):
    own = _own(clerk)
    clerk.paragraph(f"1. Tên tổ chức: {own['proposer_name']}")
    clerk.paragraph(f"2. Địa chỉ: {own['proposer_address']}")
    clerk.paragraph(
        f"3. Đầu mối liên hệ: Họ và tên: {own['contact_name']}; Chức vụ: "
        f"{own['contact_position']}; "
        f"SĐT: {own['contact_phone']}; E-mail: {own['contact_email']}"
    )
    _enclosures(clerk)


def contact_table(clerk):
    own = _own(clerk)
    rows = (
        ("Tên tổ chức/cá nhân đề xuất", own["proposer_name"]),
        ("Địa chỉ", own["proposer_address"]),
        ("Họ và tên", own["contact_name"]),
        ("Chức vụ", own["contact_position"]),
        ("Điện thoại", own["contact_phone"]),
        ("Email", own["contact_email"]),
    )
    clerk.add_table(rows)
    _enclosures(clerk)


def contact_columns(clerk):
    own = _own(clerk)
    clerk.paragraph(f"1. Tên tổ chức/cá nhân đề xuất: {own['proposer_name']}")
    clerk.paragraph(f"2. Địa chỉ: {own['proposer_address']}")
    clerk.paragraph("3. Đầu mối liên hệ:")
    clerk.add_table(
        (
            ("Họ và tên", "Chức vụ", "Điện thoại", "Email"),
            tuple(own[f"contact_{name}"] for name in ("name", "position", "phone", "email")),
        )
    )
    _enclosures(clerk)


def contact_twice(clerk):
    """The organisation has its own telephone and fax before the contact's."""
    own = _own(clerk)
    clerk.paragraph(f"1. Tên tổ chức/cá nhân đề xuất: {own['proposer_name']}")
    clerk.paragraph(f"2. Địa chỉ: {own['proposer_address']}")
    clerk.paragraph("Điện thoại: 0296 3 999 999    Fax: 0296 3 888 888")
    clerk.paragraph("3. Đầu mối liên hệ:")
    clerk.paragraph(f"- Họ và tên: {own['contact_name']}")
    clerk.paragraph(f"- Chức vụ: {own['contact_position']}")
    clerk.paragraph(f"- Điện thoại: {own['contact_phone']}")
    clerk.paragraph(f"- Email: {own['contact_email']}")
    _enclosures(clerk)


def contact_bare(clerk):
    """The four items behind one another, without labels."""
    own = _own(clerk)
    clerk.paragraph(f"1. Tên tổ chức/cá nhân đề xuất: {own['proposer_name']}")
    clerk.paragraph(f"2. Địa chỉ: {own['proposer_address']}")
    items = (own[f"contact_{name}"] for name in ("name", "position", "phone", "email"))
    clerk.paragraph(f"3. Đầu mối liên hệ: {' - '.join(items)}")
    _enclosures(clerk)


CONTACT = {
    name.removeprefix("contact_"): function
    for name, function in list(globals().items())
    if name.startswith("contact_")
}


def bare(text):
    text = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in text if not unicodedata.combining(letter))


_TO_TCVN3 = {chr(letter): chr(code) for code, letter in legacy._TCVN3.items()}
_TO_VNI = {letter: code for code, letter in reversed(legacy._VNI.items())}


def encode(text, font):
    """The text as it was typed for a legacy font, and the font; Unicode where it cannot be."""
    if font == "vni":
        return "VNI-Times", "".join(_TO_VNI.get(letter, letter) for letter in text)
    if font == "tcvn3":
        letters = set(text)
        if text.isupper():
            return ".VnTimeH", "".join(_TO_TCVN3.get(letter, letter) for letter in text.lower())
        if all(letter.isascii() or letter in _TO_TCVN3 for letter in letters):
            return ".VnTime", "".join(_TO_TCVN3.get(letter, letter) for letter in text)
    return "", text


# after Word: changes in the XML itself ----------------------------------------------------------


def edit(content, change):
    """The .docx with ``change`` applied to the text of word/document.xml."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                data = change(data.decode("utf-8")).encode("utf-8")
            target.writestr(item.filename, data)
    return stream.getvalue()


def in_controls(content):
    """Every paragraph of the body in a content control, every second run too."""

    def change(xml):
        xml = re.sub(
            r"(<w:p>(?:(?!</w:p>).)*</w:p>)",
            r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>",
            xml,
            flags=re.DOTALL,
        )
        return xml

    return edit(content, change)


def tracked(content):
    """Every paragraph's last run inserted with tracked changes, after a deleted one."""
    gone = '<w:del w:id="9" w:author="x"><w:r><w:delText>BỎ ĐI </w:delText></w:r></w:del>'

    def change(xml):
        return re.sub(
            r"(<w:r>(?:(?!</w:r>).)*</w:r>)(?=</w:p>)",
            lambda found: f'{gone}<w:ins w:id="8" w:author="x">{found[1]}</w:ins>',
            xml,
            flags=re.DOTALL,
        )

    return edit(content, change)


def boxed(content, paragraphs):
    """The first paragraphs moved into a text box anchored in the next one."""

    def change(xml):
        start = xml.index("<w:p>")
        end = start
        for _ in range(paragraphs):
            end = xml.index("</w:p>", end) + len("</w:p>")
        moved = xml[start:end]
        box = (
            '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
            f"<w:txbxContent>{moved}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
        return f"{xml[:start]}<w:p>{box}</w:p>{xml[end:]}"

    return edit(content, change)


def strict(content):
    """The same in Strict OOXML."""
    stream = io.BytesIO()
    pairs = (
        (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename.endswith((".xml", ".rels")):
                for old, new in pairs:
                    data = data.replace(old, new)
            target.writestr(item.filename, data)
    return stream.getvalue()


def auto_numbered(content, form):
    """The headings' typed Roman numbers taken out and left to Word's numbering."""
    document = Document(io.BytesIO(content))
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("w:start", "1"), ("w:numFmt", "upperRoman"), ("w:lvlText", "%1.")):
        item = OxmlElement(name)
        item.set(qn("w:val"), value)
        level.append(item)
    abstract.append(level)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "77")
    number.append(link)
    numbering.append(number)
    titles = {section.title for section in form.sections}
    for paragraph in document.paragraphs:
        first = paragraph.runs[0] if paragraph.runs else None
        if first is not None and first.text in titles:
            first.text = first.text.partition(". ")[2]
            properties = paragraph._p.get_or_add_pPr()
            wanted = OxmlElement("w:numPr")
            for name, value in (("w:ilvl", "0"), ("w:numId", "77")):
                item = OxmlElement(name)
                item.set(qn("w:val"), value)
                wanted.append(item)
            properties.append(wanted)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_furniture(content):
    """A header, a footer with a page number and words of the clerk's own."""
    document = Document(io.BytesIO(content))
    document.sections[0].header.paragraphs[0].text = "Mẫu A1-ĐXNV"
    document.sections[0].footer.paragraphs[0].text = "Lưu hành nội bộ của công ty"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
