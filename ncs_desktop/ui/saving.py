"""Saving a file where a person says: asked, written by a helper thread, offered another name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ncs_desktop.domain.errors import EnvironmentProblem, NcsError
from ncs_desktop.ui.background.threads import Task
from ncs_desktop.ui.services import Services


class Saving(QObject):
    """One file being saved under the name a person chooses.

    Where the target cannot be written (Word holds it, no right, no room) the person is told and
    offered «Lưu tên khác…»; ``failed`` comes only for what another name cannot mend or when they
    think better. ``write(target, task)`` runs in a helper thread and must write all or nothing.
    """

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int, str)

    def __init__(
        self,
        services: Services,
        parent: QWidget,
        question: tuple[str, str, str],
        write: Callable[[Path, Task], object],
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._title, self._name, self._kinds = question
        self._write = write
        self._task: Task | None = None
        self.target: Path | None = None

    @property
    def _asker(self) -> QWidget:
        parent = self.parent()
        assert isinstance(parent, QWidget)
        return parent

    def begin(self) -> bool:
        """Ask for the target and start; False where the person thought better."""
        target = self._services.save_file(self._asker, self._title, self._name, self._kinds)
        if target is None:
            return False
        suffix = Path(self._name).suffix
        self.target = target if target.suffix.lower() == suffix else Path(f"{target}{suffix}")
        task = self._services.background.run_long(partial(self._write, self.target))
        task.done.connect(self.done)
        task.failed.connect(self._on_failed)
        task.progressed.connect(self.progressed)
        self._task = task
        return True

    def cancel(self) -> None:
        """Stop; nothing is written and nothing more is told."""
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        path = problem.params.get("path")
        of_target = isinstance(problem, EnvironmentProblem) and path in (
            self.target,
            self.target and self.target.parent,
        )
        if of_target and self._wants_another(problem) and self.begin():
            return
        self.failed.emit(problem)

    def _wants_another(self, problem: NcsError) -> bool:
        assert self.target is not None
        self._name = f"{self.target.stem} (2){self.target.suffix}"
        sentence = self._services.sentence(problem)
        return self._services.ask.confirm(
            self._asker, self._title, sentence, self.tr("Lưu tên khác…")
        )
