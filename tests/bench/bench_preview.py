"""How long after the last key the preview shows what was typed, in a phiếu of twelve pages.

Run by hand: ``python -m tests.bench.bench_preview [--bursts 30]``. Each burst types a few letters
at a person's pace into a section in view of the preview; the time runs from the last key to the
moment the page where the section stands is rendered anew. The parts tell where the time goes:
until the layout is asked for, until it is back, until the page is rendered.
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtPdf import QPdfPageRenderer
from PySide6.QtWidgets import QApplication, QWidget

from ncs_desktop.domain.call import VIETNAM
from ncs_desktop.ui.background.layout import LayoutWorker
from ncs_desktop.ui.background.threads import Background, StoreWorker
from ncs_desktop.ui.immortal import keep_singletons_alive
from ncs_desktop.ui.main_window import MainWindow
from ncs_desktop.ui.proposals.desk import Opened
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.theme import Theme
from tests.bench.bench_typing import KEY_EVERY_MS, press, pump
from tests.bench.phieu import proposal

PARAGRAPHS = 20
KEYS = 6
LIMITS = {"median": 200.0, "max": 300.0}
FIELDS = ("objectives", "contents", "title")


class Watch:
    """The moments of one burst: asked, laid out, rendered."""

    def __init__(self, editor):
        self.asked = self.laid_out = self.rendered = 0.0
        self._ask = editor.preview._worker.request
        editor.preview._worker.request = self._on_ask
        editor.preview._worker.laid_out.connect(self._on_laid_out)
        self.renderer = editor.preview._view.findChild(QPdfPageRenderer)
        self.renderer.pageRendered.connect(self._on_rendered)
        self.number = 0

    def _on_ask(self, *args, **keywords):
        self.asked = time.perf_counter()
        self.rendered = 0.0
        self.number = self._ask(*args, **keywords)
        return self.number

    def _on_laid_out(self, number, _layout):
        if number == self.number:
            self.laid_out, self.rendered = time.perf_counter(), 0.0

    def _on_rendered(self, _page, size, *_):
        page = size.width() > 1  # no mark of where the old pages end
        if page and self.laid_out > self.asked and not self.rendered:
            self.rendered = time.perf_counter()

    @property
    def done(self):
        return self.rendered > self.laid_out > self.asked


def burst(app, target, watch, number):
    """Type a word; return the times in ms from the last key: asked, laid out, rendered."""
    for step in range(KEYS):
        press(target, "xuyên "[(number + step) % KEYS])
        end = time.perf_counter() + KEY_EVERY_MS / 1000
        if step < KEYS - 1:
            while time.perf_counter() < end:
                app.processEvents()
    last = time.perf_counter()
    watch.rendered = 0.0
    pump(app, lambda: watch.done and watch.asked > last, 5)
    return [(at - last) * 1e3 for at in (watch.asked, watch.laid_out, watch.rendered)]


def open_editor(app, home):
    now = datetime(2025, 8, 5, 9, 0, tzinfo=VIETNAM)
    services = Services(StoreWorker(home / "ncs.sqlite"), Background(), LayoutWorker(), lambda: now)
    window = MainWindow(services, Theme(app))
    ready = []
    window.ready.connect(lambda: ready.append(1))
    window.resize(1280, 800)
    window.show()
    pump(app, lambda: ready)
    window.open_editor(Opened(proposal(PARAGRAPHS)))
    editor = window.editor
    editor.tabs.setCurrentWidget(editor.preview)
    pump(app, lambda: editor.preview.layout_shown is not None)
    return window, editor


def figures(name, times):
    ordered = sorted(times)
    found = {"median": statistics.median(ordered), "max": ordered[-1]}
    print(f"{name:<28}" + "  ".join(f"{key} {value:6.1f} ms" for key, value in found.items()))
    return found


def measure(app, bursts, home):
    window, editor = open_editor(app, home)
    print(f"{editor.preview.page_count} pages")
    watch, all_times = Watch(editor), []
    for key in FIELDS:
        target = editor.findChild(QWidget, f"field:{key}")
        editor.jump_to(key)
        pump(app, lambda: False, 0.5)
        times = [burst(app, target, watch, number) for number in range(bursts)]
        parts = [statistics.median(part) for part in zip(*times, strict=True)]
        figures(key, [rendered for _, _, rendered in times])
        asked, laid, shown = parts[0], parts[1] - parts[0], parts[2] - parts[1]
        print(f"    asked {asked:.1f} + laid out {laid:.1f} + shown {shown:.1f} ms")
        all_times += [rendered for _, _, rendered in times]
    pump(app, lambda: not editor.session.dirty, 10)
    window.close()
    return figures("all", all_times)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bursts", type=int, default=30)
    options = parser.parse_args()
    keep_singletons_alive()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NCS_DESKTOP_HOME"] = folder
        found = measure(app, options.bursts, Path(folder))
    missed = [name for name, limit in LIMITS.items() if found[name] > limit]
    raise SystemExit(f"over the limit: {', '.join(missed)}" if missed else 0)


if __name__ == "__main__":
    main()
