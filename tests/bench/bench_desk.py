"""Filter, totals, ranking and loading of a desk of 10,000 and 100,000 proposals.

Run by hand: ``python -m tests.bench.bench_desk``. Prints milliseconds; the filter must stay below
16 ms at the 99th percentile.
"""

from __future__ import annotations

import random
import tempfile
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from ncs_desktop.domain.desk import (
    Act,
    DeskEntry,
    Order,
    check_matrix,
    ranks,
    totals,
)
from ncs_desktop.domain.finder import Finder
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.domain.text import fold
from ncs_desktop.store.store import Store
from tests.factories import NOW, make_proposal
from tests.store.test_desk import admission, check

CALL = "an-giang-2026"
TITLE = "xây dựng mô hình điểm năng suất chất lượng đào tạo chuyên gia lúa gạo thủy sản"
WORDS = tuple(word for word in TITLE.split(" ") if word)
TYPED = ("năng suất lúa", "dao tao", "thuy san 77", "mô hình điểm", "x", "cong ty 12")


def entries(count: int) -> list[DeskEntry]:
    """Make ``count`` entries with titles of ten words."""
    chooser = random.Random(1322)
    made = []
    for number in range(count):
        title = f"{' '.join(chooser.choices(WORDS, k=10))} {number}"
        made.append(
            DeskEntry(
                str(number),
                CALL,
                title,
                budget=Budget(3, 2, 1),
                search=fold(f"{title}\ncông ty {number % 977}"),
            )
        )
    return made


def milliseconds(work) -> float:
    """Return the processor time of ``work``, so that other programs do not count."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def measure(count: int) -> None:
    tracemalloc.start()
    made = entries(count)
    held = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    finder = Finder(made)
    typed = [
        milliseconds(lambda part=text[:end]: finder.find(part))
        for _ in range(5)
        for text in TYPED
        for end in range(1, len(text) + 1)
    ]
    typed.sort()
    ranked = milliseconds(lambda: ranks(made))
    added, crossed = milliseconds(lambda: totals(made)), milliseconds(lambda: check_matrix(made))
    print(
        f"{count:>7}: {held:6.1f} MB, filter median {typed[len(typed) // 2]:.1f}"
        f" p99 {typed[int(len(typed) * 0.99)]:.1f} ms, totals {added:.1f} ms,"
        f" ranks {ranked:.1f} ms, matrix {crossed:.1f} ms"
    )


def measure_store(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "ncs.sqlite") as store:
        proposal, act = make_proposal(), Act("A", NOW)
        start = time.perf_counter()
        for number in range(1, count + 1):
            one = replace(proposal, id=str(UUID(int=number))).with_value(
                "title", f"Nhiệm vụ {number}"
            )
            store.desk.admit(admission(one), act, check)
        each = (time.perf_counter() - start) * 1000 / count
        listed = milliseconds(lambda: store.desk.entries(CALL))
        ids = [str(UUID(int=number)) for number in range(1, count + 1)]
        place = milliseconds(lambda: store.desk.place(CALL, ids[-1], Order.DEPARTMENT, ids[0], act))
        print(
            f"store {count}: admit {each:.1f} ms each, list {listed:.0f} ms, place {place:.1f} ms"
        )


if __name__ == "__main__":
    for size in (10_000, 100_000):
        measure(size)
    measure_store(1000)
