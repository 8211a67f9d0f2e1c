"""How long the start took, from the process's own beginning, for benchmarks and acceptance."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_IMPORTED = time.monotonic()
_OWN_STATE = Path("/proc/self/stat")


def milliseconds() -> float:
    """Return the milliseconds since this process began; where it is not told, since the import."""
    if sys.platform == "win32":
        return _since_start_on_windows()
    if _OWN_STATE.is_file():
        return _since_start_on_linux()
    return (time.monotonic() - _IMPORTED) * 1000


def _since_start_on_linux() -> float:
    fields = _OWN_STATE.read_text(encoding="ascii").rpartition(")")[2].split()
    started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000


def _since_start_on_windows() -> float:
    import ctypes  # noqa: PLC0415

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.GetProcessTimes.argtypes = (ctypes.c_void_p,) * 5
    times = (ctypes.c_ulonglong * 4)()
    kernel.GetProcessTimes(
        kernel.GetCurrentProcess(), *(ctypes.byref(times, 8 * i) for i in range(4))
    )
    current = ctypes.c_ulonglong()
    kernel.GetSystemTimeAsFileTime(ctypes.byref(current))
    return (current.value - times[0]) / 10_000


def report_first_paint() -> None:
    """Print when the window was first painted."""
    print(f"first-paint {milliseconds():.0f}", flush=True)


def report_ready() -> None:
    """Print when the list was painted and usable."""
    print(f"ready {milliseconds():.0f}", flush=True)
