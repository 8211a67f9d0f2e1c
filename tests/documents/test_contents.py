from dataclasses import replace
from datetime import datetime

import pytest

from ncs_desktop.catalog import Messages
from ncs_desktop.documents import contents
from ncs_desktop.documents.contents import (
    Contents,
    ContentsFile,
    ContentsProposal,
    ContentsWaiver,
    deadline_meaning,
)
from ncs_desktop.documents.layout.lines import Line
from ncs_desktop.documents.layout.pages import lay_out
from ncs_desktop.documents.layout.prepare import prepare
from ncs_desktop.domain.call import Deadline, DeadlineRule
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.proposal import Budget
from tests.documents.elements import all_grids, lines
from tests.factories import make_call

SENDER = Sender("organization", "Công ty A", address="Số 18 Trần Hưng Đạo")
FILES = (
    ContentsFile("Công văn đề xuất", ("1-cong-van.docx", "1-cong-van.pdf"), pages=2),
    ContentsFile("Bảng tổng hợp", ("2-bang.xlsx",), pages=None),
    ContentsFile("Phiếu đề xuất", ("3/phieu.pdf",), ("pdf",), 3),
)
PROPOSAL = ContentsProposal(
    "Xây dựng mô hình điểm",
    "A1-ABCD-EFGH-r1",
    "0123456789abcdef" * 4,
    Budget(10, 4, None),
    1,
    "Công ty A",
)


WORDS = Messages.load().text


def compose_contents(sheet):
    return contents.compose_contents(sheet, WORDS)


def make_contents(**changes):
    return replace(Contents(SENDER, make_call(), FILES, (PROPOSAL,)), **changes)


def test_sheet_lists_every_file_with_its_pages_and_the_sum():
    printed = lines(compose_contents(make_contents()))
    assert printed[0] == "DANH MỤC HỒ SƠ"
    start = printed.index("Định dạng")
    assert printed[start + 1 : start + 7] == [
        "1",
        "Công văn đề xuất",
        "1-cong-van.docx",
        "1-cong-van.pdf",
        "2",
        "docx, pdf",
    ]
    total = printed.index("Tổng số trang đếm được")
    assert printed[total + 1] == "5"


def test_proposals_show_code_digest_and_all_three_amounts():
    printed = lines(compose_contents(make_contents()))
    assert "A1-ABCD-EFGH-r1" in printed
    assert "0123456789abcdef…" in printed
    assert {"Tổng: 10", "NSNN: 4", "Đối ứng: 6"} <= set(printed)


def test_unknown_amount_is_told_and_not_shown_as_zero():
    unknown = replace(PROPOSAL, budget=Budget())
    printed = lines(compose_contents(make_contents(proposals=(unknown,))))
    assert printed.count("Tổng: chưa có") == 1


def test_accepted_findings_stand_with_their_reasons():
    waiver = ContentsWaiver(
        "C11", "Sở sẽ chỉ định", "Chưa ghi tổ chức chủ trì", "05/8/2025", "Ông B"
    )
    proposal = replace(PROPOSAL, waivers=(waiver,))
    printed = lines(compose_contents(make_contents(proposals=(proposal,), allowed_errors="Gấp")))
    assert "3. Điểm chấp nhận kèm lý do" in printed
    assert "Chưa ghi tổ chức chủ trì" in printed
    assert not [line for line in printed if "C11" in line]
    assert {"Sở sẽ chỉ định", "Ông B", "05/8/2025"} <= set(printed)
    assert "Gửi khi còn điểm chưa đạt, lý do: Gấp" in printed


def test_without_anything_accepted_the_numbering_has_no_gap():
    printed = lines(compose_contents(make_contents()))
    headings = [line for line in printed if line[:2] in ("1.", "2.", "3.", "4.", "5.")]
    assert [line[0] for line in headings] == ["1", "2", "3", "4"]
    assert headings[2] == "3. Nơi gửi và hạn nộp"


def test_where_to_send_is_told_in_full():
    printed = lines(compose_contents(make_contents()))
    assert {
        "Nơi nhận: Sở Khoa học và Công nghệ tỉnh An Giang",
        "Địa chỉ: Số 320 Ngô Quyền, phường Rạch Giá, tỉnh An Giang",
        "Bản mềm gửi về hộp thư: tcdlcl@angiang.example",
        "Định dạng bản mềm: *.docx",
        "Hạn nộp: trước ngày 10 tháng 8 năm 2025",
    } <= set(printed)


@pytest.mark.parametrize(
    ("rule", "at", "meaning"),
    [
        (
            DeadlineRule.EXCLUSIVE_DAY,
            datetime(2025, 8, 10),
            "hết thứ Bảy ngày 09/08/2025 (giờ Việt Nam); "
            "ngày làm việc cuối cùng còn kịp là thứ Sáu ngày 08/08/2025",
        ),
        (
            DeadlineRule.INCLUSIVE_DAY,
            datetime(2023, 4, 20),
            "hết thứ Năm ngày 20/04/2023 (giờ Việt Nam); "
            "ngày làm việc cuối cùng còn kịp là thứ Năm ngày 20/04/2023",
        ),
        (
            DeadlineRule.INCLUSIVE_MINUTE,
            datetime(2024, 3, 26, 16),
            "16h00 thứ Ba ngày 26/03/2024 (giờ Việt Nam), đúng giờ này vẫn kịp; "
            "ngày làm việc cuối cùng còn kịp là thứ Ba ngày 26/03/2024",
        ),
        (
            DeadlineRule.EXCLUSIVE_MINUTE,
            datetime(2023, 3, 22, 17),
            "17h00 thứ Tư ngày 22/03/2023 (giờ Việt Nam), đúng giờ này là đã muộn; "
            "ngày làm việc cuối cùng còn kịp là thứ Tư ngày 22/03/2023",
        ),
    ],
)
def test_deadline_is_explained_to_its_last_moment(rule, at, meaning):
    assert deadline_meaning(Deadline("so", rule, at), WORDS) == meaning


def test_checklist_has_a_box_for_every_item():
    given = lines(compose_contents(make_contents(checklist=("Một", "Hai"))))
    assert [line for line in given if line.startswith("□")] == ["□ Một", "□ Hai"]
    usual = lines(compose_contents(make_contents()))
    assert any("tcdlcl@angiang.example" in line for line in usual if line.startswith("□"))


def test_an_office_is_told_to_send_to_whom_its_letter_is_addressed_not_to_itself():
    above = ("Ủy ban nhân dân tỉnh An Giang", "Bộ Khoa học và Công nghệ")
    printed = lines(compose_contents(make_contents(addressees=above)))
    assert "Nơi nhận: Ủy ban nhân dân tỉnh An Giang; Bộ Khoa học và Công nghệ" in printed
    told = "\n".join(printed)
    for own in (
        "Sở Khoa học và Công nghệ tỉnh An Giang",
        "tcdlcl@angiang.example",
        "Hạn nộp",
        "hạn nộp:",
    ):
        assert own not in told
    assert any("tới nơi nhận" in line for line in printed if line.startswith("□"))


def test_every_kind_of_paper_that_is_signed_has_its_box_and_no_other():
    boxes = [line for line in lines(compose_contents(make_contents())) if "□" in line]
    assert "□ Bảng tổng hợp đã được ký, đóng dấu xác nhận." in boxes
    few = [line for line in lines(compose_contents(make_contents(signed=("form",)))) if "□" in line]
    assert "từng phiếu đề xuất" in few[0]
    for other in ("công văn", "Bảng tổng hợp", "cam kết"):
        assert other not in " ".join(few)


def test_an_individual_is_not_asked_for_a_seal():
    person = replace(SENDER, kind="individual", name="Lê Hoàng Ân")
    boxes = [line for line in lines(compose_contents(make_contents(sender=person))) if "□" in line]
    assert any("Đã ký tên trên từng phiếu" in box for box in boxes)
    assert not any("đóng dấu trên từng phiếu" in box for box in boxes)


def test_sheet_says_what_hashes_can_and_cannot_show():
    assert "không chứng minh ai là người lập" in lines(compose_contents(make_contents()))[-1]


def test_grids_fill_the_width():
    document = compose_contents(make_contents())
    for grid in all_grids(document.body):
        assert sum(grid.widths) == pytest.approx(document.paper.text_width)


def test_what_was_condensed_and_what_is_only_a_draft_is_said():
    printed = lines(compose_contents(make_contents(condensed=("Nội dung chính", "Kết quả"))))
    assert any("rút gọn ở cột Nội dung chính; Kết quả" in line for line in printed)
    assert any("bản thảo do chương trình gợi ý" in line for line in printed)
    plain = " ".join(lines(compose_contents(make_contents(signed=("form", "summary")))))
    assert "rút gọn" not in plain
    assert "bản thảo" not in plain


def test_the_footer_says_what_made_the_sheet():
    document = compose_contents(make_contents(version="0.1.0"))
    assert document.furniture.footer == "Lập bằng chương trình Phiếu đề xuất 1322, bản 0.1.0"


def test_a_finding_that_is_gone_is_told_in_words():
    proposal = replace(PROPOSAL, waivers=(ContentsWaiver("T05", "Sở còn nhận"),))
    assert "Điểm kiểm tra mang mã T05, nay không còn" in lines(
        compose_contents(make_contents(proposals=(proposal,)))
    )


def test_the_last_sentence_never_stands_alone_on_a_page():
    *_, before, last, note = compose_contents(make_contents()).body
    assert not note.format.keep_with_next
    assert before.format.keep_with_next
    assert last.format.keep_with_next


def test_a_waiver_without_a_name_says_so():
    proposal = replace(PROPOSAL, waivers=(ContentsWaiver("C11", "Sở sẽ chỉ định"),))
    assert "(không ghi tên)" in lines(compose_contents(make_contents(proposals=(proposal,))))


@pytest.mark.parametrize("count", range(8, 40))
def test_the_sum_of_pages_never_stands_without_the_last_papers_on_a_page(count):
    files = tuple(ContentsFile(f"Giấy số {number}.", ("a.pdf",)) for number in range(count))
    for page in lay_out(prepare(compose_contents(make_contents(files=files)))):
        spans = [span for _, _, mark in page.marks if isinstance(mark, Line) for span in mark.spans]
        shown = " ".join(span.text for span in spans)
        if "Tổng số trang" in shown:
            assert f"Giấy số {count - 2}." in shown
