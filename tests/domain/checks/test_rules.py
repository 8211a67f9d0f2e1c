"""Every rule speaks where it should, says a whole sentence, and keeps silent where it should."""

import string
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from ncs_desktop.domain.checks import RULES, confirmed_points
from ncs_desktop.domain.dossier import DossierFile
from ncs_desktop.domain.findings import Severity
from ncs_desktop.domain.json_tree import freeze
from ncs_desktop.domain.proposal import Waiver
from tests.domain.checks.cases import FINE, PARTNER, TEXTS, Case, plus
from tests.factories import CODES, NOW, make_call, make_form, make_proposal

MESSAGES = Path(__file__).parents[3] / "resources" / "messages" / "vi" / "checks.toml"


@pytest.fixture(scope="module")
def sentences():
    tables = tomllib.loads(MESSAGES.read_text(encoding="utf-8"))
    return {
        f"{code}.{name}": text for code, table in tables.items() for name, text in table.items()
    }


@pytest.mark.parametrize("case", TEXTS, ids=str)
def test_the_rule_speaks_at_the_right_field(case):
    found = [item for item in case.findings() if item.message == case.key]
    assert [item.field for item in found][:1] == [case.where]
    assert {item.code for item in found} == {case.code}


@pytest.mark.parametrize("case", FINE, ids=str)
def test_the_rule_keeps_silent(case):
    assert [item for item in case.findings() if item.code == case.key] == []


def test_every_rule_has_a_case_that_speaks_and_one_that_keeps_silent():
    assert {case.code for case in TEXTS} == {case.key for case in FINE} == set(RULES)
    assert set(RULES) == set(CODES)


def test_every_sentence_stands_in_checks_toml_and_is_used(sentences):
    assert [case.key for case in TEXTS] == list(dict.fromkeys(case.key for case in TEXTS))
    assert {case.key for case in TEXTS} == set(sentences)


@pytest.mark.parametrize("case", TEXTS, ids=str)
def test_every_finding_fills_its_sentence(case, sentences):
    for finding in case.findings():
        text = sentences[finding.message].format(**finding.params)
        assert "{" not in text
        assert ": ." not in text
        assert text.endswith((".", ".vn."))
        names = {name for _, name, _, _ in string.Formatter().parse(sentences[finding.message])}
        assert names - {None} <= set(finding.params)
        assert all(value != "" for name, value in finding.params.items() if name in names), text


def test_valid_inputs_leave_nothing_but_information():
    messages = {finding.message for finding in Case("").findings()}
    assert messages == {"C09.route", "D06.both", "T03.open"}


def test_severity_is_the_calls_and_off_asks_nothing():
    for severity in Severity:
        severities = dict.fromkeys(CODES, severity)
        found = Case("", values={"contents": ""}, call={"severities": severities}).findings()
        blank = [item.severity for item in found if item.message == "F01.contents"]
        assert blank == ([] if severity is Severity.OFF else [severity])


def test_a_guess_never_weighs_more_than_a_warning_and_never_more_than_the_call_says():
    guess = Case("", values={"duration": "theo kế hoạch chung"})
    found = {item.message: item.severity for item in guess.findings()}
    assert found["F05.duration"] is Severity.WARNING
    soft = replace(guess, call={"severities": {"F05": Severity.INFO}})
    assert {item.severity for item in soft.findings() if item.code == "F05"} == {Severity.INFO}


def test_a_waiver_marks_every_finding_of_its_code_and_no_other():
    waiver = Waiver("F06", "Chưa có điện thoại")
    found = Case(
        "",
        values={"contact_phone": "", "contact_email": "x", "contents": ""},
        proposal={"waivers": (waiver, Waiver("F01", ""))},
    ).findings()
    assert {item.waived for item in found if item.code == "F06"} == {"Chưa có điện thoại"}
    assert {item.waived for item in found if item.code != "F06"} == {None}


def test_only_a_tick_confirms_and_only_what_can_be_confirmed():
    ticks = freeze({"C02": "yes", "C03": True, "F01": True})
    found = Case("", values={"contents": ""}, proposal={"confirmations": ticks}).findings()
    codes = {item.code for item in found}
    assert {"C02", "F08", "F01"} <= codes
    assert "C03" not in codes


def test_confirmed_points_are_told_apart_and_weigh_nothing():
    ticks = freeze({"C02": True, "F01": True})
    proposal = replace(make_proposal(), confirmations=ticks)
    told = confirmed_points(proposal, make_form(), make_call(), NOW)
    assert {(item.code, item.severity) for item in told} == {("C02", Severity.OFF)}


def test_findings_stand_in_the_forms_order_and_the_dossiers_come_last():
    found = Case(
        "",
        values={"contact_email": "", "title": "", "urgency": "Yếu.", "plan_year": None},
    ).findings()
    fields = [item.field for item in found]
    assert list(dict.fromkeys(fields)) == ["plan_year", "title", "urgency", "contact_email", None]
    codes = [item.code for item in found if item.field == "urgency"]
    assert codes == sorted(codes)


def test_a_moment_without_a_time_zone_is_vietnams_clock():
    naive = Case("", now=make_call().deadlines[0].at.replace(tzinfo=None))
    assert "T05.just" in {item.message for item in naive.findings()}


@pytest.mark.parametrize(
    "words",
    [
        "HTX Khô cá Tân Tiến (xã Tân Tiến, An Giang);, chỉ tiếp nhận tài liệu",
        "HTX Khô cá Tân Tiến (xã Tân Tiến, An Giang), chỉ tiếp nhận tài liệu.",
        "HTX Khô cá Tân Tiến chỉ nhận sổ tay, tài liệu hướng dẫn;",
        "HTX Khô cá Tân Tiến\n  (nơi này chỉ tiếp nhận các tài liệu)",
        "HTX Khô cá Tân Tiến: Chỉ là nơi tiếp nhận tài liệu của nhiệm vụ.",
        "HTX Khô cá Tân Tiến (An Giang);\n- HTX Khô cá Tân Tiến chỉ tiếp nhận tài liệu.",
    ],
)
def test_a_place_said_only_to_receive_papers_need_not_commit_itself(words):
    text = f"- {PARTNER};\n- {words}\n- Công ty Cổ phần Cửu Long Xanh (An Giang)."
    [found] = [
        item
        for item in Case("", values={"application_sites": text}).findings()
        if item.code == "F09"
    ]
    assert found.params["names"] == "Công ty Cổ phần Cửu Long Xanh"


@pytest.mark.parametrize(
    "words", ["", ", chỉ tiếp nhận kết quả", ", tiếp nhận tài liệu", "; Chi nhánh nhận tài liệu"]
)
def test_a_place_not_said_only_to_receive_papers_stays_told(words):
    text = f"- {PARTNER};\n- HTX Khô cá Tân Tiến{words}"
    found = [item.message for item in Case("", values={"application_sites": text}).findings()]
    assert "F09.no_commitment" in found


def test_form_versions_are_called_as_on_paper():
    case = next(case for case in TEXTS if case.key == "F03.version")
    said = next(item for item in case.findings() if item.message == "F03.version").params
    assert (said["form"], said["accepted"]) == (
        "A1 (Thông tư 15/2022)",
        "A1 (Thông tư 07/2024)",
    )


@pytest.mark.parametrize(
    ("line", "files", "told"),
    [
        ("Cam kết của Công ty TNHH Thủy sản Hòn Tre", (), "F07.no_file"),
        ("Cam kết của Công ty CP Thực phẩm Rạch Giá", ("cam-ket-cty-cp-hau-giang.pdf",), None),
        ("03 văn bản cam kết của doanh nghiệp", (), "F07.count"),
        ("Báo cáo kết quả khảo sát nhà máy", ("ket-qua-khao-sat-nha-may.pdf",), ""),
    ],
)
def test_an_enclosure_is_the_commitment_of_the_enterprise_it_names(line, files, told):
    attached = plus(*(DossierFile("attachment", name) for name in files))
    case = Case(
        "F07", None, {"enclosures": [f"Cam kết của {PARTNER}", line]}, dossier={"files": attached}
    )
    found = [item.message for item in case.findings() if item.code == "F07"]
    assert found == (["F07.no_file", "F07.not_listed"] if told is None else [told] if told else [])


def test_commitments_counted_wrongly_without_names_are_told_once():
    lines = ["03 văn bản cam kết của doanh nghiệp"]
    found = [item for item in Case("F07", None, {"enclosures": lines}).findings()]
    assert [item.message for item in found if item.code == "F07"] == ["F07.count"]
