"""Print set and bundle: which papers, in which order, what stands against them, same bytes."""

import io
from dataclasses import replace

import pypdf
import pytest
from PIL import Image

from ncs_desktop.catalog import Catalog
from ncs_desktop.documents.scan_page import scan_to_pdf
from ncs_desktop.domain.blocks import plain_text
from ncs_desktop.domain.dossier import Sender
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.archive import read_archive, write_archive
from ncs_desktop.exchange.bundle import read_bundle, read_bundle_proposals
from ncs_desktop.paths import data_folder
from ncs_desktop.work.attachments import assign
from ncs_desktop.work.bundling import (
    make_bundle,
    print_set,
    read_sender_file,
    sender_of,
    verify_bundle,
)
from ncs_desktop.work.inputs import read_content, read_input
from ncs_desktop.work.papers import Attached, Submission
from ncs_desktop.work.prepare import check_proposal
from ncs_desktop.work.received import form_lookup
from tests.factories import NOW, make_proposal

CALL = "an-giang-2026"
FIRST = make_proposal()
SECOND = replace(
    make_proposal(title="Đào tạo chuyên gia năng suất", task_kind="training", commitments=[]),
    id="22222222-2222-4222-8222-222222222222",
)
AGENCY = Sender("agency", "Sở Công Thương", "UBND tỉnh An Giang", "", "An Giang", "GIÁM ĐỐC", "")


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


def bundle(catalog, *proposals, sender=None, attachments=(), **options):
    return make_bundle(
        catalog, proposals or (FIRST,), CALL, sender, attachments, now=NOW, **options
    )


def text_of(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_a_bundle_holds_every_paper_and_is_clean(catalog):
    result = bundle(catalog, FIRST, SECOND, sender=AGENCY)
    names = list(read_archive(result.content, "x"))
    folder = "3-phieu-de-xuat/01-xay-dung-mo-hinh-diem-ap-dung-iso-9001"
    assert names[:2] == ["manifest.json", "DANH-MUC-HO-SO.pdf"]
    for name in (
        "1-cong-van-de-xuat.docx",
        "1-cong-van-de-xuat.pdf",
        "2-bang-tong-hop.xlsx",
        "2-bang-tong-hop.docx",
        "2-bang-tong-hop.pdf",
        f"{folder}/phieu-a1-dxnv.docx",
        f"{folder}/phieu-a1-dxnv.pdf",
        f"{folder}/du-lieu.json",
        "3-phieu-de-xuat/02-dao-tao-chuyen-gia-nang-suat/du-lieu.json",
    ):
        assert name in names
    assert any(name.startswith("4-van-ban-cam-ket/01-") for name in names)
    assert verify_bundle(result.content, "x.zip", catalog).differences == ()


def test_the_same_input_and_moment_give_the_same_bytes(catalog):
    assert bundle(catalog).content == bundle(Catalog.load()).content


def test_the_proposals_come_back_in_rank_order(catalog):
    content = bundle(catalog, SECOND, FIRST, sender=AGENCY).content
    loaded = read_content(content, "x.zip", catalog)
    assert [item.proposal for item in loaded] == [SECOND, FIRST]
    assert loaded[0].dossier.sender == AGENCY


def test_the_papers_carry_the_control_code_of_the_manifest(catalog):
    result = bundle(catalog)
    (entry,) = result.manifest.proposals
    files = read_archive(result.content, "x")
    assert entry.control_code == FIRST.control_code()
    assert entry.control_code in text_of(files[f"{entry.folder}/phieu-a1-dxnv.pdf"])
    assert entry.control_code in text_of(files["DANH-MUC-HO-SO.pdf"])


def test_errors_stand_against_a_bundle_unless_a_reason_is_given(catalog):
    faulty = make_proposal(contents="")
    refused = bundle(catalog, faulty)
    assert refused.content is None
    assert refused.checked[0].errors == 1
    allowed = bundle(catalog, faulty, allow_errors="Sở đã đồng ý bổ sung sau")
    assert allowed.checked[0].errors == 0
    (waiver,) = allowed.manifest.proposals[0].waivers
    assert (waiver.code, waiver.reason) == ("F01", "Sở đã đồng ý bổ sung sau")
    assert waiver.at == "2025-08-05T09:00:00+07:00"
    sheet = text_of(read_archive(allowed.content, "x")["DANH-MUC-HO-SO.pdf"])
    assert "Sở đã đồng ý bổ sung sau" in sheet
    assert "2025-08-05T" not in sheet
    assert "09:00" in sheet
    assert "ncs_desktop" not in sheet
    assert "Phiếu đề xuất 1322" in sheet
    assert allowed.manifest.proposals[0].digest == faulty.digest


def test_a_proposal_of_another_call_or_given_twice_is_refused(catalog):
    other = replace(FIRST, call="nam-dinh-2024")
    with pytest.raises(InputProblem) as caught:
        bundle(catalog, other)
    assert caught.value.code == "prepare.other_call"
    said = (caught.value.params["call"], caught.value.params["expected"])
    assert said == tuple(catalog.call_title(name) for name in ("nam-dinh-2024", "an-giang-2026"))
    assert "nam-dinh-2024" not in said
    with pytest.raises(InputProblem) as caught:
        bundle(catalog, FIRST, FIRST)
    assert caught.value.code == "prepare.twice"
    with pytest.raises(InputProblem) as caught:
        make_bundle(catalog, (), CALL, None, (), now=NOW)
    assert caught.value.code == "prepare.no_proposal"


def test_attachments_get_safe_names_and_keep_their_own_in_the_manifest(catalog):
    attached = Attached("Giấy phép kinh doanh (bản quét).PDF", b"%PDF-1.7 x", FIRST.id)
    result = bundle(catalog, attachments=[attached])
    (entry,) = result.manifest.of_role("attachment")
    assert entry.original_name == attached.name
    assert entry.path.endswith("/dinh-kem-01-giay-phep-kinh-doanh-ban-quet.pdf")
    assert entry.path.isascii()


def test_a_signed_scan_lies_beside_its_form_and_a_missing_one_is_said(catalog):
    assert [note.message for note in bundle(catalog).warnings] == ["prepare.no_scan"]
    result = bundle(catalog, scans={FIRST.id: b"%PDF-1.4 quet"})
    assert result.warnings == ()
    (entry,) = result.manifest.of_role("signed_scan")
    assert entry.path == f"{result.manifest.proposals[0].folder}/da-ky.pdf"


def test_a_scan_with_fewer_pages_than_the_form_is_said_and_its_pages_are_listed(catalog):
    page = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(page, "PNG")
    scan = scan_to_pdf(page.getvalue(), "ký.png")
    attached = Attached("Hồ sơ năng lực.pdf", scan, FIRST.id)
    result = bundle(catalog, scans={FIRST.id: scan}, attachments=[attached])
    (note,) = result.warnings
    assert (note.message, note.params["found"]) == ("prepare.scan_pages", 1)
    files = read_archive(result.content, "x")
    form = next(name for name in files if name.endswith("phieu-a1-dxnv.pdf"))
    assert note.params["pages"] == len(pypdf.PdfReader(io.BytesIO(files[form])).pages)
    words = " ".join(text_of(files["DANH-MUC-HO-SO.pdf"]).split())
    assert "Tài liệu gửi kèm: Hồ sơ năng lực.pdf" in words


def test_the_table_is_signed_once_its_own_scan_is_there(catalog):
    def said(scans):
        made = bundle(catalog, sender=AGENCY, scans={FIRST.id: b"%PDF-1.4 x", **scans})
        loaded = read_bundle_proposals(read_bundle(made.content, "a"), form_lookup(catalog, "a"))
        again = check_proposal(catalog, loaded[0].proposal, NOW, loaded[0].dossier)
        sides = [{item.code for item in side.findings} for side in (made.checked[0], again)]
        assert sides[0] == sides[1]
        return "D08" in sides[0]

    assert said({"": b"%PDF-1.4 letter"})
    assert not said({"summary": b"%PDF-1.4 table"})


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "prepare.attachment_type"),
        ("a.docm", b"PK\x03\x04", "prepare.attachment_type"),
        ("khong-duoi", b"x", "prepare.attachment_type"),
        ("a.pdf", b"", "prepare.attachment_empty"),
        ("a.pdf", b"MZ", "prepare.attachment_content"),
    ],
)
def test_files_that_do_not_belong_in_a_dossier_are_refused(catalog, name, content, code):
    with pytest.raises(InputProblem) as caught:
        bundle(catalog, attachments=[Attached(name, content)])
    assert caught.value.code == code


def test_a_scan_that_is_no_pdf_is_refused(catalog):
    with pytest.raises(InputProblem) as caught:
        bundle(catalog, scans={FIRST.id: b"\xff\xd8\xff"})
    assert caught.value.code == "prepare.scan_not_pdf"


def test_a_damaged_part_and_a_broken_manifest_are_differences(catalog):
    content = bundle(catalog).content
    files = read_archive(content, "x")
    broken = write_archive({**files, "manifest.json": b"{"})
    (difference,) = verify_bundle(broken, "x.zip", catalog).differences
    assert (difference.path, difference.message) == ("manifest.json", "bundle.bad_manifest")
    at = content.index(b"DANH-MUC-HO-SO.pdf") + 400
    damaged = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    (difference,) = verify_bundle(damaged, "x.zip", catalog).differences
    assert (difference.path, difference.message) == ("DANH-MUC-HO-SO.pdf", "archive.checksum")
    with pytest.raises(InputProblem):
        verify_bundle(b"khong phai zip", "x.zip", catalog)


def test_an_individual_sends_no_letter(catalog):
    person = make_proposal(
        proposer_kind="individual", task_kind="policy", commitments=[], contact_position=""
    )
    result = bundle(catalog, person, allow_errors="thử")
    assert result.manifest.sender.kind == "individual"
    asked = catalog.call(CALL).asks_for("letter", "individual")
    assert bool(result.manifest.of_role("letter")) is asked


def test_the_print_set_counts_every_page_and_names_who_signs(catalog):
    result = print_set(catalog, [FIRST, SECOND], CALL, AGENCY, now=NOW)
    reader = pypdf.PdfReader(io.BytesIO(result.pdf.content))
    assert len(reader.pages) == sum(result.pdf.pages)
    assert result.pdf.pages[1:] == tuple(line.pages for line in result.papers)
    cover = reader.pages[0].extract_text()
    assert FIRST.control_code() in cover
    assert str(sum(line.pages for line in result.papers)) in cover
    assert result.papers[0].signer == "GIÁM ĐỐC (ký tên, đóng dấu)"
    assert [line.code for line in result.papers if line.code] == [
        FIRST.control_code(),
        SECOND.control_code(),
    ]


def test_the_proposers_own_commitment_is_not_written_to_itself(catalog):
    name = "Công ty Cổ phần Tư vấn Năng suất Mê Kông"
    proposal = make_proposal(
        proposer_name=name,
        commitments=[{"organization": name.upper(), "scope": ["co_fund"], "amount": 1_950_000_000}],
    )
    [(_name, letter)] = Submission(catalog, catalog.call(CALL), Sender(), (proposal,)).letters_of(
        proposal
    )
    assert letter.addressees == (catalog.call(CALL).authority.name,)
    text = plain_text(letter.body)
    assert f"do {name} đề xuất" not in text
    assert f"{name.upper()} là bên đề xuất nhiệm vụ" in text
    assert "1.950.000.000 đồng" in text
    assert "Đối ứng kinh phí thực hiện nhiệm vụ" in text
    assert "co_fund" not in text


def test_an_organization_confirms_the_table_it_is_asked_for(catalog):
    result = print_set(catalog, [FIRST], CALL, Sender("organization", "Công ty Mê Kông"), now=NOW)
    table = next(line for line in result.papers if line.name.startswith("Bảng tổng hợp"))
    assert table.signer == "Người đứng đầu Công ty Mê Kông (ký tên, đóng dấu)"
    words = text_of(result.pdf.content)
    assert "XÁC NHẬN CỦA CÔNG TY MÊ KÔNG" in words
    assert "XÁC NHẬN CỦA SỞ" not in words


def test_the_cover_says_of_every_paper_how_it_is_signed_and_that_it_is_scanned(catalog):
    sender = Sender("organization", "Trường Cao đẳng A", signer_title="Hiệu trưởng")
    result = print_set(catalog, [FIRST], CALL, sender, now=NOW)
    assert result.papers[0].signer == "Hiệu trưởng (ký tên, đóng dấu)"
    words = " ".join(text_of(result.pdf.content).split())
    assert "(phiếu đề xuất, văn bản cam kết, công văn, bảng tổng hợp)" in words
    person = replace(FIRST, values=FIRST.values.with_items({"proposer_kind": "individual"}))
    person = person.with_value("commitments", [])
    alone = print_set(catalog, [person], CALL, None, now=NOW, allow_errors="thử")
    alone_words = " ".join(text_of(alone.pdf.content).split())
    assert "(phiếu đề xuất)" in alone_words
    assert "Không ký lên tờ này." in alone_words
    assert "Ghi số và ngày của công văn" not in alone_words


def test_a_print_set_tells_of_every_paper_counted_and_drawn_and_stops_between_two(catalog):
    seen = []

    def watch(papers):
        for paper in papers:
            seen.append((paper.name, len(papers)))
            yield paper

    result = print_set(catalog, [FIRST, SECOND], CALL, AGENCY, now=NOW, watch=watch)
    names = [paper.name for paper in result.papers]
    assert seen == [(name, 2 * len(names)) for name in [*names, *names]]
    assert result.pdf == print_set(catalog, [FIRST, SECOND], CALL, AGENCY, now=NOW).pdf

    def stop(papers):
        yield papers[0]
        raise InterruptedError

    with pytest.raises(InterruptedError):
        print_set(catalog, [FIRST, SECOND], CALL, AGENCY, now=NOW, watch=stop)


def test_a_print_set_for_signature_asks_for_zero_errors(catalog):
    faulty = make_proposal(contents="")
    assert print_set(catalog, [faulty], CALL, None, now=NOW).pdf is None
    draft = print_set(catalog, [faulty], CALL, None, now=NOW, draft=True)
    assert "BẢN NHÁP" in text_of(draft.pdf.content)
    assert all(line.code == "" for line in draft.papers)
    assert print_set(catalog, [faulty], CALL, None, now=NOW, allow_errors="lý do").pdf is not None


def test_the_sender_is_the_first_proposer_with_the_province_as_place(catalog):
    sender = sender_of(FIRST, catalog.call(CALL))
    assert sender.kind == "organization"
    assert sender.name == FIRST.text("proposer_name")
    assert sender.place == "An Giang"
    moved = make_proposal(proposer_address="12 Lê Lợi, thành phố Cần Thơ")
    assert sender_of(moved, catalog.call(CALL)).place == "Cần Thơ"
    bare = make_proposal(proposer_address="12 Lê Lợi")
    assert sender_of(bare, catalog.call(CALL)).place == catalog.call(CALL).authority.place


def test_a_sender_file_has_the_keys_of_the_manifest(tmp_path):
    path = tmp_path / "ben-gui.json"
    path.write_text('{"kind": "agency", "name": "Sở Y tế", "signer_title": "GIÁM ĐỐC"}', "utf-8")
    assert read_sender_file(path) == Sender("agency", "Sở Y tế", signer_title="GIÁM ĐỐC")
    path.write_text('{"kind": "vua", "name": "Sở Y tế"}', encoding="utf-8")
    with pytest.raises(InputProblem) as caught:
        read_sender_file(path)
    assert caught.value.params["key"] == "kind"


def test_attachments_find_the_proposal_that_lists_them():
    listed = replace(SECOND, values=SECOND.values.with_items({"enclosures": ["Hồ sơ năng lực"]}))
    files = [("Hồ sơ năng lực.pdf", b"x"), ("Khác.pdf", b"y")]
    owners = [item.proposal_id for item in assign(files, [FIRST, listed])]
    assert owners == [listed.id, None]
    assert [item.proposal_id for item in assign(files, [FIRST])] == [FIRST.id, FIRST.id]


@pytest.mark.parametrize("path", sorted((data_folder("resources") / "samples").glob("*.json")))
def test_every_sample_but_the_faulty_one_becomes_a_clean_bundle(catalog, path):
    (loaded,) = read_input(path, catalog)
    proposal = loaded.proposal
    now = catalog.call(proposal.call).deadline.end.replace(month=1)
    result = make_bundle(catalog, [proposal], proposal.call, None, (), now=now)
    assert (result.content is None) is path.stem.endswith("con-thieu")


def test_a_bundle_packed_again_from_a_bundle_is_still_clean(catalog):
    loaded = read_content(bundle(catalog).content, "x.zip", catalog)
    again = bundle(catalog, *(item.proposal for item in loaded))
    assert again.content == bundle(catalog).content
    assert read_bundle(again.content, "y").manifest.call == CALL


def test_several_missing_scans_are_one_note(catalog):
    (note,) = bundle(catalog, FIRST, SECOND, sender=AGENCY).warnings
    assert (note.message, note.params["count"]) == ("prepare.no_scans", 2)


def test_the_wording_of_letters_is_said_to_be_a_draft(catalog):
    printed = print_set(catalog, [FIRST], CALL, None, now=NOW).pdf.content
    assert "bản thảo do chương trình gợi ý" in " ".join(text_of(printed).split())
    person = make_proposal(
        proposer_kind="individual", task_kind="policy", commitments=[], contact_position=""
    )
    alone = print_set(catalog, [person], CALL, None, now=NOW, draft=True)
    assert [line.code for line in alone.papers] == [""]
    assert "bản thảo" not in text_of(alone.pdf.content)


def test_a_commitment_without_a_name_makes_no_paper(catalog):
    nameless = make_proposal(commitments=[{"organization": " ", "scope": ["co_fund"]}, {}])
    result = bundle(catalog, nameless, allow_errors="nộp trước")
    assert not [name for name in read_archive(result.content, "x") if "cam-ket" in name]


def test_folders_of_titles_that_begin_alike_tell_the_proposers_apart(catalog):
    title = "Áp dụng công cụ năng suất chất lượng trong {} tỉnh An Giang"
    proposals = tuple(
        replace(
            make_proposal(title=title.format(name), proposer_name=f"Công ty TNHH {name}"), id=name
        )
        for name in ("May Mặc Long Xuyên", "Chăn Nuôi Bò Sữa")
    )
    submission = Submission(catalog, catalog.call("an-giang-2026"), Sender(), proposals)
    assert list(submission.folders.values()) == [
        "01-ap-dung-cong-cu-may-mac-long-xuyen",
        "02-ap-dung-cong-cu-chan-nuoi-bo-sua",
    ]
