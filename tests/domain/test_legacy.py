from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.legacy import convert_by_font, from_tcvn3, from_vni, looks_legacy

TCVN3_BYTES = """
A1=Ă A2=Â A3=Ê A4=Ô A5=Ơ A6=Ư A7=Đ A8=ă A9=â AA=ê AB=ô AC=ơ AD=ư AE=đ
B5=à B8=á B6=ả B7=ã B9=ạ BB=ằ BE=ắ BC=ẳ BD=ẵ C6=ặ C7=ầ CA=ấ C8=ẩ C9=ẫ CB=ậ
CC=è D0=é CE=ẻ CF=ẽ D1=ẹ D2=ề D5=ế D3=ể D4=ễ D6=ệ D7=ì DD=í D8=ỉ DC=ĩ DE=ị
DF=ò E3=ó E1=ỏ E2=õ E4=ọ E5=ồ E8=ố E6=ổ E7=ỗ E9=ộ EA=ờ ED=ớ EB=ở EC=ỡ EE=ợ
EF=ù F3=ú F1=ủ F2=ũ F4=ụ F5=ừ F8=ứ F6=ử F7=ữ F9=ự FA=ỳ FD=ý FB=ỷ FC=ỹ FE=ỵ
"""
TCVN3 = {
    bytes.fromhex(code).decode("latin-1"): letter
    for code, letter in (entry.split("=") for entry in TCVN3_BYTES.split())
}
UNICODE_TO_TCVN3 = {letter: code for code, letter in TCVN3.items()}
SENTENCE = "Trường Đại học Nam Định đề nghị hỗ trợ doanh nghiệp áp dụng hệ thống quản lý"
VNI_SENTENCE = (
    "Tröôøng Ñaïi hoïc Nam Ñònh ñeà nghò hoã trôï doanh nghieäp aùp duïng heä thoáng quaûn lyù"
)


def in_tcvn3(text):
    return "".join(UNICODE_TO_TCVN3.get(letter, letter) for letter in text)


def test_the_whole_tcvn3_table():
    assert len(TCVN3) == 74
    assert {code: from_tcvn3(code) for code in TCVN3} == TCVN3


@given(st.text(st.sampled_from([*UNICODE_TO_TCVN3, *"abc ABC 123,."])))
def test_tcvn3_round_trip(text):
    assert from_tcvn3(in_tcvn3(text)) == text


def test_tcvn3_capital_fonts():
    assert convert_by_font(in_tcvn3("đề xuất"), ".VnTimeH") == "ĐỀ XUẤT"
    assert convert_by_font(in_tcvn3("đề xuất"), ".VnTime") == "đề xuất"


@pytest.mark.parametrize(
    ("vni", "text"),
    [
        ("oâ ô ôù oä OÄ Ô ÔÙ", "ô ơ ớ ộ Ộ Ơ Ớ"),
        ("aú AÚ aü aë aå î Î", "ẳ Ẳ ẵ ặ ẩ ỵ Ỵ"),
        ("í ì æ ó ò Í Ì Æ Ó Ò", "í ì ỉ ĩ ị Í Ì Ỉ Ĩ Ị"),
        ("ñöôïc ÑÖÔÏC", "được ĐƯỢC"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (VNI_SENTENCE, SENTENCE),
    ],
)
def test_vni(vni, text):
    assert from_vni(vni) == text


def test_a_run_in_any_other_font_stays_as_it_is():
    assert convert_by_font("Größe, café, mañana", "Times New Roman") == "Größe, café, mañana"
    assert convert_by_font(VNI_SENTENCE, "VNI-Times") == SENTENCE
    assert convert_by_font(VNI_SENTENCE, "Vninfo") == VNI_SENTENCE


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        (in_tcvn3(SENTENCE), "tcvn3"),
        (VNI_SENTENCE, "vni"),
        (SENTENCE, None),
        ("Có bà mẹ là cô giáo; có hai tá cá", None),
        ("Xin cám ơn các bà", None),
        ("L'été où la forêt était déjà là, naïve et sûre", None),
        ("Größe über alles, schön für Mädchen", None),
        ("El niño y la mañana del señor", None),
        ("plain ASCII text", None),
        ("5 µm · 20 °C ± 3 § 4 ©", None),
        ("", None),
    ],
)
def test_looks_legacy(text, guess):
    assert looks_legacy(text) == guess
