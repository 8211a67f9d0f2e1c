"""Checking and exporting: what lands in the folder, and that nothing half-done stays there."""

import io
import json
from dataclasses import replace

import pypdf
import pytest
from docx import Document as WordDocument

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.errors import EnvironmentProblem, InputProblem
from ncs_desktop.work import prepare
from ncs_desktop.work.prepare import (
    check_proposal,
    control_code,
    export_blank,
    export_forms,
    file_stem,
    form_pdf,
)
from tests.factories import NOW, make_proposal


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


def pdf_text(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def export(catalog, proposals, folder, formats=("docx", "pdf", "json"), draft=False):
    return [
        path
        for paths in export_forms(catalog, proposals, folder, formats, draft=draft)
        for path in paths
    ]


def test_a_complete_proposal_has_no_error_and_a_faulty_one_has(catalog):
    assert check_proposal(catalog, make_proposal(), NOW).errors == 0
    assert check_proposal(catalog, make_proposal(contents=""), NOW).errors == 1


def test_another_call_may_be_asked(catalog):
    codes = [
        finding.code
        for finding in check_proposal(
            catalog, make_proposal(), NOW, call_id="nam-dinh-2024"
        ).findings
    ]
    assert "T05" in codes
    with pytest.raises(InputProblem):
        check_proposal(catalog, make_proposal(), NOW, call_id="khong-co")


def test_the_frozen_form_carries_its_code_and_the_draft_its_mark(catalog):
    proposal = make_proposal()
    code = control_code(catalog.form_of(proposal), proposal)
    assert code.startswith("A1-")
    assert code.endswith("-r1")
    frozen = pdf_text(form_pdf(catalog, proposal, draft=False).content)
    draft = pdf_text(form_pdf(catalog, proposal, draft=True).content)
    assert code in frozen
    assert "BẢN NHÁP" not in frozen
    assert code not in draft
    assert "BẢN NHÁP" in draft


def test_each_format_is_written_and_opens(catalog, tmp_path):
    proposal = make_proposal()
    folder = tmp_path / "Hồ sơ của tôi"
    word, pdf, data = export(catalog, [proposal], folder)
    assert proposal.title in "\n".join(item.text for item in WordDocument(str(word)).paragraphs)
    assert proposal.text("contact_name") in pdf_text(pdf.read_bytes())
    assert json.loads(data.read_bytes())["id"] == proposal.id


def test_the_same_proposal_exports_to_the_same_bytes(catalog, tmp_path):
    first = export(catalog, [make_proposal()], tmp_path / "a")
    second = export(catalog, [make_proposal()], tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_proposals_of_one_title_never_share_a_file(catalog, tmp_path):
    one = make_proposal()
    other = replace(one, id="22222222-2222-4222-8222-222222222222")
    paths = export(catalog, [one, other, one], tmp_path, ["json"])
    assert len(set(paths)) == 3
    assert file_stem(one) != file_stem(other)


def test_a_failure_leaves_nothing_new_behind(catalog, tmp_path, monkeypatch):
    written = []

    def full_disk(path, content):
        if len(written) == 2:
            raise EnvironmentProblem("file.disk_full", path=path)
        path.write_bytes(content)
        written.append(path)

    monkeypatch.setattr(prepare, "atomic_write", full_disk)
    folder = tmp_path / "moi"
    proposals = [
        replace(make_proposal(), id=f"{n}" * 8 + "-0000-4000-8000-000000000000") for n in (1, 2, 3)
    ]
    with pytest.raises(EnvironmentProblem):
        export(catalog, proposals, folder, ["json"])
    assert not folder.exists()


def test_a_failure_keeps_what_was_there_before(catalog, tmp_path, monkeypatch):
    (old,) = export(catalog, [make_proposal()], tmp_path, ["json"])
    before = old.read_bytes()

    def full_disk(path, _content):
        raise EnvironmentProblem("file.disk_full", path=path)

    monkeypatch.setattr(prepare, "atomic_write", full_disk)
    with pytest.raises(EnvironmentProblem):
        export(catalog, [make_proposal()], tmp_path, ["json"])
    assert old.read_bytes() == before


def test_an_unknown_format_is_refused_before_anything_is_written(catalog, tmp_path):
    with pytest.raises(InputProblem):
        export(catalog, [make_proposal()], tmp_path / "x", ["json", "odt"])
    assert not (tmp_path / "x").exists()


def test_the_blank_form_has_no_draft_mark_and_the_newest_version(catalog, tmp_path):
    (paths,) = export_blank(catalog, "a1-dxnv", tmp_path, ["docx", "pdf", "json"])
    assert [path.suffix for path in paths] == [".docx", ".pdf"]
    text = pdf_text(paths[1].read_bytes())
    assert "TÊN NHIỆM VỤ" in text
    assert "BẢN NHÁP" not in text
    with pytest.raises(InputProblem):
        next(export_blank(catalog, "b9-xyz", tmp_path, ["pdf"]))


@pytest.mark.parametrize("amount", [-916, 10**15 - 1])
def test_a_draft_is_printed_whatever_amount_was_typed(catalog, amount):
    proposal = make_proposal(**{"budget.total": amount})
    assert check_proposal(catalog, proposal, NOW).errors > 0
    assert "BẢN NHÁP" in pdf_text(form_pdf(catalog, proposal, draft=True).content)
