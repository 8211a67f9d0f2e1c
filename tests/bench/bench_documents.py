"""Our PDF and Word files against LibreOffice and docxtpl, in one run.

    PYTHONPATH=.:tests/bench python tests/bench/bench_documents.py

Goals: PDF at least 80 times as quick as LibreOffice turns docx to PDF for 3 pages, 30 times for
12; docx not slower than docxtpl; 1,000 phiếu linear with flat memory.
"""

import gc
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from phieu import form, proposal

from ncs_desktop.documents.form import compose_form
from ncs_desktop.documents.write_docx import write_docx
from ncs_desktop.documents.write_pdf import write_pdf

FORM = form()


def median_ms(action, runs=9):
    action()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def pdf_of(filled):
    return write_pdf([compose_form(FORM, filled, draft=False, control_code="A1-0000-0000-r1")])


def docx_of(filled):
    return write_docx(compose_form(FORM, filled, draft=False, control_code="A1-0000-0000-r1"))


def office_ms(folder, docx, runs=5):
    """Whole conversions by LibreOffice, profile warm: what a program that calls it waits for."""
    source = folder / "phieu.docx"
    source.write_bytes(docx)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
               "--convert-to", "pdf", "--outdir", str(folder), str(source)]  # fmt: skip
    return median_ms(lambda: subprocess.run(command, check=True, capture_output=True), runs)


def against_office():
    with tempfile.TemporaryDirectory() as name:
        for paragraphs in (2, 20):
            filled = proposal(paragraphs)
            pages = pdf_of(filled).pages[0]
            ours = median_ms(lambda filled=filled: pdf_of(filled))
            theirs = office_ms(Path(name), docx_of(filled))
            print(f"{pages} pages: PDF {ours:.1f} ms, LibreOffice {theirs:.0f} ms, "
                  f"{theirs / ours:.0f} times")  # fmt: skip


def against_docxtpl():
    from docxtpl import DocxTemplate

    for paragraphs in (2, 20):
        filled = proposal(paragraphs)
        template = docx_of(filled)

        def render(template=template):
            document = DocxTemplate(io.BytesIO(template))
            document.render({})
            document.save(io.BytesIO())

        ours = median_ms(lambda filled=filled: docx_of(filled))
        theirs = median_ms(render)
        print(f"docx {ours:.1f} ms, docxtpl {theirs:.1f} ms, {ours / theirs:.2f} of it")


def many():
    for count in (100, 1000):
        gc.collect()
        start = time.perf_counter()
        for number in range(count):
            filled = proposal(1, number)
            pdf_of(filled)
            docx_of(filled)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        each = 1000 * (time.perf_counter() - start) / count
        print(f"{count} phiếu to PDF and docx: {each:.1f} ms each, peak {peak} MB")


if __name__ == "__main__":
    many()
    against_docxtpl()
    if "--no-office" not in sys.argv:
        against_office()
