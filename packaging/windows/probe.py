"""What only Windows can tell: the worker process, its job object, a file another program holds.

Run by smoke.sh with the program's own Python; prints one line for each answer.
"""

from __future__ import annotations

import ctypes
import tempfile
import time
from ctypes import wintypes
from pathlib import Path

from ncs_desktop.domain.errors import NcsError
from ncs_desktop.files import atomic_write
from ncs_desktop.work.isolation import Isolation, serve
from ncs_desktop.work.other_process import OtherProcess

LIMIT = 256 * 2**20


def memory_limit() -> int:
    """Return how many bytes the job object of this process allows it; 0 for no limit."""
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]
    kernel.QueryInformationJobObject.argtypes = (
        wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p,
    )  # fmt: skip
    words = (ctypes.c_uint64 * 18)()  # JOBOBJECT_EXTENDED_LIMIT_INFORMATION, 144 bytes
    if not kernel.QueryInformationJobObject(None, 9, words, 144, None):
        return 0
    return int(words[14])


def greedy(size: int) -> int:
    """Fill ``size`` bytes and answer in a few."""
    return len(b"x" * size)


def told(isolation: Isolation, *task: object) -> str:
    """Return what the worker answers or the code of its refusal."""
    try:
        return str(isolation.run("Hồ sơ.docx", *task))  # type: ignore[arg-type]
    except NcsError as problem:
        return problem.code


def held_file() -> str:
    """Return the code of the refusal to write over a file that is open elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Bộ in ký.pdf"
        path.write_bytes(b"old")
        with path.open("r+b"):
            try:
                atomic_write(path, b"new")
            except NcsError as problem:
                return f"{problem.code}, {path.read_bytes().decode()} content kept"
    return "written"


def killed() -> str:
    """Return what is told of a process that ends before its first line, asked and waited for."""
    told = []
    with OtherProcess(serve, LIMIT) as other:
        other.kill()
        for act in (lambda: other.requests.send(b"0" * 100_000), other.answers.recv):
            try:
                act()
            except (EOFError, OSError) as problem:
                told.append(type(problem).__name__)
    return " ".join(told)


def main() -> None:
    """Print the answers."""
    print("killed:", killed())
    with Isolation(seconds=5.0) as isolation:
        print("work:", told(isolation, len, "Đề xuất"))
        print("too long:", told(isolation, time.sleep, 30))
        print("after it:", told(isolation, len, "Đề xuất"))
    with Isolation(memory=LIMIT) as isolation:
        print("limit:", told(isolation, memory_limit))
        print("too much memory:", told(isolation, greedy, 2**30))
    print("held file:", held_file())


if __name__ == "__main__":
    main()
