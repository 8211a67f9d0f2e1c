"""Cited documents: found, dated, spelt right; and the checks survive whatever is typed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncs_desktop.domain.checks.citations import (
    citations,
    cites_decision_1322,
    cites_law,
    corrected,
    misspelt_codes,
    with_right_codes,
)
from tests.domain.checks.cases import TEXTS, Case, make_letter


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 1322/QĐ-TTg ngày 31/8/2020",
        "QĐ 1322",
        "quyết định 1322 của Thủ tướng Chính phủ",
        "theo 1322/QĐ - TTg",
        "QĐ-TTg số 1322",
        "Quyết định ngày 31/8/2020 (số 1322)",
        "quyet dinh so: 1322/QD-TTg",
        "Chương trình 1322 ban hành theo Quyết định số 1322/QĐ-TTg",
    ],
)
def test_the_decision_is_recognised_in_every_spelling(text):
    assert cites_decision_1322(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chương trình 1322",
        "đơn vị quyết định tham gia Chương trình 1322",
        "Quyết định số 13220/QĐ-UBND",
        "Quyết định phê duyệt. Cả tỉnh có 1322 doanh nghiệp",
        "",
    ],
)
def test_the_programmes_name_or_a_bare_number_is_no_citation(text):
    assert not cites_decision_1322(text)


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Luật Chất lượng sản phẩm, hàng hóa", True),
        ("Nghị định số 30/2020/NĐ-CP", True),
        ("theo 93/2025/QH15", True),
        ("Thông tư 15/2022", True),
        ("theo quyết định của giám đốc, 3/12 doanh nghiệp, 24/7", False),
    ],
)
def test_any_law_counts_as_legal_basis(text, cites):
    assert cites_law(text) is cites


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("15/2022/TT-BKHHCN", "15/2022/TT-BKHCN"),
        ("15/2022/TT-BKH&CN", "15/2022/TT-BKHCN"),
        ("334/BKHHCN - TĐC", "334/BKHCN-TĐC"),
        ("332/BKHCN-TDC", "332/BKHCN-TĐC"),
        ("1322 / QĐ – TTG", "1322/QĐ-TTg"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("TT-BKHHCN", "TT-BKHCN"),
        ("A1-DXNV", "A1-ĐXNV"),
    ],
)
def test_a_wrong_code_is_found_and_put_right(written, right):
    assert misspelt_codes(f"Theo văn bản {written} nêu trên.") == {written: right}
    assert misspelt_codes(f"Theo văn bản {right} nêu trên.") == {}
    assert corrected(right) == right
    assert with_right_codes(f"Theo {written} và {written}.") == f"Theo {right} và {right}."


@pytest.mark.parametrize(
    "text",
    [
        "Thông tư số 15/2022/TT-BKHCN - Bộ Khoa học và Công nghệ",
        "3/12 doanh nghiệp; 24/7; giai đoạn 2021 - 2030; 01 – 02 lần/ca",
        "Bộ KH&CN, Sở KH&CN, ISO 9001:2015 - ISO 14001:2015",
        "Công văn số 176/UBND-VP7 ngày 12/4/2023; 93/2025/QH15",
    ],
)
def test_right_codes_and_plain_text_are_left_alone(text):
    assert misspelt_codes(text) == {}


def test_citations_carry_number_symbol_and_date():
    text = (
        "Công văn số 3347/BKHCN-TĐC ngày 24/07/2025; Thông tư số 07/2024/TT-BKHHCN ngày 08 tháng "
        "10 năm 2024; Nghị quyết 93/2025/QH15; 9/VP-KGVX ngày 31/02/2025"
    )
    found = [(item.number, item.symbol, item.code, item.date) for item in citations(text)]
    assert found == [
        ("3347", "BKHCN-TĐC", "3347/BKHCN-TĐC", date(2025, 7, 24)),
        ("07", "TT-BKHCN", "07/2024/TT-BKHCN", date(2024, 10, 8)),
        ("93", "QH15", "93/2025/QH15", None),
        ("9", "VP-KGVX", "9/VP-KGVX", None),
    ]
    assert [item.day for item in citations(text)][-1] == (2025, 2, 31)


typed = st.text(
    st.one_of(
        st.sampled_from("0123456789/-–….,:;()«» \n\tđĐQTBKHCNX"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(words=typed, other=typed, amount=st.one_of(st.none(), st.integers(-(10**15), 10**15)))
def test_whatever_is_typed_the_checks_return_findings(words, other, amount):
    values = {
        **dict.fromkeys(("title", "urgency", "contents", "duration", "proposer_address"), words),
        **dict.fromkeys(("results", "application_sites", "contact_phone", "contact_email"), other),
        "enclosures": [words, other],
        "universities": [words, other, words],
        "task_kind": "curriculum",
        "budget.total": amount,
        "commitments": [{"organization": words, "address": other, "amount": amount}],
    }
    letter = make_letter(
        words, recipients=(words, other), signer_title=f"{words}\nKT. {other}", place=other
    )
    case = Case("", values=values, dossier={"letter": letter})
    findings = case.findings()
    assert findings == case.findings()
    assert {item.message for item in findings} <= {known.key for known in TEXTS}
