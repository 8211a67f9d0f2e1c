from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.blocks import (
    STYLES,
    ListItem,
    Paragraph,
    Run,
    Table,
    blocks_from_text,
    blocks_from_value,
    is_blank,
    marker_level,
    plain_text,
    value_from_blocks,
)
from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.json_tree import FrozenDict, freeze

EXTRA = st.dictionaries(st.sampled_from(["x-note", "colour"]), st.integers(), max_size=1).map(
    FrozenDict
)
LINES = st.text(st.characters(exclude_characters="\n"), max_size=12)
RUNS = st.lists(
    st.builds(Run, LINES, **{style: st.booleans() for style in STYLES}, extra=EXTRA), max_size=3
).map(tuple)
PARAGRAPHS = st.builds(Paragraph, RUNS, EXTRA)
ITEMS = st.builds(ListItem, RUNS, st.sampled_from(["-", "+", "1.", "a)", "•"]), st.integers(1, 9))
CELLS = st.lists(PARAGRAPHS | ITEMS, max_size=2).map(tuple)
ROWS = st.lists(st.lists(CELLS, max_size=3).map(tuple), max_size=3).map(tuple)
BLOCKS = st.lists(PARAGRAPHS | ITEMS | st.builds(Table, ROWS, st.integers(0, 2)), max_size=5).map(
    tuple
)


def test_markers_of_a_plain_string_make_list_items():
    assert blocks_from_text("Mở đầu\n- một\n+ hai\n12. ba\nđ) bốn\n\n-không\n1234. không") == (
        Paragraph((Run("Mở đầu"),)),
        ListItem((Run("một"),), "-", 1),
        ListItem((Run("hai"),), "+", 2),
        ListItem((Run("ba"),), "12.", 1),
        ListItem((Run("bốn"),), "đ)", 1),
        Paragraph(),
        Paragraph((Run("-không"),)),
        Paragraph((Run("1234. không"),)),
    )
    assert (blocks_from_text(""), blocks_from_value(None)) == ((), ())
    assert (marker_level("+"), marker_level("-")) == (2, 1)


@given(st.text())
def test_a_plain_string_is_written_back_as_it_was(text):
    assert plain_text(blocks_from_text(text)) == text
    assert value_from_blocks(blocks_from_text(text)) == text


@given(BLOCKS)
def test_blocks_survive_json(blocks):
    value = value_from_blocks(blocks)
    assert freeze(value) == value
    if any(run.extra for block in blocks for run in getattr(block, "runs", ())):
        assert not isinstance(value, str)
    again = blocks_from_value(value)
    assert again == blocks
    assert plain_text(again) == plain_text(blocks)


def test_styles_and_unknown_keys_are_kept():
    value = freeze(
        [
            {"type": "paragraph", "runs": [{"text": "m", "bold": True}, {"text": "2", "x": 1}]},
            {"type": "list_item", "level": 3, "marker": "•", "runs": [], "y": "z"},
            {"type": "table", "header_rows": 1, "rows": [["TT", [{"type": "paragraph"}]]]},
        ]
    )
    blocks = blocks_from_value(value)
    assert blocks[0].runs[0].bold
    assert not blocks[0].runs[0].plain
    assert blocks[1].extra == {"y": "z"}
    assert blocks[2].columns == 2
    written = value_from_blocks(blocks)
    assert written[0] == value[0]
    assert written[1] == value[1]
    assert blocks_from_value(written) == blocks


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (5, "urgency"),
        ({"type": "paragraph"}, "urgency"),
        (["x"], "urgency[0]"),
        ([{"type": "picture"}], "urgency[0].type"),
        ([{"type": "paragraph", "runs": "x"}], "urgency[0].runs"),
        ([{"type": "paragraph", "runs": ["x"]}], "urgency[0].runs[0]"),
        ([{"type": "paragraph", "runs": [{"text": 1}]}], "urgency[0].runs[0].text"),
        ([{"type": "paragraph", "runs": [{"bold": "x"}]}], "urgency[0].runs[0].bold"),
        ([{"type": "list_item", "level": 0}], "urgency[0].level"),
        ([{"type": "list_item", "level": True}], "urgency[0].level"),
        ([{"type": "list_item", "marker": 1}], "urgency[0].marker"),
        ([{"type": "table", "rows": 1}], "urgency[0].rows"),
        ([{"type": "table", "rows": ["x"]}], "urgency[0].rows[0]"),
        ([{"type": "table", "rows": [[1]]}], "urgency[0].rows[0][0]"),
        ([{"type": "table", "header_rows": -1}], "urgency[0].header_rows"),
    ],
)
def test_a_wrong_type_names_its_place(value, key):
    with pytest.raises(InputProblem) as caught:
        blocks_from_value(value, "urgency")
    assert caught.value.code == "proposal.wrong_type"
    assert caught.value.params["key"] == key


def test_plain_text_of_a_table():
    table = Table(((blocks_from_text("a\nb"), blocks_from_text("c")),), 1)
    assert plain_text([Paragraph((Run("x"),)), table]) == "x\na b\tc"


@pytest.mark.parametrize(
    ("text", "blank"), [("", True), (" \n\t", True), ("- \n+ ", True), ("- x", False), ("…", False)]
)
def test_is_blank(text, blank):
    assert is_blank(blocks_from_text(text)) is blank
    assert is_blank([Table(((blocks_from_text(text),),))]) is blank
