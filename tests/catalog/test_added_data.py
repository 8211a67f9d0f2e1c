"""A new form, a new year and a new call are files in a folder and no code."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.documents.form import compose_form
from ncs_desktop.documents.write_pdf import write_pdf
from ncs_desktop.domain.checks import check
from ncs_desktop.domain.findings import Severity
from ncs_desktop.exchange.proposal_json import read_proposal, write_proposal
from ncs_desktop.exchange.schema import proposal_schema
from ncs_desktop.paths import data_folder

NEW_FORM = """
id = "b2-thu"
version = "tt99-2027"
code = "B2"
title = "Phiếu thử"
legal_source = "Thông tư số 99/2027/TT-BKHCN"
effective_from = 2027-01-01
head = [{ text = "PHIẾU THỬ NĂM {plan_year}", bold = true }]
signature = [{ text = "NGƯỜI ĐỀ XUẤT" }]

[[sections]]
number = "I"
heading = "TÊN"
lines = [{ label = "Tên:", field = "title" }]

[[fields]]
key = "plan_year"
kind = "year"
label = "Năm"

[[fields]]
key = "title"
kind = "text"
label = "Tên"
required = true
"""
NEW_CALL = """
id = "can-tho-2028"
title = "Cần Thơ 2028"
plan_year = 2028
issued = 2027-05-01
accepts = ["b2-thu@tt99-2027"]

[authority]
name = "Sở Khoa học và Công nghệ thành phố Cần Thơ"

[[deadlines]]
stage = "Gửi Sở"
rule = "exclusive_minute"
at = 2027-07-01T17:00:00

[[recipe.agency]]
role = "form"
need = "required"
text = "Phiếu"

[severities]
F05 = "off"
"""


PROPOSAL = {
    "format": "ncs-proposal",
    "version": 1,
    "form": "b2-thu",
    "form_version": "tt99-2027",
    "call": "can-tho-2028",
    "values": {"plan_year": 2028, "title": ""},
}


@pytest.fixture
def catalog(tmp_path):
    folder = Path(shutil.copytree(data_folder("forms"), tmp_path / "Mẫu phiếu"))
    (folder / "b2-thu@tt99-2027.toml").write_text(NEW_FORM, encoding="utf-8")
    (folder / "calls" / "can-tho-2028.toml").write_text(NEW_CALL, encoding="utf-8")
    return Catalog.load(folder)


def test_two_files_make_a_form_and_a_call(catalog):
    form, call = catalog.latest_form("b2-thu"), catalog.call("can-tho-2028")
    assert form.section_of("title").title == "I. TÊN"
    assert call.accepts == (form.full_id,)
    assert call.severity("F05") is Severity.OFF
    assert call.severity("F01") is Severity.ERROR
    assert call.deadline.end.isoformat() == "2027-07-01T17:00:00+07:00"
    assert not call.asks_for("letter", "agency")
    assert len(catalog.forms) == 3
    assert len(catalog.calls) == 4


def test_a_proposal_in_the_new_form_is_read_checked_and_printed(catalog):
    content = json.dumps(PROPOSAL).encode()
    proposal = read_proposal(content, "x.json", catalog.form).proposal
    form, call = catalog.form_of(proposal), catalog.call(proposal.call)
    findings = check(proposal, form, call, None, datetime(2027, 6, 1))
    errors = [item for item in findings if item.severity is Severity.ERROR]
    assert ("F01", "title") in [(item.code, item.field) for item in errors]
    assert "F05" not in [item.code for item in findings]
    messages = Messages.load()
    assert all(messages.finding(item) for item in findings)
    filled = proposal.with_value("title", "Nhiệm vụ thử")
    assert json.loads(write_proposal(filled))["values"]["title"] == "Nhiệm vụ thử"
    assert "title" in proposal_schema(form)["properties"]["values"]["properties"]
    for document in (compose_form(form, filled, draft=True), compose_form(form, None, draft=False)):
        assert write_pdf([document]).pages == (1,)


def test_a_new_version_of_a_known_form_needs_only_what_differs(tmp_path):
    folder = Path(shutil.copytree(data_folder("forms"), tmp_path / "Mẫu phiếu"))
    text = (folder / "a1-dxnv@tt07-2024.toml").read_text(encoding="utf-8")
    text = text.replace('"tt07-2024"', '"tt99-2027"') + "\neffective_from = 2027-01-01\n"
    (folder / "a1-dxnv@tt99-2027.toml").write_text(text, encoding="utf-8")
    assert Catalog.load(folder).latest_form("a1-dxnv").full_id == "a1-dxnv@tt99-2027"
