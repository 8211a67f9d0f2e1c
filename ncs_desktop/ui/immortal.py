"""Keeps Qt for Python from deallocating None, True and False under Python 3.11.

Measured with PySide6 6.12.0 (tag cp310-abi3) on CPython 3.11.7: every call of a Qt method without
a result, and every ``Signal.emit``, gives back one reference to ``None`` or ``True`` that it never
took; after some thousands of calls the interpreter aborts («none_dealloc»). Since Python 3.12 these
objects are immortal and nothing happens. Here they get the same treatment: a count that no session
can use up.
"""

from __future__ import annotations

import sys

_PLENTY = 1 << 60 if sys.maxsize > 2**32 else 1 << 29


def keep_singletons_alive() -> None:
    """Give the singletons an inexhaustible reference count where Python has not done so."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    import ctypes  # noqa: PLC0415  (not needed from 3.12 on)

    for singleton in (None, True, False, NotImplemented, Ellipsis):
        count = ctypes.c_ssize_t.from_address(id(singleton))
        if count.value < _PLENTY:
            count.value += _PLENTY
