from __future__ import annotations

import json
import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.json_tree import EMPTY, FrozenDict, canonical, freeze, map_strings

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def thawed(value):
    if isinstance(value, FrozenDict):
        return {key: thawed(item) for key, item in value.items()}
    return [thawed(item) for item in value] if isinstance(value, tuple) else value


@given(VALUES)
def test_freezing_changes_nothing_but_the_types(value):
    frozen = freeze(value)
    assert thawed(frozen) == value
    assert freeze(frozen) == frozen
    assert hash(frozen) == hash(freeze(value))
    assert pickle.loads(pickle.dumps(frozen)) == frozen


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.update(a=1),
        lambda tree: tree.pop("a"),
        lambda tree: tree.clear(),
        lambda tree: tree.setdefault("b", 1),
        lambda tree: tree.popitem(),
        lambda tree: tree.__setitem__("a", 2),
        lambda tree: tree.__delitem__("a"),
        lambda tree: tree.__ior__({"a": 2}),
    ],
)
def test_a_frozen_object_cannot_be_changed(change):
    tree = FrozenDict({"a": 1})
    with pytest.raises(TypeError, match="frozen"):
        change(tree)
    assert tree == {"a": 1}


def test_with_items_lays_changes_over():
    tree = FrozenDict({"a": 1, "b": 2}).with_items({"b": [1, {"c": 2}]})
    assert tree == {"a": 1, "b": (1, {"c": 2})}
    assert isinstance(tree["b"][1], FrozenDict)
    assert EMPTY == {}


def test_map_strings_reaches_keys_and_values():
    assert map_strings({"a": ["b", 1, None, {"c": "d"}]}, str.upper) == {
        "A": ["B", 1, None, {"C": "D"}]
    }


@given(VALUES)
def test_canonical_does_not_depend_on_order_or_normal_form(value):
    content = canonical(value)
    assert canonical(freeze(value)) == content
    if isinstance(value, dict):
        assert canonical(dict(reversed(value.items()))) == content
    as_read = json.loads(content.decode("utf-8"))
    assert canonical(as_read) == content


def test_canonical_is_nfc_sorted_and_without_spaces():
    nfd = unicodedata.normalize("NFD", "Đề")
    assert canonical({"b": nfd, "a": [1, None]}) == '{"a":[1,null],"b":"Đề"}'.encode()


def test_canonical_refuses_what_json_has_not():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(float("nan"))
