"""Search without diacritics gives back places of the original text."""

import itertools
import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.text import fold
from ncs_desktop.domain.text_search import find_folded

TEXTS = st.text(alphabet=st.sampled_from("aăàẤbđĐyỹ iqu\n.ßﬁ\u0301😀"), max_size=30)


def found(haystack, needle):
    return [haystack[start:end] for start, end in find_folded(haystack, needle)]


def test_case_and_diacritics_do_not_count():
    text = "Nâng cao NĂNG SUẤT, chất lượng; năng  suất lao động"
    assert found(text, "nang suat") == ["NĂNG SUẤT", "năng  suất"]
    assert found(text, "Năng suất") == ["NĂNG SUẤT", "năng  suất"]
    assert found(text, "vàng") == []
    assert found("Đối ứng", "doi") == ["Đối"]


def test_i_and_y_are_one_where_they_are_the_only_vowel():
    assert found("kỹ thuật, kĩ thuật", "ki thuat") == ["kỹ thuật", "kĩ thuật"]
    assert found("máy", "mai") == []


def test_decomposed_letters_are_found_whole():
    text = unicodedata.normalize("NFD", "chất lượng")
    assert found(text, "chất") == [unicodedata.normalize("NFD", "chất")]


def test_an_empty_needle_is_nowhere():
    assert find_folded("abc", "") == find_folded("abc", "  ") == find_folded("", "a") == []


@given(TEXTS, TEXTS)
def test_what_is_found_folds_to_the_needle(haystack, needle):
    places = find_folded(haystack, needle)
    for start, end in places:
        assert 0 <= start < end <= len(haystack)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(places))


@given(TEXTS)
def test_a_word_cut_out_is_found_again(text):
    for word in text.split():
        if fold(word):
            assert find_folded(text, word)


def test_a_long_section_is_searched_quickly():
    text = "đào tạo năng suất chất lượng " * 2000
    start = time.perf_counter()
    assert len(find_folded(text, "nang suat")) == 2000
    assert time.perf_counter() - start < 10
