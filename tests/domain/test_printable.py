"""What paper cannot show is named, and the ranges agree with the font."""

from __future__ import annotations

import unicodedata

from ncs_desktop.documents.layout.fonts import face
from ncs_desktop.domain.printable import unprintable

FACES = [face(bold, italic) for bold in (False, True) for italic in (False, True)]


def test_characters_paper_lacks_are_named_once_in_order():
    assert unprintable("Giảm 15% hao hụt; ½ ₫ «mục» – α ≥ β →") == ()
    assert unprintable("a \U0001f600 b \u2714 c \U0001f600") == ("\U0001f600", "\u2714")


def test_what_only_joins_or_breaks_is_no_character():
    assert unprintable("mềm\u00ad, nối\u200d, biến\ufe0f, cách\u00a0và\u2009hẹp\tcột\n") == ()


def test_the_ranges_agree_with_every_face_of_the_font():
    for code in range(0x20, 0x20000):
        character = chr(code)
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"):
            continue
        if "\ufe00" <= character <= "\ufe0f":
            continue
        drawn = all(each.has(character) for each in FACES)
        assert (unprintable(character) == ()) is drawn, hex(code)
