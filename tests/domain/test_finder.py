import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain import finder as finding
from ncs_desktop.domain.desk import DeskEntry
from ncs_desktop.domain.finder import Finder
from ncs_desktop.domain.text import fold

TITLES = ["Hòa", "hoà", "kỹ", "kĩ", "năng", "suất", "đường", "Đ", "lúa"]
TYPED = ["hoa", "ki", "na", "nang", "d", "lua", "sua"]
WORDS = st.lists(st.sampled_from(TITLES), max_size=6)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(finding, "_PART", 3)


def entries_of(titles):
    return [DeskEntry(title, "call", title, search=fold(title)) for title in titles]


def plain_search(entries, text):
    wanted = fold(text).split()
    return [
        place for place, one in enumerate(entries) if all(word in one.search for word in wanted)
    ]


@given(st.lists(WORDS, max_size=10), st.lists(st.sampled_from(TYPED)))
def test_typing_on_finds_what_a_fresh_search_finds(titles, typed):
    entries = entries_of(map(" ".join, titles))
    finder = Finder(entries)
    text = ""
    for letter in " ".join(typed):
        text += letter
        assert list(finder.find(text)) == plain_search(entries, text)
    while text:
        text = text[:-1]
        assert list(finder.find(text)) == plain_search(entries, text)
    assert list(finder.find("")) == list(range(len(entries)))


@given(
    st.lists(WORDS, max_size=12),
    st.lists(st.tuples(st.sampled_from(TYPED), st.integers(0, 5)), max_size=8),
)
def test_a_search_left_anywhere_changes_no_later_one(titles, left):
    entries = entries_of(map(" ".join, titles))
    finder = Finder(entries)
    for text, parts in left:
        for _part in zip(range(parts), finder.search(text), strict=False):
            pass
    for text in TYPED:
        assert list(finder.find(text)) == plain_search(entries, text)


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_entries_are_found_where_they_were_moved(titles, data):
    entries = entries_of(map(" ".join, titles))
    finder = Finder(entries)
    places = st.integers(0, len(entries) - 1)
    for start, end in data.draw(st.lists(st.tuples(places, places), max_size=5)):
        text = data.draw(st.sampled_from(TYPED))
        assert list(finder.find(text)) == plain_search(entries, text)
        entries.insert(end, entries.pop(start))
        finder.move(start, end)
        assert list(finder.find(text)) == plain_search(entries, text)


def test_a_long_table_is_looked_through_in_parts():
    finder = Finder(entries_of(f"lúa {number}" for number in range(10)))
    assert len(list(finder.search("lua"))) == 4
    assert list(finder.search("LÚA")) == []
    assert list(finder.find("lúa 7")) == [7]
