"""What came in one mail or zip with a single phiếu goes on with it; all else is only named."""

import io
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.archive import write_archive
from ncs_desktop.exchange.bundle import CONTENTS_NAME, read_bundle
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.work import forwarding
from ncs_desktop.work.bundling import make_bundle
from ncs_desktop.work.desk_import import bring_in, files_to_bring
from ncs_desktop.work.desk_papers import export_dossier
from ncs_desktop.work.gone_along import enclosed
from ncs_desktop.work.papers import Attached
from tests.factories import NOW
from tests.work.test_collect import mail, put, task
from tests.work.test_desk import ACT, CALL, SENDER, catalog, store  # noqa: F401

BROKEN = b"%PDF-1.4 scan"


def scan(text="quet"):
    """A PDF of one page as a scanner's program writes it."""
    made = io.BytesIO()
    canvas = Canvas(made, invariant=True)
    canvas.drawString(72, 720, text)
    canvas.save()
    return made.getvalue()


def letter():
    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Kính gửi Sở Khoa học và Công nghệ")
    document.save(made)
    return made.getvalue()


def form(number=1, **changes):
    return (f"{number}.json", write_proposal(task(number, **changes)))


def bring(catalog, store, folder):  # noqa: F811
    return list(bring_in(catalog, store, files_to_bring([folder]), CALL, ACT))


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "Hồ sơ gửi đến"
    folder.mkdir()
    return folder


@pytest.fixture
def dossier(catalog, store, tmp_path):  # noqa: F811
    """Return the dossier for the Ministry as it is now, and what is told of it."""

    def export():
        path, act = tmp_path / "ra.zip", replace(ACT, why="Đã rà soát")
        made = export_dossier(store, catalog, CALL, path, act, sender=SENDER)
        return read_bundle(path.read_bytes(), "ra.zip"), made

    return export


def enclosures(bundle):
    """Return the enclosures as (folder of the task, name, content), in their order."""
    return [
        (one.path.rpartition("/")[0], one.original_name, bundle.files[one.path])
        for one in bundle.manifest.of_role("attachment")
    ]


@pytest.mark.parametrize("kind", ["mail", "zip"])
def test_a_pdf_a_picture_and_a_letter_go_into_the_folder_of_their_phieu(
    catalog,  # noqa: F811
    store,  # noqa: F811
    inbox,
    dossier,
    kind,
):
    files = {
        "ban ky.pdf": scan(),
        "anh.jpg": b"\xff\xd8\xff anh",
        "cong van.docx": letter(),
        "hong.pdf": BROKEN,
        "la anh.pdf": b"\xff\xd8\xff anh khac",
    }
    whole = dict([form(), *files.items()])
    content = mail(*whole.items()) if kind == "mail" else write_archive(whole)
    put(inbox, "thu.eml" if kind == "mail" else "nop.zip", content)
    put(inbox, "hai.json", task(2))
    bring(catalog, store, inbox)
    bundle, made = dossier()
    [entry] = [one for one in bundle.manifest.proposals if one.id == task(1).id]
    wanted = ("ban ky.pdf", "anh.jpg", "cong van.docx")
    assert sorted(enclosures(bundle)) == sorted(
        (found, name, files[name]) for name in wanted for found in [enclosures(bundle)[0][0]]
    )
    assert enclosures(bundle)[0][0].rpartition("/")[2] == entry.folder.rpartition("/")[2]
    assert not bundle.manifest.of_role("signed_scan")
    assert not [note for note in made.warnings if note.message == forwarding.LEFT_OUT]
    sheet = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(bundle.files[CONTENTS_NAME])).pages
    )
    assert all(name.rpartition(".")[0] in sheet for name in wanted)
    assert "hong" not in sheet


def test_the_same_folder_again_brings_nothing_and_doubles_nothing(catalog, store, inbox, dossier):  # noqa: F811
    content = mail(form(), ("ban ky.pdf", scan()))
    put(inbox, "thu.eml", content)
    put(inbox, "thu (1).eml", content)
    put(inbox, "chuyen tiep.eml", mail(form(), ("ban ky nhan lai.pdf", scan())))
    bring(catalog, store, inbox)
    count = len(store.desk.receipts(CALL))
    assert all(one.known for one in bring(catalog, store, inbox))
    assert len(store.desk.receipts(CALL)) == count
    [(_folder, name, found)] = enclosures(dossier()[0])
    assert (name, found) == ("ban ky nhan lai.pdf", scan())


@pytest.mark.parametrize("other", [{}, {"call": "nam-dinh-2024"}])
def test_what_lies_beside_several_phieu_is_nobodys(catalog, store, inbox, dossier, other):  # noqa: F811
    second = write_proposal(replace(task(2), **other))
    put(inbox, "thu.eml", mail(form(1), ("2.json", second), ("ban ky.pdf", scan())))
    bring(catalog, store, inbox)
    assert enclosures(dossier()[0]) == []


def test_the_version_that_counts_has_its_own_files(catalog, store, inbox, dossier):  # noqa: F811
    put(inbox, "1.eml", mail(form(), ("ban ky.pdf", scan("truoc"))))
    bring(catalog, store, inbox)
    put(inbox, "2.eml", mail(form(revision=2, title="Sửa"), ("ban ky.pdf", scan("sau"))))
    bring(catalog, store, inbox)
    assert [found for *_, found in enclosures(dossier()[0])] == [scan("truoc")]
    newest = len(store.history(task(1).id))
    store.desk.settle(CALL, task(1).id, newest, ACT, lambda _: {})
    assert [found for *_, found in enclosures(dossier()[0])] == [scan("sau")]


def test_two_files_of_one_name_for_one_revision_both_go(catalog, store, inbox, dossier):  # noqa: F811
    put(inbox, "1.eml", mail(form(), ("ban ky.pdf", scan("truoc"))))
    put(inbox, "2.eml", mail(form(), ("ban ky.pdf", scan("sau"))))
    bring(catalog, store, inbox)
    assert [found for *_, found in enclosures(dossier()[0])] == [scan("truoc"), scan("sau")]


def test_what_a_bundle_enclosed_too_goes_once(catalog, store, inbox, dossier):  # noqa: F811
    own = Attached("Bản ký.pdf", scan(), task(1).id)
    made = make_bundle(catalog, [task(1)], CALL, None, [own], now=NOW, allow_errors="thử")
    put(inbox, "thu.eml", mail(("nop.zip", made.content), ("ban ky.pdf", scan())))
    bring(catalog, store, inbox)
    assert [name for _, name, _ in enclosures(dossier()[0])] == ["Bản ký.pdf"]


def test_in_the_bin_it_stays_behind_with_its_phieu_and_comes_back(
    catalog,  # noqa: F811
    store,  # noqa: F811
    inbox,
    dossier,
):
    put(inbox, "thu.eml", mail(form(), ("ban ky.pdf", scan())))
    put(inbox, "hai.json", task(2))
    bring(catalog, store, inbox)
    store.trash(task(1).id, NOW)
    assert enclosures(dossier()[0]) == []
    store.restore(task(1).id, NOW)
    assert len(enclosures(dossier()[0])) == 1


def test_what_has_no_room_is_named_and_the_dossier_is_made(
    catalog,  # noqa: F811
    store,  # noqa: F811
    inbox,
    dossier,
    monkeypatch,
):
    monkeypatch.setattr(forwarding, "TOTAL_LIMIT", len(scan()))
    put(inbox, "thu.eml", mail(form(), ("1.pdf", scan()), ("2.pdf", scan("hai"))))
    bring(catalog, store, inbox)
    bundle, made = dossier()
    assert [name for _, name, _ in enclosures(bundle)] == ["1.pdf"]
    [told] = [note for note in made.warnings if note.message == forwarding.LEFT_OUT]
    assert (told.params["count"], told.params["names"]) == (1, "2.pdf")


def test_a_pdf_that_was_cut_on_its_way_is_refused_with_a_sentence():
    assert enclosed("thu.eml/con/ban ky.pdf", scan()).name == "ban ky.pdf"
    for content in (BROKEN, scan()[:300]):
        with pytest.raises(InputProblem) as refused:
            enclosed("thu.eml/ban ky.pdf", content)
        assert refused.value.code == "prepare.attachment_cut"
