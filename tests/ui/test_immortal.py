"""A long session must not use up the references of None and True (see ui/immortal.py)."""

import subprocess
import sys

SESSION = """
import ncs_desktop.ui
from PySide6.QtCore import QObject, Signal
class Sender(QObject):
    told = Signal(object)
sender = Sender()
for _ in range(150_000):
    sender.setObjectName("x")
    sender.blockSignals(False)
    sender.told.emit(None)
print("alive")
"""


def test_many_thousand_qt_calls_do_not_end_the_program():
    done = subprocess.run(
        [sys.executable, "-c", SESSION], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.strip() == "alive", done.stderr
