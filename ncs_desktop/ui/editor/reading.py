"""A phiếu just read from a file: what to look at, what found no place, and the file itself."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.notice import Actions
from ncs_desktop.ui.widgets.texts_dialog import TextsDialog

if TYPE_CHECKING:
    from ncs_desktop.exchange.proposal_json import Note
    from ncs_desktop.store.store import Store
    from ncs_desktop.ui.editor.page import EditorPage
    from ncs_desktop.work.word_sources import WordSource


class Reading(QObject):
    """Says in the editor what the reading left open.

    Of a Word file it is said each time the phiếu is opened, until a person has looked at it all;
    after that a command of the editor leads to it.
    """

    def __init__(
        self,
        services: Services,
        editor: EditorPage,
        source: WordSource | None,
        notes: Sequence[Note],
    ) -> None:
        super().__init__(editor)
        self._services, self._editor, self._source = services, editor, source
        self._notes = tuple(notes) or (source.notes if source is not None else ())
        if self._notes and (notes or source is None or not source.looked_at):
            editor.notice.say(self._sentence(), actions=self._actions())
        if source is not None:
            again = editor.head.commands["word"]
            again.triggered.connect(self.show_texts)
            again.setVisible(True)

    def _sentence(self) -> str:
        count = len(self._notes)
        if self._source is None:
            return self.tr("Đã nhập phiếu; có {count} lưu ý khi đọc tệp.").format(count=count)
        text = self.tr("Phiếu đọc từ tệp Word «{name}»: có {count} lưu ý khi đọc.")
        if self._source.unplaced:
            text = self.tr(
                "Phiếu đọc từ tệp Word «{name}»: có {count} lưu ý, {loose} đoạn chưa xếp vào"
                " mục nào."
            )
        loose = len(self._source.unplaced)
        return text.format(name=self._source.name, count=count, loose=loose)

    def _actions(self) -> Actions:
        shown: Actions = ((self.tr("Xem lại…"), self.show_texts),)
        if self._source is None:
            return shown
        return (*shown, (self.tr("Đã xem xong"), self._on_done))

    @Slot()
    def show_texts(self) -> None:
        """Show the notes, then the texts that found no place, to be copied into their sections."""
        from ncs_desktop.work.inputs import note_text  # noqa: PLC0415

        texts = [f"• {note_text(note, self._services.messages)}" for note in self._notes]
        intro = self.tr("Lưu ý khi đọc tệp:")
        actions: Actions = ()
        if self._source is not None:
            intro = self.tr("Lưu ý khi đọc tệp Word «{name}»:").format(name=self._source.name)
            actions = ((self.tr("Mở tệp gốc"), self._on_open),)
            if self._source.unplaced:
                texts += [self.tr("Chữ chưa xếp vào mục nào:"), *self._source.unplaced]
        TextsDialog(self.tr("Kết quả đọc tệp"), intro, texts, self._editor, actions).open()

    @Slot()
    def _on_open(self) -> None:
        assert self._source is not None
        task = self._services.store.ask(partial(_copy_out, self._source))
        task.done.connect(self._services.open_path)
        task.failed.connect(self._editor.show_problem)

    @Slot()
    def _on_done(self) -> None:
        name = self._editor.head.commands["word"].toolTip()
        text = self.tr("Xem lại lúc nào cũng được bằng nút «{name}» ở trên.").format(name=name)
        self._editor.notice.clear()
        self._editor.notice.say_in_passing(text)
        work = partial(_mark_looked_at, self._editor.session.proposal.id)
        self._services.store.ask(work).failed.connect(self._editor.show_problem)


def _copy_out(source: WordSource, store: Store) -> Path:
    """Return a copy of the file that may be changed; what is kept stays as it came."""
    from ncs_desktop.files import atomic_write  # noqa: PLC0415

    path = Path(tempfile.mkdtemp(prefix="ncs-")) / source.name
    atomic_write(path, store.content(source.sha256))
    return path


def _mark_looked_at(proposal_id: str, store: Store) -> None:
    from ncs_desktop.work.word_sources import mark_looked_at  # noqa: PLC0415

    mark_looked_at(store, proposal_id)
