from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.text import clean_text, fold, nfc, slug, without_marks, words

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
VIETNAMESE = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxy àáảãạằắẳẵặềếểễệỷỹỵ.,-ĐĂÂƠƯ"))


@pytest.mark.parametrize(
    ("raw", "clean", "dropped"),
    [
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt", 0),
        ("a\r\nb\rc\u2028d\u2029e\x0bf\x0cg\x85h", "a\nb\nc\nd\ne\nf\ng\nh", 0),
        ("a\x00b\x07c\x1fd\x7fe\x9ff", "abcdef", 5),
        ("\ud800lẻ\udfff", "lẻ", 2),
        ("\ufffe\uffff\ufdd0\U0001ffff\U0010fffe", "", 5),
        ("giữ\tcột, 5\u00a0000 và 😀🇻🇳 mềm\u00ad", "giữ\tcột, 5\u00a0000 và 😀🇻🇳 mềm\u00ad", 0),
        ("Tổng\u200b 100\u202e000\u202c và\ufeff \u2066xa\u2069\u2060", "Tổng 100000 và xa", 7),
        ("", "", 0),
    ],
)  # fmt: skip
def test_clean_text(raw, clean, dropped):
    cleaned = clean_text(raw)
    assert (cleaned.text, cleaned.dropped) == (clean, dropped)


@given(ANY_TEXT)
def test_clean_text_is_legal_everywhere_and_stable(text):
    cleaned = clean_text(text).text
    assert clean_text(cleaned).text == cleaned
    assert clean_text(cleaned).dropped == 0
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(
        unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in cleaned
    )
    cleaned.encode("utf-8")


@given(ANY_TEXT, st.lists(st.tuples(st.integers(0, 200), st.sampled_from("\0\x1b\ufffe\udc80"))))
def test_clean_text_drops_only_what_it_counts(text, noise):
    clean = clean_text(text).text
    noisy = clean
    for place, letter in noise:
        noisy = noisy[:place] + letter + noisy[place:]
    assert clean_text(noisy).text == clean
    assert clean_text(noisy).dropped == len(noise)


@given(st.text())
def test_nfc_is_the_normal_form(text):
    assert nfc(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hàng hoá", "hàng hóa"),
        ("Hòa Bình", "HOÀ BÌNH"),
        ("Thuý", "Thúy"),
        ("kỹ thuật", "kĩ thuật"),
        ("quý", "quí"),
        ("yêu cầu", "iêu cầu"),
        ("Lý do", "lí do"),
        ("Đồng  Nai\u00a0", "dong nai"),
        ("Ðắk Lắk", "đắk lắk"),
        ("Uỷ ban", "Ủy ban"),
        (unicodedata.normalize("NFD", "Nghệ An"), "nghe an"),
    ],
)
def test_fold_makes_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("tai", "tay"), ("thúi", "thúy"), ("chai", "chạy")])
def test_fold_keeps_different_words_apart(one, other):
    assert fold(one) != fold(other)


@given(VIETNAMESE)
def test_fold_is_stable_and_ascii(text):
    assert fold(fold(text)) == fold(text)
    assert fold(text).isascii()
    assert fold(text.upper()) == fold(unicodedata.normalize("NFD", text))


def test_words():
    assert words("Hỗ trợ ISO 9001:2015 (Lean), đợt 2026.") == [
        "ho", "tro", "iso", "9001", "2015", "lean", "dot", "2026",
    ]  # fmt: skip


def test_without_marks_keeps_case():
    assert without_marks("Đề XUẤT") == "De XUAT"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Xây dựng mô hình điểm", "xay-dung-mo-hinh-diem"),
        ("Kỹ năng / 5S: Lean?", "ky-nang-5s-lean"),
        ("", "phieu"),
        ("…///", "phieu"),
        ("CON", "phieu-con"),
        ("lpt1", "phieu-lpt1"),
        ("Từ " * 40, "-".join(["tu"] * 20)),
        ("a" * 80, "a" * 60),
    ],
)
def test_slug(text, name):
    assert slug(text) == name


@given(ANY_TEXT, st.integers(min_value=8, max_value=80))
def test_slug_is_a_file_name_anywhere(text, limit):
    name = slug(text, limit)
    assert 0 < len(name) <= limit
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name not in ("con", "prn", "aux", "nul", "com1", "lpt9")
    assert slug(name, limit) == name
