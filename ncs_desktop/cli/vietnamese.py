"""argparse in Vietnamese: its sentences pass through one hook, and no catalogue ships for us."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

_SENTENCES: Mapping[str, str] = {
    "usage: ": "cách dùng: ",
    "positional arguments": "nội dung cần ghi",
    "options": "tùy chọn",
    "show this help message and exit": "in hướng dẫn này rồi thoát",
    "the following arguments are required: %s": "còn thiếu: %s",
    "unrecognized arguments: %s": "không hiểu: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "«%(value)s» không có trong danh sách %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": "«%(value)s» không đúng kiểu",
    "expected one argument": "cần một giá trị đi kèm",
    "expected at most one argument": "chỉ nhận một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "not allowed with argument %s": "không dùng cùng với %s",
    "one of the arguments %s is required": "cần một trong các tùy chọn %s",
    "ambiguous option: %(option)s could match %(matches)s": (
        "«%(option)s» có thể là %(matches)s, hãy viết rõ hơn"
    ),
    "ignored explicit argument %r": "không nhận giá trị %r",
}


def speak_vietnamese() -> None:
    """Let argparse speak Vietnamese; harmless when called again."""
    argparse._ = lambda text: _SENTENCES.get(text, text)  # type: ignore[attr-defined]
