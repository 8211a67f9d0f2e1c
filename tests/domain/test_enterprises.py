"""A line names an enterprise only where its own words agree, however its form is written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ncs_desktop.domain.enterprises import names_enterprise, names_none

RACH_GIA = "Công ty Cổ phần Thực phẩm Rạch Giá"


@pytest.mark.parametrize(
    "text",
    [
        f"Văn bản nhu cầu và cam kết của {RACH_GIA}",
        "Cam kết của Công ty CP Thực phẩm Rạch Giá (bản sao)",
        "Cam kết đối ứng của CTCP thực phẩm Rạch Giá ngày 12/3/2026",
        "VĂN BẢN CAM KẾT CỦA CÔNG TY CỔ PHẦN THỰC PHẨM RẠCH GIÁ NGÀY 12/3",
        "Cam kết của Thực phẩm Rạch Giá",
        "Thực phẩm Rạch Giá: cam kết",
        f"Cam kết của Công ty TNHH An Bình và {RACH_GIA}",
    ],
)
def test_the_same_name_in_other_words(text):
    assert names_enterprise(text, RACH_GIA)
    assert names_enterprise(text, f"{RACH_GIA} (RAGIFOOD)")


@pytest.mark.parametrize(
    "name",
    [
        "Công ty Cổ phần Thủy sản Hậu Giang Xanh",
        "Công ty Cổ phần Thực phẩm Rạch Giá Xanh",
        "Công ty Cổ phần Rạch Giá",
        "Công ty Cổ phần Thực phẩm",
        "Công ty TNHH Thực phẩm Rạch Giá",
        "Tổng công ty Cổ phần Chế biến Thực phẩm Rạch Giá",
        "Công ty Cổ phần",
        "",
    ],
)
def test_another_name_however_alike(name):
    assert not names_enterprise(f"Văn bản nhu cầu và cam kết của {RACH_GIA}", name)


OWN = st.lists(
    st.sampled_from(["Hòn", "Sóc", "Rạch", "Giá", "Xanh", "Thủy", "Lúa", "Việt", "Minh", "Phát"]),
    min_size=1,
    max_size=4,
)
FORM = st.sampled_from(
    [
        ("Công ty Cổ phần", "CTCP"),
        ("Công ty TNHH", "Cty trách nhiệm hữu hạn"),
        ("Hợp tác xã", "HTX"),
        ("Công ty TNHH MTV", "Công ty TNHH một thành viên"),
    ]
)


@example(("Hợp tác xã", "HTX"), ["Giá", "Hòn"], ["Hòn"])
@given(FORM, OWN, OWN)
def test_names_are_the_same_only_where_all_their_own_words_are(form, one, other):
    long, short = form
    said = f"Văn bản cam kết của {long} {' '.join(one)}"
    assert names_enterprise(said, f"{short} {' '.join(other)}") == (one == other)


@given(FORM, OWN, st.sampled_from(["", " (bản chính)", ", 02 trang", " ngày 5/8/2025"]))
def test_case_and_what_follows_make_no_other_name(form, own, after):
    name = f"{form[0]} {' '.join(own)}"
    assert names_enterprise(f"CAM KẾT CỦA {name.upper()}{after}", name)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("03 văn bản cam kết của doanh nghiệp", True),
        ("Văn bản cam kết của các công ty", True),
        ("03 văn bản cam kết của Hòn Sóc", False),
        ("Giấy chứng nhận đăng ký doanh nghiệp", False),
        ("", False),
    ],
)
def test_a_line_of_commitments_of_nobody_in_particular(text, none):
    assert names_none(text) is none
