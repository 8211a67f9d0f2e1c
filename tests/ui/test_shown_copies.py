"""Copies made to be looked at: one folder, emptied, and never in each other's way."""

import pytest

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.ui.shown_copies import ShownCopies


def test_copies_of_one_name_stand_side_by_side_and_all_go(tmp_path):
    kept = tmp_path / "ncs.sqlite"
    kept.write_bytes(b"x")
    copies = ShownCopies(tmp_path / "shown")
    copies.empty()
    made = [copies.write("thư/Phiếu đề xuất.docx", content) for content in (b"1", b"2")]
    assert [path.name for path in made] == ["Phiếu đề xuất.docx"] * 2
    assert [path.read_bytes() for path in made] == [b"1", b"2"]
    ShownCopies(tmp_path / "shown").empty()
    assert list(tmp_path.iterdir()) == [kept]


def test_where_no_copy_can_be_made_it_is_a_sentence(tmp_path):
    (tmp_path / "shown").write_bytes(b"")
    with pytest.raises(EnvironmentProblem):
        ShownCopies(tmp_path / "shown").write("a.docx", b"1")
