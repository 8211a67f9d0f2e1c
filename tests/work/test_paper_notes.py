"""Notes beside the papers: said in the words of the form."""

from ncs_desktop.catalog import Catalog, Messages
from ncs_desktop.domain.summary import build_summary
from ncs_desktop.work.paper_notes import condensed_notes
from tests.factories import make_proposal


def test_a_shortened_text_names_the_field_for_a_short_one():
    catalog = Catalog.load()
    proposal = make_proposal(contents="Khảo sát doanh nghiệp. " * 200, summary_contents="")
    form = catalog.form_of(proposal)
    table = build_summary([proposal], catalog.call("an-giang-2026"), form)
    (note,) = condensed_notes(table, catalog.summary_layout(), [form])
    text = Messages.load().text(note.message, **note.params)
    assert "«Nội dung chính (bản gọn cho bảng tổng hợp)»" in text
    assert "summary_" not in text
