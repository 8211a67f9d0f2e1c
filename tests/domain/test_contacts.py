from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.contacts import is_email, normalize_phone


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("(024) 37561501", "02437561501"),
        ("024.37911.626", "02437911626"),
        ("0243 7911615", "02437911615"),
        ("0913539318", "0913539318"),
        ("0919.012.186", "0919012186"),
        ("+84 913 000 111", "0913000111"),
        ("(+84) 913.000.111", "0913000111"),
        ("+84 (0)913 000 111", "0913000111"),
        ("0084-296-3123456", "02963123456"),
        ("84913000111", "0913000111"),
        ("0296 3 123 456", "02963123456"),
        ("0271.3887.799", "02713887799"),
        ("0296\u00a03123\u00a0456", "02963123456"),
        ("1900 1234", "19001234"),
        ("1800 599 920", "1800599920"),
        ("024.37911.626 (máy lẻ 12)", "02437911626"),
        ("0913539318 / 0919.012.186", "0913539318 / 0919012186"),
    ],
)
def test_phones(text, digits):
    assert normalize_phone(text) == digits
    assert normalize_phone(digits) == digits


@pytest.mark.parametrize(
    "text",
    [
        "", "09130.000.0", "0113539318", "0613539318", "024 3756150", "01234567890", "0913 539 31a",
        "+85 913000111", "091353931", "09135393180", "0913539318 / 123", "không có", "٠٩١٣٥٣٩٣١٨",
    ],
)  # fmt: skip
def test_what_is_no_phone(text):
    assert normalize_phone(text) is None


@given(
    st.from_regex(r"0[35789][0-9]{8}|02[0-9]{9}", fullmatch=True), st.data(),
)  # fmt: skip
def test_separators_and_country_code_do_not_matter(digits, data):
    signs = st.sampled_from(["", "", " ", ".", "-", "\u00a0"])
    spaced = "".join(digit + data.draw(signs) for digit in digits)
    assert normalize_phone(spaced) == digits
    assert normalize_phone("+84" + spaced[1:]) == digits


@given(st.text())
def test_any_text_is_no_phone_or_digits(text):
    found = normalize_phone(text)
    assert found is None or set(found) <= set("0123456789 /")


@pytest.mark.parametrize(
    "text",
    [
        "du-an@nangsuatmekong.example", "khcn@cdmd.example", "lehoangan@vidu.example",
        "blthieu.skhcn@angiang.gov.vn", "a@b.vn", "ten+nhan@cong-ty.com.vn", " a@b.vn ",
        "x@abc.xn--p1ai",
    ],
)  # fmt: skip
def test_emails(text):
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "lienhe@@maysongdao.example", "lienhe@x", "@a.vn", "a@.vn", "a.@b.vn", ".a@b.vn",
        "a..b@c.vn", "a b@c.vn", "liên@hệ.vn", "liênhệ@abc.vn", "a@b.vn, c@d.vn", "a@-b.vn",
        "a@b-.vn", "a@b.v", "a@b.123", "a@b.vn\nc", "a" * 65 + "@b.vn", "a@" + "b" * 64 + ".vn",
        "a@" + "b." * 130 + "vn", "Tên <a@b.vn>",
    ],
)  # fmt: skip
def test_what_is_no_email(text):
    assert not is_email(text)


@given(st.text() | st.emails())
def test_an_email_has_one_at_and_is_ascii(text):
    if is_email(text):
        assert text.strip().isascii()
        assert "." in text.rpartition("@")[2]
