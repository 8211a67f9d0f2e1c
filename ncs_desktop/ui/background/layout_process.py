"""What runs inside the warm layout process: a phiếu comes in, the finished PDF goes out.

Imports no Qt, so that the process starts fast and stays small.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from multiprocessing.connection import Connection

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.errors import EnvironmentProblem, NcsError
from ncs_desktop.domain.proposal import Proposal
from ncs_desktop.work.prepare import form_pdf


@dataclass(frozen=True, slots=True)
class Layout:
    """A laid-out phiếu: the PDF, its number of pages and where each field stands.

    ``anchors`` holds (key of the field or section, page from 0, distance from the top in mm).
    """

    content: bytes
    pages: int
    anchors: tuple[tuple[str, int, float], ...]


def serve(requests: Connection, answers: Connection) -> None:
    """Answer requests until the window closes its end of the pipe."""
    catalog = Catalog.load()
    while True:
        try:
            proposal, draft = requests.recv()
        except EOFError:
            return
        answers.send(_answer(catalog, proposal, draft))


def _answer(catalog: Catalog, proposal: Proposal, draft: bool) -> Layout | NcsError:
    try:
        return lay_out(catalog, proposal, draft=draft)
    except NcsError as problem:
        return problem
    except Exception:
        logging.getLogger(__name__).error("layout failed", exc_info=True)
        return EnvironmentProblem("ui.preview_failed")


def lay_out(catalog: Catalog, proposal: Proposal, *, draft: bool) -> Layout:
    """Lay ``proposal`` out exactly as it will be printed."""
    pdf = form_pdf(catalog, proposal, draft=draft)
    anchors = tuple((anchor.key, anchor.page_index, anchor.top_mm) for anchor in pdf.anchors)
    return Layout(pdf.content, sum(pdf.pages), anchors)
