"""Generated phiếu on paper: every typed word is there, and Word breaks its pages as our PDF does.

``NCS_PARITY_FORMS=200 pytest tests/documents/test_parity_forms.py -s`` compares more of them.
"""

import html
import json
import os
import re
import subprocess
import unicodedata
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ncs_desktop.catalog import Catalog
from ncs_desktop.documents.form import compose_form
from ncs_desktop.documents.write_docx import write_docx
from ncs_desktop.documents.write_pdf import write_pdf
from ncs_desktop.domain.blocks import plain_text
from ncs_desktop.exchange.proposal_json import read_proposal

from .parity_cases import SENTENCES
from .reading import convert_by_libreoffice, page_lines, tool

COUNT = int(os.environ.get("NCS_PARITY_FORMS", "30"))
CODE = "A1-7KQ2-M9XD-r1"
ODD = (
    "<b>&amp;</b>",
    "a‑b",
    "Ủy\u0001 ban",
    "tỷ\u000blệ",
    "x" * 90,
    "CO₂ ≥ 85 %",
    "«trích»",
    "½ – ¾",
)
WORDS = tuple(" ".join(SENTENCES).split())


def _sentence(words):
    return " ".join(words).strip().capitalize() + "."


plain = st.one_of(
    st.sampled_from(SENTENCES),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=60).map(_sentence),
    st.sampled_from(SENTENCES).map(lambda text: unicodedata.normalize("NFD", text)),
    st.tuples(st.sampled_from(SENTENCES), st.sampled_from(ODD)).map(" ".join),
)
run = st.fixed_dictionaries(
    {"text": plain.map(lambda text: text + " ")},
    optional={"bold": st.just(True), "italic": st.just(True), "underline": st.just(True)},
)
runs = st.lists(run, min_size=1, max_size=3)
raised = st.just([{"text": "trên 1.000 m"}, {"text": "2", "superscript": True}, {"text": " nhà."}])
cell = st.one_of(st.sampled_from(WORDS), plain)
table = st.integers(2, 5).flatmap(
    lambda columns: st.builds(
        lambda rows, heads: {"type": "table", "header_rows": heads, "rows": rows},
        st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=1, max_size=12),
        st.integers(0, 1),
    )
)
block = st.one_of(
    st.builds(lambda value: {"type": "paragraph", "runs": value}, st.one_of(runs, raised)),
    st.builds(
        lambda value, marker, level: {
            "type": "list_item", "level": level, "marker": marker, "runs": value,
        },
        runs, st.sampled_from(["-", "+", "1.", "a)", "đ)"]), st.integers(1, 3),
    ),
    table,
)  # fmt: skip
section = st.one_of(
    st.lists(plain, min_size=1, max_size=25).map("\n".join),
    st.lists(plain, min_size=1, max_size=12).map(lambda lines: "- " + "\n- ".join(lines)),
    st.lists(block, min_size=1, max_size=10),
)
short = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
amount = st.one_of(st.none(), st.integers(0, 10**11))
phieu = st.fixed_dictionaries(
    {
        "plan_year": st.just(2026),
        "title": short,
        **dict.fromkeys(
            ["urgency", "objectives", "contents", "results", "effectiveness", "application_sites"],
            section,
        ),
        "duration": st.sampled_from(["24 tháng", "", "từ tháng 01/2026 đến tháng 12/2027"]),
        "budget": st.fixed_dictionaries(
            {"total": amount, "state_budget": amount, "counterpart": amount}
        ),
        "proposer_name": short,
        "proposer_address": short,
        "contact_name": st.sampled_from(["Nguyễn Thị Minh Khuê", "", "Lê Hoàng Ân"]),
        "contact_position": short,
        "contact_phone": st.sampled_from(["0296 3 123 456", "(024) 37561501"]),
        "contact_email": st.sampled_from(["du-an@nangsuat.example", ""]),
        "enclosures": st.lists(short, max_size=4),
    }
)
PRINTED = ("title", "duration", "proposer_name", "proposer_address", "contact_name",
           "contact_position", "contact_phone", "contact_email")  # fmt: skip
SECTIONS = ("urgency", "objectives", "contents", "results", "effectiveness", "application_sites")


def _generated(count):
    form = Catalog.load().form("a1-dxnv@tt15-2022")
    kept = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(phieu)
    def collect(values):
        content = {
            "format": "ncs-proposal",
            "version": 1,
            "form": "a1-dxnv",
            "form_version": "tt15-2022",
            "call": "an-giang-2026",
            "values": values,
        }
        loaded = read_proposal(json.dumps(content).encode(), "phieu.json", lambda _: form)
        kept.append(loaded.proposal)

    collect()
    return form, kept


def _typed(proposal):
    texts = [proposal.text(key) for key in PRINTED] + list(proposal.texts("enclosures"))
    texts += [plain_text(proposal.blocks(key)) for key in SECTIONS]
    return [word for text in texts for word in text.split()]


def _squashed_pdf(content):
    done = subprocess.run(
        [tool("pdftotext"), "-raw", "-", "-"], input=content, capture_output=True, check=True
    )
    text = re.sub(rf"Mã kiểm soát: {CODE}\s+\d+/\d+\s", "", done.stdout.decode())
    return "".join(text.split())


def _squashed_docx(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    return "".join(html.unescape("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))).split())


def _ends(lines):
    """First and last word; LibreOffice's text layer has a plain hyphen for the unbreakable one."""
    body = [line for line in lines if CODE not in line] or lines
    ends = body[0].split()[0], body[-1].split()[-1]
    return tuple(word.replace("\u2011", "-") for word in ends)


def _difference(mine, other):
    if len(mine) != len(other):
        return f"{len(mine)} pages, LibreOffice has {len(other)}"
    for number, (ours, theirs) in enumerate(zip(mine, other, strict=True), 1):
        if _ends(ours) != _ends(theirs):
            return f"page {number}: {_ends(ours)}, LibreOffice has {_ends(theirs)}"
    return ""


@pytest.mark.libreoffice
def test_every_typed_word_is_on_paper_and_pages_agree(tmp_path):
    tool("soffice")
    form, proposals = _generated(COUNT)
    pdfs, docs = [], []
    for number, proposal in enumerate(proposals):
        document = compose_form(form, proposal, draft=False, control_code=CODE)
        pdf, docx = write_pdf([document]).content, write_docx(document)
        in_pdf, in_docx = _squashed_pdf(pdf), _squashed_docx(docx)
        assert [word for word in _typed(proposal) if word not in in_pdf] == []
        assert [word for word in _typed(proposal) if word not in in_docx] == []
        pdfs.append(tmp_path / f"{number}.pdf")
        docs.append(tmp_path / f"{number}.docx")
        pdfs[-1].write_bytes(pdf)
        docs[-1].write_bytes(docx)
    laid_out = convert_by_libreoffice(docs, tmp_path)
    differences = []
    for ours, theirs in zip(pdfs, laid_out, strict=True):
        found = _difference(page_lines(ours), page_lines(theirs))
        if found:
            differences.append(f"{ours.stem}: {found}")
    pages = sum(len(page_lines(path)) for path in pdfs)
    print(f"{len(pdfs)} phiếu, {pages} pages, {len(differences)} differ", *differences, sep="\n")
    assert len(differences) <= len(pdfs) * 0.05, differences
