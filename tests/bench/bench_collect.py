"""How fast collecting is, beside the limit in the same run. Run by hand:

    python tests/bench/bench_collect.py [BUNDLES]

1. Bundles of 1 MB collected into a store, against reading, inflating and hashing every entry and
   inserting every proposal into SQLite with the same number of commits. 2. Peak memory for a tenth
   of the bundles and for all. 3. The official table of 10,000 rows to xlsx, against openpyxl's
   write-only mode with the same cells. 4. A filled form in Word, against python-docx opening it.
"""

from __future__ import annotations

import hashlib
import io
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import docx
from openpyxl import Workbook as XlsxBook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side

from ncs_desktop.catalog import Catalog
from ncs_desktop.documents.sheet import ColumnSum
from ncs_desktop.documents.sheet_rows import PlacedRow, place_rows
from ncs_desktop.documents.summary import SummaryHeading
from ncs_desktop.documents.summary_sheet import summary_workbook
from ncs_desktop.documents.write_xlsx import write_xlsx
from ncs_desktop.domain.dossier import ATTACHMENT, Sender
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.domain.summary import build_summary
from ncs_desktop.exchange.bundle import PackedFile, PackedProposal, pack
from ncs_desktop.exchange.docx_reader import read_docx
from ncs_desktop.exchange.filled_form import read_filled_form
from ncs_desktop.exchange.proposal_json import write_proposal
from ncs_desktop.store.store import Store
from ncs_desktop.work.collect import collect
from ncs_desktop.work.prepare import form_files
from tests.bench.phieu import proposal
from tests.factories import NOW

CALL, SIZE = "an-giang-2026", 2**20
ROWS = 10_000
REPEATS = 3
"""Both are done so often in turn and the best taken, since other work on the machine slows them."""


def main(number: int) -> None:
    """Measure and print every figure."""
    folder = Path(tempfile.mkdtemp())
    try:
        make_bundles(folder / "in", number)
        measure_bundles(folder, number)
        measure_memory(folder, number)
    finally:
        shutil.rmtree(folder)
    measure_table()
    measure_word()


def show(label: str, value: float, unit: str) -> None:
    """Print one figure."""
    print(f"{label:<58}{value:10.2f} {unit}")


def timed(action: object) -> float:
    """Return the seconds ``action`` takes."""
    start = time.perf_counter()
    action()  # type: ignore[operator]
    return time.perf_counter() - start


def make_bundles(folder: Path, number: int) -> None:
    """Write bundles of one proposal and scans that do not shrink, 1 MB each."""
    folder.mkdir()
    for index in range(number):
        item = replace(proposal(6, index), id=str(UUID(int=index)))
        item = item.with_value(
            "title", f"Mô hình điểm {hashlib.md5(str(index).encode()).hexdigest()}"
        )
        noise = hashlib.shake_128(str(index).encode()).digest(SIZE - 20_000)
        scan = PackedFile("4-van-ban-cam-ket/01-a/dinh-kem-01.pdf", ATTACHMENT, noise, "quét.pdf")
        packed = [PackedProposal(item, "01-a", item.control_code())]
        content, _ = pack(CALL, Sender(name="Công ty"), packed, [scan], NOW)
        (folder / f"{index:05}.zip").write_bytes(content)


def measure_bundles(folder: Path, number: int) -> None:
    """Compare collecting into a store with the least that could be done."""
    files = sorted((folder / "in").iterdir())
    for path in files:
        path.read_bytes()
    catalog = Catalog.load()
    turns = [both(catalog, files, folder / str(turn)) for turn in range(REPEATS)]
    limit, work = (min(seconds) for seconds in zip(*turns, strict=True))
    show(f"limit: read, inflate, hash, insert {number} bundles", limit, "s")
    show(f"collect {number} bundles", work, "s")
    show("share of the limit's speed (goal 50)", 100 * limit / work, "%")


def both(catalog: Catalog, files: list[Path], folder: Path) -> tuple[float, float]:
    """Return the seconds of the least that could be done, and of collecting into a new store."""
    folder.mkdir()
    limit = timed(lambda: least(files, folder / "least.sqlite"))
    with Store.open(folder / "ncs.sqlite") as store:
        return limit, timed(
            lambda: collect(catalog, files, CALL, now=NOW, open_store=lambda: store)
        )


def least(files: list[Path], path: Path) -> None:
    """Read, inflate and hash every entry; insert every proposal in a commit of its own."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=TRUNCATE")
    database.execute("PRAGMA synchronous=EXTRA")
    database.execute("CREATE TABLE p (id TEXT PRIMARY KEY, body BLOB)")
    for file in files:
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        for content in contents.values():
            hashlib.sha256(content).hexdigest()
        data = next(value for name, value in contents.items() if name.endswith("du-lieu.json"))
        database.execute("BEGIN IMMEDIATE")
        database.execute("INSERT INTO p VALUES (?, ?)", (file.name, data))
        database.execute("COMMIT")
    database.close()


def measure_memory(folder: Path, number: int) -> None:
    """Print the peak memory of processes that collect a tenth of the bundles, and all."""
    for count in (number // 10, number):
        arguments = [sys.executable, __file__, "--memory", str(folder / "in"), str(count)]
        peak = int(subprocess.check_output(arguments))
        show(f"peak memory for {count} bundles, both processes", peak / 1024, "MB")


def report_memory(folder: Path, count: int) -> None:
    """Collect ``count`` bundles and print the peak memory in kB of both processes (Linux)."""
    files = sorted(folder.iterdir())[:count]
    collect(Catalog.load(), files, CALL, now=NOW)
    status = Path("/proc/self/status").read_text("ascii")
    own = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    print(int(own) + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def measure_table() -> None:
    """Compare the official workbook with a bare one of the same cells."""
    catalog = Catalog.load()
    items = [different(number) for number in range(ROWS)]
    table = build_summary(items, catalog.call(CALL), catalog.form_of(items[0]))
    book = summary_workbook(table, catalog.summary_layout(), SummaryHeading("Sở", place="An Giang"))
    placed = [(sheet.name, place_rows(sheet)) for sheet in book.sheets]
    bare = min(timed(lambda: write_only(placed)) for _ in range(2))
    ours = min(timed(lambda: write_xlsx(book)) for _ in range(2))
    show(f"openpyxl write-only, the same cells of {ROWS} rows", bare, "s")
    show(f"official table of {ROWS} rows to xlsx", ours, "s")
    show("times as long (goal 1.3)", ours / bare, "")


def different(number: int) -> Proposal:
    """Return a proposal of which no long text is that of another."""
    item = replace(proposal(1, number), id=str(UUID(int=number)))
    for key in ("objectives", "contents", "results"):
        item = item.with_value(key, f"Phần {key} của nhiệm vụ {number}: {item.get('urgency')}")
    return item


def write_only(sheets: list[tuple[str, tuple[PlacedRow, ...]]]) -> bytes:
    """Write the same cells, fonts and borders with openpyxl's write-only mode."""
    target = XlsxBook(write_only=True)
    side = Side("thin")
    border, wrap = Border(side, side, side, side), Alignment(wrap_text=True, vertical="top")
    fonts: dict[tuple[float, bool], Font] = {}
    for name, rows in sheets:
        written = target.create_sheet(name)
        for row in rows:
            cells: list[WriteOnlyCell | None] = [None] * max(column for column, _ in row.cells)
            for column, cell in row.cells:
                value = "=1" if isinstance(cell.value, ColumnSum) else cell.value
                made = WriteOnlyCell(written, value)
                key = (cell.size, cell.bold)
                made.font = fonts.setdefault(key, Font(size=cell.size, bold=cell.bold))
                made.border, made.alignment = border, wrap
                cells[column - 1] = made
            written.append(cells)
    buffer = io.BytesIO()
    target.save(buffer)
    return buffer.getvalue()


def measure_word() -> None:
    """Compare reading a filled form with python-docx opening the same file."""
    catalog = Catalog.load()
    sample = proposal(20)
    form = catalog.form_of(sample)
    content = form_files(catalog, sample, ["docx"], draft=False)["docx"]
    pairs = [
        (timed(lambda: docx.Document(io.BytesIO(content))), timed(lambda: read_docx(content, "a")))
        for _ in range(60)
    ]
    opened, read = map(min, zip(*pairs, strict=True))
    document = read_docx(content, "a.docx")
    placed = min(timed(lambda: read_filled_form(document, form)) for _ in range(7))
    show("python-docx opens a filled form", opened * 1000, "ms")
    show("our reader: every word of it as blocks", read * 1000, "ms")
    show("its words into the fields of the form", placed * 1000, "ms")
    show("times python-docx, blocks (goal 3)", read / opened, "")
    show("times python-docx, blocks and fields", (read + placed) / opened, "")
    show("size of the proposal's data", len(write_proposal(sample)) / 1024, "kB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        report_memory(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
