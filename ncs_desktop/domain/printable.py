"""Which characters paper can show: those the four faces of Liberation Serif all have.

Nothing in the domain reads a font, so the ranges stand here; a test compares them with the font. On
paper every other character becomes □, which nobody should sign unknowingly.
"""

from __future__ import annotations

import re
import unicodedata

_RANGES = (
    "20-7E A0-36F 374-375 37A-37E 384-38A 38C 38E-3A1 3A3-3CE 3D0-513 51A-51D 591-5C7 5D0-5EA "
    "5F0-5F4 1D00-1DCA 1DFE-1E9B 1E9E 1EA0-1EF9 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D "
    "1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF "
    "1FF2-1FF4 1FF6-1FFE 2000-2022 2026 202A-2030 2032-2034 2039-203A 203C 203E "
    "2044 205E 206A-206F 2074-2079 207F-2089 2090-2094 20A0-20B5 20BF 20F0 2105 2113 "
    "2116-2117 2122 2126 212E 214D-214E 2153-2154 215B-215E 2184 2190-2195 21A8 21D4 2202 "
    "2206 220F 2211-2212 2215 2219-221A 221E-221F 2229 222B 2248 2260-2262 2264-2265 2302 "
    "2310 2320-2321 2500 2502 250C 2510 2514 2518 251C 2524 252C 2534 253C 2550-256C 2580 "
    "2584 2588 258C 2590-2593 25A0-25A1 25AA-25AC 25B2 25BA 25BC 25C4 25CA-25CC 25CF-25D9 "
    "25E6 2610 263A-263C 2640 2642 2660 2663 2665-2666 2669-266C 266F 2C60-2C6D 2C71-2C77 2E17 "
    "A717-A721 A788-A78C FB01-FB02 FB1D-FB36 FB38-FB3C FB3E FB40-FB41 FB43-FB44 FB46-FB4F "
    "FE20-FE23 FFFC "
)
_JOINING = ("Cc", "Cf", "Cs")
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"


def _pattern() -> re.Pattern[str]:
    known = "".join(
        "-".join(rf"\U{int(end, 16):08X}" for end in part.split("-")) for part in _RANGES.split()
    )
    return re.compile(rf"[^\s{known}{_SELECTORS}]")


_ODD = _pattern()


def unprintable(text: str) -> tuple[str, ...]:
    """Return the characters of ``text`` that paper shows as □ or not at all, each once, in order.

    Marks that only steer how others join or break (soft hyphens, joiners) are not among them.
    """
    if text.isascii():
        return ()
    found = dict.fromkeys(_ODD.findall(text))
    return tuple(odd for odd in found if unicodedata.category(odd) not in _JOINING)
