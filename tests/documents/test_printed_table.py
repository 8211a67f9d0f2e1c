"""The official table as LibreOffice prints it: of the workbook and of the Word file."""

import io
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest

from ncs_desktop.catalog import Catalog
from ncs_desktop.documents.summary import SummaryHeading, compose_summary
from ncs_desktop.documents.summary_sheet import summary_workbook
from ncs_desktop.documents.write_docx import write_docx
from ncs_desktop.documents.write_pdf import write_pdf
from ncs_desktop.documents.write_xlsx import write_xlsx
from ncs_desktop.domain.summary import build_summary
from tests.factories import make_proposal

from .reading import convert_by_libreoffice, page_words, tool

HEADING = SummaryHeading("Sở Công Thương", "UBND tỉnh An Giang", "An Giang")
FORMULAS = ("=1+1", "=TODAY()", "+1+1", "-1+1", "@SUM(A1)", "'=1+1", "#N/A")
COUNTS = (1, 5, 8, 10, 12)
"""Of 5, 8, 10 and 12 tasks the Word file once had other pages or a lone signature."""
PAGE_END = (210 - 20) * 72 / 25.4
TEXTS = ("objectives", "contents", "results")
CATALOG = Catalog.load()
LAYOUT = CATALOG.summary_layout()


def numbered(task, key, count):
    """Return ``count`` words, no two alike in all tasks and columns."""
    return " ".join(f"{'ngày' if at % 3 else 'chất'}{task}.{key}.{at}" for at in range(count))


def table_of(count, longest=0):
    """Return ``count`` tasks; with ``longest`` their texts have up to so many words."""
    tasks = []
    for task in range(1, count + 1):
        item = make_proposal(id=str(task), title=f"Việc {task}. {FORMULAS[task % len(FORMULAS)]}")
        if longest:
            for at, key in enumerate(TEXTS):
                words = 1 + longest * (task * (at + 3) % count) // count
                item = item.with_value(f"summary_{key}", numbered(task, at, words))
        tasks.append(replace(item, id=str(task)))
    form = CATALOG.form("a1-dxnv@tt15-2022")
    return build_summary(tasks, CATALOG.call("an-giang-2026"), form)


LONG_TABLE = table_of(14, 128)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Everything LibreOffice has to print, in one run: name → pages of words."""
    tool("soffice")
    folder = tmp_path_factory.mktemp("printed")
    files = []
    for count in COUNTS:
        document = compose_summary(table_of(count), LAYOUT, HEADING)
        (folder / f"word{count}.docx").write_bytes(write_docx(document))
        (folder / f"ours{count}.pdf").write_bytes(write_pdf([document]).content)
        files.append(folder / f"word{count}.docx")
    workbook = summary_workbook(LONG_TABLE, LAYOUT, HEADING)
    files.append(folder / "sheet.xlsx")
    files[-1].write_bytes(write_xlsx(workbook))
    found = {file.stem: page_words(file) for file in convert_by_libreoffice(files, folder)}
    return found | {file.stem: page_words(file) for file in folder.glob("*.pdf")}


def words_of(page):
    return [placed.word for placed in page]


def heading_words():
    return Counter(word for column in LAYOUT.columns for word in column.heading.split())


def sheet_pages(printed):
    """The pages of the official sheet: those of the other one begin where its heading stands."""
    pages = printed["sheet"]
    plain = next(at for at, page in enumerate(pages) if "(XÁC" in words_of(page)) + 1
    return pages[:plain]


@pytest.mark.libreoffice
def test_every_word_of_every_row_of_the_workbook_is_on_paper(printed):
    pages = sheet_pages(printed)
    on_paper = Counter(word for page in pages for word in words_of(page))
    rows = LONG_TABLE.rows
    keys = [column.key for column in LAYOUT.columns if column.kind == "text"]
    wanted = Counter(word for row in rows for key in keys for word in row.text(key).split())
    assert wanted - on_paper == Counter()
    assert sum(wanted.values()) > 2000


@pytest.mark.libreoffice
def test_every_page_of_the_workbook_repeats_the_header(printed):
    pages = sheet_pages(printed)
    assert len(pages) > 3
    for page in pages:
        assert heading_words() - Counter(words_of(page)) == Counter()


@pytest.mark.libreoffice
def test_no_line_of_the_workbook_is_cut_by_the_row_below(printed):
    for page in sheet_pages(printed):
        tops = sorted(placed.top for placed in page if placed.word in {"Việc", "Tổng"})
        for upper, lower in pairwise([*tops, PAGE_END]):
            row = [placed.bottom for placed in page if upper - 2 < placed.top < lower - 2]
            assert max(row) <= lower


@pytest.mark.libreoffice
def test_what_looks_like_a_formula_is_printed_as_it_was_typed(printed):
    content = write_xlsx(summary_workbook(LONG_TABLE, LAYOUT, HEADING))
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        formulas = [cell.value for row in sheet for cell in row if cell.data_type == "f"]
        assert len(formulas) == 3
        assert all(formula.startswith("=ROUND(SUM(") for formula in formulas)
    on_paper = {word for page in sheet_pages(printed) for word in words_of(page)}
    assert {*FORMULAS} <= on_paper


@pytest.mark.libreoffice
@pytest.mark.parametrize("count", COUNTS)
def test_the_word_file_has_the_pages_of_our_pdf_and_no_lone_signature(printed, count):
    ours, theirs = printed[f"ours{count}"], printed[f"word{count}"]
    assert [words_of(page)[-1] for page in theirs] == [words_of(page)[-1] for page in ours]
    last = words_of(theirs[-1])
    assert f"{count}." in last
    assert {"Tổng", "cộng", "(XÁC"} <= {*last}


@pytest.mark.libreoffice
def test_every_page_of_the_word_file_repeats_the_whole_header(printed):
    for count in COUNTS:
        for page in printed[f"word{count}"]:
            assert heading_words() - Counter(words_of(page)) == Counter()
