"""A phiếu made from an older one takes over nothing that belongs to the old one alone."""

from dataclasses import replace

from ncs_desktop.catalog import Catalog
from ncs_desktop.domain.json_tree import FrozenDict
from ncs_desktop.domain.table_line import is_short_text, line_fields
from ncs_desktop.work.drafts import copy_proposal
from tests.factories import make_proposal

SHORT = {
    "summary_objectives": "Xây dựng 02 mô hình điểm",
    "summary_contents": "Khảo sát; đào tạo",
    "summary_note": "Có cam kết của 02 doanh nghiệp",
    "summary_duration": "24 tháng",
}


def test_a_copy_keeps_no_text_written_for_the_table_of_the_old_one():
    catalog = Catalog.load()
    old = make_proposal(lead_organization="Sở Công Thương", task_kind="pilot_model", **SHORT)
    old = replace(old, table_line=FrozenDict({"summary_results": "02 quy trình"}))
    form, call = catalog.form_of(old), catalog.call(old.call)
    assert {field.key for field in line_fields(form)} >= {"summary_objectives", "summary_note"}
    made = copy_proposal(old, form, call, "moi")
    assert [key for key in made.in_table().values if is_short_text(key)] == []
    assert made.text("lead_organization") == "Sở Công Thương"
    assert made.text("task_kind") == "pilot_model"
    assert made.blocks("objectives") == old.blocks("objectives")
