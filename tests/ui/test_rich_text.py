"""Blocks survive the editor: whatever is shown is given back, unknown keys included."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from ncs_desktop.domain.blocks import (
    ListItem,
    Paragraph,
    Run,
    Table,
    blocks_from_text,
    value_from_blocks,
)
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.ui.widgets.rich_text import fill_document, normal, read_blocks

LETTERS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyấầẩẫậ \n\t-+1.)\u00a0<b>&amp;😀"),
        st.characters(
            blacklist_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), blacklist_characters="\ufffc"
        ),
    ),
    max_size=20,
)
EXTRA = st.one_of(st.just(EMPTY), st.just(FrozenDict({"color": "đỏ", "n": 1})))
RUNS = st.lists(
    st.builds(
        Run,
        LETTERS,
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        EXTRA,
    ),
    max_size=4,
).map(tuple)
MARKERS = st.sampled_from(["-", "+", "1.", "a)", "•", "10.", "", "iv)"])
SIMPLE = st.one_of(
    st.builds(Paragraph, RUNS, EXTRA),
    st.builds(ListItem, RUNS, MARKERS, st.integers(1, 9), EXTRA),
)


def tables(cells):
    rows = st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple)
    return st.builds(Table, rows, st.integers(0, 3), EXTRA)


INNER = st.lists(SIMPLE, max_size=2).map(tuple)
NESTED = st.lists(st.one_of(SIMPLE, tables(INNER)), max_size=2).map(tuple)
BLOCKS = st.lists(st.one_of(SIMPLE, tables(NESTED)), max_size=5).map(tuple)


@settings(max_examples=150, deadline=None)
@given(blocks=BLOCKS)
def test_what_goes_into_the_editor_comes_out(qapp, blocks):
    document = QTextDocument()
    fill_document(document, blocks)
    assert read_blocks(document) == normal(blocks)


@settings(max_examples=50, deadline=None)
@given(text=LETTERS)
def test_plain_text_stays_a_plain_string(qapp, text):
    document = QTextDocument()
    fill_document(document, blocks_from_text(text))
    assert value_from_blocks(read_blocks(document)) == value_from_blocks(
        normal(blocks_from_text(text))
    )


def test_typed_marker_becomes_a_list_item_and_loses_it_again(qapp):
    document = QTextDocument()
    cursor = QTextCursor(document)
    cursor.insertText("- một\n+ hai\n3. ba\nbốn")
    markers = [getattr(block, "marker", None) for block in read_blocks(document)]
    assert markers == ["-", "+", "3.", None]
    cursor.setPosition(0)
    cursor.deleteChar()
    cursor.deleteChar()
    assert read_blocks(document)[0] == Paragraph((Run("một"),))


def test_levels_and_unknown_keys_survive_typing_elsewhere(qapp):
    blocks = (
        ListItem((Run("sâu"),), "-", 3, FrozenDict({"giu": True})),
        Paragraph((Run("nguyên", extra=FrozenDict({"lang": "vi"})),)),
    )
    document = QTextDocument()
    fill_document(document, blocks)
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText(" vẹn")
    item, paragraph = read_blocks(document)
    assert item == blocks[0]
    assert paragraph.runs == (Run("nguyên vẹn", extra=FrozenDict({"lang": "vi"})),)


def test_text_typed_around_a_table_is_kept(qapp):
    document = QTextDocument()
    fill_document(document, (Table((((Paragraph((Run("ô"),)),),),)),))
    cursor = QTextCursor(document)
    cursor.insertText("trước")
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("sau")
    before, table, after = read_blocks(document)
    assert (before.runs[0].text, after.runs[0].text) == ("trước", "sau")
    assert isinstance(table, Table)
