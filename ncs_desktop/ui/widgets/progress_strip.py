"""How far a long job is, how long it still takes, and a button that stops it."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from ncs_desktop.ui.widgets.elided import ElidedLabel
from ncs_desktop.ui.widgets.labels import button, label

_ENOUGH_TO_GUESS_S = 1.5


class ProgressStrip(QFrame):
    """A bar that shows one job; ``stop_wanted`` when a person wants it to end."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip:progress")
        self.setProperty("role", "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        self._text = ElidedLabel()
        self._text.setMinimumWidth(120)
        self._bar = QProgressBar()
        self._bar.setObjectName("bar:progress")
        self._bar.setAccessibleName(self.tr("Tiến độ"))
        self._bar.setMinimumWidth(120)
        self._bar.setMaximumWidth(260)
        self._left = label(role="quiet")
        self._left.setWordWrap(False)
        self._left.setMinimumWidth(120)
        self._stop = button(self.tr("Dừng"), self.stop_wanted.emit)
        self._stop.setObjectName("button:stop")
        for widget in (self._text, self._bar, self._left, self._stop):
            row.addWidget(widget, widget is self._text)
        self._began = 0.0
        self.hide()

    def begin(self, text: str) -> None:
        """Show that a job has begun."""
        self._began = time.monotonic()
        self._text.setText(text)
        self._left.setText("")
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self._stop.setText(self.tr("Dừng"))
        self.show()

    def show_stopping(self) -> None:
        """Say that the job ends after the file it is at."""
        self._stop.setEnabled(False)
        self._stop.setText(self.tr("Đang dừng…"))

    def show_progress(self, finished: int, total: int, text: str) -> None:
        """Show how far it is and what it is at."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(finished)
        count = self.tr("{finished}/{total}").format(finished=finished, total=total)
        self._text.setText(f"{count} · {text}" if text else count)
        spent = time.monotonic() - self._began
        if finished and spent > _ENOUGH_TO_GUESS_S:
            self._left.setText(self._words(spent / finished * (total - finished)))

    def _words(self, seconds: float) -> str:
        if seconds >= 90:
            return self.tr("còn khoảng {count} phút").format(count=round(seconds / 60))
        return self.tr("còn khoảng {count} giây").format(count=max(round(seconds), 1))
