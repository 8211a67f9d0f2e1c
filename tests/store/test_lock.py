import subprocess
import sys
from pathlib import Path

import pytest

from ncs_desktop.domain.errors import EnvironmentProblem
from ncs_desktop.store.lock import WindowLock

PROJECT = Path(__file__).resolve().parents[2]
HOLDER = """
import sys
from pathlib import Path
from ncs_desktop.store.lock import WindowLock
lock = WindowLock(Path(sys.argv[1]))
lock.acquire()
print("sqlalchemy" in sys.modules, flush=True)
sys.stdin.read()
"""


def test_a_second_window_is_told_so(store_path):
    with WindowLock(store_path):
        with pytest.raises(EnvironmentProblem) as caught:
            WindowLock(store_path).acquire()
        assert caught.value.code == "store.second_window"
    with WindowLock(store_path):
        pass


def test_the_lock_of_a_killed_window_is_free_at_once(store_path):
    window = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store_path)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert window.stdout.readline().strip() == "False"
        with pytest.raises(EnvironmentProblem):
            WindowLock(store_path).acquire()
    finally:
        window.kill()
        window.wait()
        window.stdin.close()
        window.stdout.close()
    with WindowLock(store_path):
        pass
