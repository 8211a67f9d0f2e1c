"""An amount that cannot be read is said in the officer's list, and no sum makes one up."""

import pytest
from PySide6.QtCore import Qt

from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.proposal import Budget
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.cell_texts import COUNTERPART, STATE, TOTAL
from tests.ui.collect.test_officer_day import take_in
from tests.work.test_collect import task

BILLION = 10**9
COLUMNS = {"total": TOTAL, "state_budget": STATE, "counterpart": COUNTERPART}


def unclear(number, missing):
    amounts = {"total": 3 * BILLION, "state_budget": 2 * BILLION, "counterpart": BILLION}
    del amounts[missing]
    return task(number, budget=FrozenDict({**amounts, f"{missing}_unread": "4000"}))


@pytest.mark.parametrize("missing", list(COLUMNS))
def test_it_is_marked_and_not_computed(qtbot, page, tmp_path, missing):
    whole = {"total": 3 * BILLION, "state_budget": 2 * BILLION, "counterpart": BILLION}
    follows = {"total": 3 * BILLION, "state_budget": 2 * BILLION}
    phieu = [
        unclear(1, missing),
        task(2, budget=FrozenDict(whole)),
        task(3, budget=FrozenDict(follows)),
    ]
    take_in(qtbot, page, tmp_path, {f"{n}.json": one for n, one in enumerate(phieu)})
    row = page.model.row_of(phieu[0].id)
    entry, index = page.model.entry(row), page.model.index(row, COLUMNS[missing])
    assert entry.budget.unread == {missing}
    assert index.data() == "chưa rõ"
    assert index.data(Qt.ItemDataRole.ForegroundRole).name() == theme.current().warning
    assert "chưa rõ là bao nhiêu tiền" in index.data(Qt.ItemDataRole.ToolTipRole)
    for other in (1, 2):
        found = page.model.entry(page.model.row_of(phieu[other].id)).budget
        assert found == Budget(3 * BILLION, 2 * BILLION, BILLION)
    totals = page.desk.data.totals
    assert getattr(totals.budget, missing) == 2 * whole[missing]
    assert totals.incomplete == 1
