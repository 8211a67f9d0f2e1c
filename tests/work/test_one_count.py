"""What stands against a phiếu is the same in the window, the workbook and the list of contents."""

import io
from dataclasses import replace
from datetime import datetime

from pypdf import PdfReader

from ncs_desktop.catalog import Messages
from ncs_desktop.domain.call import VIETNAM, shown_moment
from ncs_desktop.domain.desk import Channel, Decision, Order
from ncs_desktop.domain.findings import Severity
from ncs_desktop.exchange.bundle import CONTENTS_NAME, read_bundle
from ncs_desktop.ui.collect.cell_texts import ALIKE, CellTexts
from ncs_desktop.ui.collect.data import Lines, Words
from ncs_desktop.ui.collect.detail import load_detail
from ncs_desktop.ui.collect.received_dialog import moment_text
from ncs_desktop.work import desk as desk_work
from ncs_desktop.work.bundling import make_bundle
from ncs_desktop.work.collected_files import import_report
from ncs_desktop.work.desk_import import bring_in
from ncs_desktop.work.desk_papers import export_dossier, order_lines
from ncs_desktop.work.desk_report import desk_collection
from tests.factories import NOW
from tests.work.test_collect import put, task
from tests.work.test_desk import ACT, CALL, SENDER, catalog, store  # noqa: F401


def mixed(catalog, store, folder):  # noqa: F811
    """Seat a bundle of a sender, a phiếu with several errors of one rule, a line of the desk."""
    made = make_bundle(catalog, [task(1)], CALL, SENDER, [], now=NOW, allow_errors="thử")
    bare = task(2, urgency="", effects="", objectives="", contact={"name": "", "phone": ""})
    files = [put(folder, "a.zip", made.content), put(folder, "b.json", bare)]
    files.append(put(folder, "c.json", task(3)))
    list(bring_in(catalog, store, files, CALL, ACT))
    line = {"lead_organization": "Viện Năng suất"}
    desk_work.write_line(store, catalog, CALL, task(3).id, line, act=ACT)
    desk_work.write_line(store, catalog, CALL, task(1).id, line, act=ACT)


def test_window_workbook_and_dossier_have_one_set_of_points(catalog, store, tmp_path):  # noqa: F811
    mixed(catalog, store, tmp_path)
    entries, messages = store.desk.entries(CALL), Messages.load()
    shown = [load_detail(store.path, catalog, entry, (), ACT) for entry in entries]
    collection = desk_collection(store, catalog, CALL, Order.DEPARTMENT, ACT.at)
    told = import_report(collection, catalog, messages)
    for rank, (entry, detail) in enumerate(zip(entries, shown, strict=True), 1):
        window = [(one.code, messages.finding_at_desk(one)) for one in detail.findings]
        workbook = [(line.code, line.message) for line in told.findings if line.rank == rank]
        assert [code for code, _ in workbook] == [code for code, _ in window]
        for (_, said), (_, also) in zip(workbook, window, strict=True):
            assert said.startswith(also)
        assert told.proposals[rank - 1].errors == entry.points.errors
        assert told.proposals[rank - 1].warnings == entry.points.warnings
        assert told.inputs[rank - 1].findings == entry.points.count + entry.points.accepted
    errors = [
        messages.finding(one)
        for detail in shown
        for one in detail.findings
        if one.severity is Severity.ERROR and one.waived is None
    ]
    assert len(errors) == sum(entry.points.errors for entry in entries)
    codes = [one.code for one in shown[1].findings if one.severity is Severity.ERROR]
    assert len(codes) > len(set(codes))
    path, act = tmp_path / "ra" / "x.zip", replace(ACT, why="Bộ cần gấp")
    export_dossier(store, catalog, CALL, path, act, sender=SENDER)
    sheet = read_bundle(path.read_bytes(), "x.zip").files[CONTENTS_NAME]
    printed = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages)
    printed = "".join(printed.split())
    assert f"Sốđiểmchưađạt,kêdướiđây:{len(errors)}" in printed
    for error in errors:
        assert "".join(error.split()) in printed


def test_window_and_workbook_have_one_word_and_one_form_of_time(catalog, store, tmp_path):  # noqa: F811
    files = [put(tmp_path, f"{number}.json", task(number)) for number in (1, 2)]
    list(bring_in(catalog, store, files, CALL, ACT))
    at = datetime(2025, 8, 8, 9, 0, tzinfo=VIETNAM)
    store.desk.set_received(CALL, task(1).id, at, Channel.PAPER, ACT)
    pair = task(1).id, task(2).id
    desk_work.decide(store.desk, CALL, pair, Decision.REPLACED, ACT)
    texts = CellTexts(Order.DEPARTMENT, Lines(), Words())
    [entry, _other] = store.desk.entries(CALL)
    [line, _next] = order_lines(store.desk, catalog, CALL)
    assert texts.received(entry).startswith(f"{line.received} · ")
    assert line.received == moment_text(at) == shown_moment(at) == "09:00 08/08/2025"
    assert line.status.lower() == texts.text(entry, 0, ALIKE)
