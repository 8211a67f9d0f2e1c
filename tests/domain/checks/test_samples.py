"""The rules with the shipped form and calls, on four filled forms: three good ones, one bad."""

import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.domain.checks import RULES, check
from ncs_desktop.domain.findings import Severity, count_errors
from ncs_desktop.domain.proposal import Proposal

SAMPLES = Path(__file__).parent / "samples"
GOOD = {
    "an-giang-2026-mo-hinh-diem": datetime(2025, 8, 5, 9, 0),
    "an-giang-2026-ca-nhan": datetime(2025, 8, 5, 9, 0),
    "binh-phuoc-2025-dao-tao": datetime(2024, 3, 20, 9, 0),
}
BAD, BAD_NOW = "nam-dinh-2024-con-thieu", datetime(2023, 4, 18, 9, 0)


@pytest.fixture(scope="module")
def catalog():
    return Catalog.load()


def read(name):
    data = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return Proposal(name, data["form"], data["form_version"], data["call"], data["values"])


def run(catalog, proposal, now):
    form, call = catalog.form_of(proposal), catalog.call(proposal.call)
    return check(proposal, form, call, None, now.replace(tzinfo=VIETNAM))


def test_the_rules_are_those_of_the_catalogue(catalog):
    assert set(RULES) == set(catalog.rules)
    for call in catalog.calls.values():
        assert set(call.severities) <= set(RULES)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_form_has_no_error_inside_its_call(catalog, name):
    findings = run(catalog, read(name), GOOD[name])
    assert [item for item in findings if item.severity is Severity.ERROR] == []


def test_what_the_good_forms_are_warned_about(catalog):
    warned = {
        name: [
            (item.message, item.field)
            for item in run(catalog, read(name), now)
            if item.severity is Severity.WARNING
        ]
        for name, now in GOOD.items()
    }
    assert warned == {
        "an-giang-2026-mo-hinh-diem": [("F09.no_commitment", "application_sites")],
        "an-giang-2026-ca-nhan": [
            ("F04.short", "urgency"),
            ("F01.amount_implied", "budget.counterpart"),
            ("C11.missing", "lead_organization"),
        ],
        "binh-phuoc-2025-dao-tao": [],
    }


def test_the_bad_form_has_every_error_it_should_have_and_no_other(catalog):
    findings = run(catalog, read(BAD), BAD_NOW)
    errors = [(item.message, item.field) for item in findings if item.severity is Severity.ERROR]
    assert errors == [
        ("C01.missing", "urgency"),
        ("F01.contents", "contents"),
        ("F01.effectiveness", "effectiveness"),
        ("M01.sum", "budget.total"),
        ("F06.position_missing", "contact_position"),
        ("F06.phone", "contact_phone"),
        ("F06.email", "contact_email"),
        ("C05.pilot_model", "commitments"),
    ]
    assert count_errors(findings) == 8


def test_the_difference_is_told_in_dong(catalog):
    findings = run(catalog, read(BAD), BAD_NOW)
    messages = Messages.load()
    said = [messages.finding(item) for item in findings if item.code == "M01"]
    assert len(said) == 1
    for part in ("3.000.000.000", "2.900.000.000", "chênh 100.000.000 đồng"):
        assert part in said[0]


def test_years_later_the_deadline_has_passed_and_that_is_only_a_warning(catalog):
    late = [item for item in run(catalog, read(BAD), datetime(2026, 11, 21)) if item.code[0] == "T"]
    assert [(item.code, item.severity) for item in late] == [("T05", Severity.WARNING)]


@pytest.mark.parametrize(
    ("key", "filler"),
    [
        ("contents", "05 doanh nghiệp theo Thông tư số 15/2022/TT-BKHHCN ngày 12/10/2022; "),
        ("urgency", "Chương trình quốc gia hỗ trợ doanh nghiệp (KH&CN), giai đoạn 2021-2030.\n"),
        ("application_sites", "- Công ty TNHH Lúa Vàng (huyện Tri Tôn, tỉnh An Giang);\n"),
        ("objectives", "Nâng cao năng suất của ngành chế biến thủy sản trong tỉnh; "),
        ("contents", "1 / 2 - …. "),
    ],
)
def test_a_section_of_50_000_characters_is_checked_while_typing(catalog, key, filler):
    """Measured at 15–30 ms on a slow machine; the bound only catches what grows out of hand."""
    proposal = read("an-giang-2026-mo-hinh-diem")
    long = proposal.with_value(key, (filler * (50_000 // len(filler) + 1))[:50_000])
    assert _best(catalog, long) < 5
    assert _best(catalog, proposal) < 1


def _best(catalog, proposal):
    times = []
    for _ in range(4):
        start = time.perf_counter()
        run(catalog, proposal, GOOD["an-giang-2026-mo-hinh-diem"])
        times.append(time.perf_counter() - start)
    return min(times)
