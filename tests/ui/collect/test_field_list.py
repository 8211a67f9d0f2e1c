"""The list of what was read out of a Word file: signs and remarks follow what is corrected."""

from PySide6.QtWidgets import QListWidget

from ncs_desktop.ui.collect.field_list import FieldList
from ncs_desktop.ui.collect.jobs import ReadText, SourceReading
from ncs_desktop.ui.collect.review_draft import Draft
from tests.factories import make_proposal

AMOUNTS = ("budget.total", "budget.state_budget", "budget.counterpart")
DOUBT = "Tổng kinh phí khác tổng của hai nguồn."


def shown(fields: QListWidget, form, key):
    (text,) = (fields.item(row).text() for row in range(fields.count()) if fields.key(row) == key)
    return text


def test_once_the_amounts_agree_no_doubt_about_their_sum_is_left(qtbot, catalog):
    read = make_proposal()
    for key, amount in zip(AMOUNTS, (3_725_000_000, 2_745_000_000, 930_000_000), strict=True):
        read = read.with_value(key, amount)
    form = catalog.form_of(read)
    doubts = tuple(ReadText(key, key, "", 0.5, DOUBT, "") for key in AMOUNTS)
    fields = FieldList(form, SourceReading("a.docx", read, "chữ", doubts, ()))
    qtbot.addWidget(fields)
    fields.show_draft(Draft(read))
    assert all(DOUBT in shown(fields, form, key) for key in AMOUNTS)
    counterpart = form.find("budget.counterpart")
    for amount, left in ((940_000_000, True), (980_000_000, False)):
        changed = Draft(read.with_value("budget.counterpart", amount))
        fields.renew(counterpart, changed)
        assert (DOUBT in shown(fields, form, "budget.state_budget")) == left
        assert shown(fields, form, "budget.total").startswith("▲" if left else "✓")
        assert shown(fields, form, "budget.counterpart").startswith("✎")
