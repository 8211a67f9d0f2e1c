"""The page «Đợt đề xuất»: every call with its deadline; a new one from an old one; call files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ncs_desktop.domain.call import Call
from ncs_desktop.domain.errors import NcsError
from ncs_desktop.paths import own_calls_folder
from ncs_desktop.ui.calls.details import CallDetails
from ncs_desktop.ui.calls.words import countdown
from ncs_desktop.ui.proposals.new_dialog import in_order
from ncs_desktop.ui.saving import Saving
from ncs_desktop.ui.services import Services
from ncs_desktop.ui.widgets.flow import FlowLayout
from ncs_desktop.ui.widgets.labels import button, label
from ncs_desktop.ui.widgets.scroll import scrolled
from ncs_desktop.ui.widgets.wrap_delegate import WrapDelegate

if TYPE_CHECKING:
    from collections.abc import Callable

    from ncs_desktop.catalog import Catalog
    from ncs_desktop.store.store import Store


class CallsPage(QWidget):
    """List on the left, the chosen call on the right; ``changed`` when the catalogue is new."""

    told = Signal(str)
    offered = Signal(str, object)
    """What was done, and actions that follow from it: pairs of label and what it does."""
    begin_wanted = Signal(str)
    """The id of the call a phiếu is to be begun for."""
    failed = Signal(object)
    changed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page:calls")
        self._services = services
        self._wanted = ""
        self._coming = Path()
        self._build()
        self._show_calls()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.addWidget(label(self.tr("Đợt đề xuất"), "title"))
        self._hint = label(role="quiet")
        self._hint.setObjectName("label:calls-hint")
        column.addWidget(self._hint)
        commands = []
        self._commands: dict[str, QPushButton] = {}
        for name, text, act, picture in (
            ("call-begin", self.tr("Lập phiếu cho đợt này"), self._begin_here, "new"),
            ("call-new", self.tr("Đợt mới từ đợt này…"), self.ask_new, "add"),
            ("call-edit", self.tr("Sửa đợt…"), self.ask_edit, "settings"),
            ("call-delete", self.tr("Xóa đợt"), self.delete, "trash"),
            ("call-import", self.tr("Mở tệp đợt…"), self.ask_import, "import"),
            ("call-export", self.tr("Gửi tệp đợt…"), self.ask_export, "export"),
        ):
            made = button(text, act, picture=picture)
            made.setObjectName(f"button:{name}")
            self._commands[name] = made
            commands.append(made)
        column.addLayout(FlowLayout(commands))
        self._list = QListWidget()
        self._list.setObjectName("list:calls")
        self._list.setAccessibleName(self.tr("Các đợt đề xuất"))
        self._list.setItemDelegate(WrapDelegate(self._list))
        self._list.currentItemChanged.connect(self._on_current)
        self._details = CallDetails()
        splitter = QSplitter()
        splitter.addWidget(self._list)
        splitter.addWidget(scrolled(self._details))
        splitter.setSizes([360, 640])
        splitter.setChildrenCollapsible(False)
        column.addWidget(splitter, 1)

    def _show_calls(self) -> None:
        current = self._current()
        wanted = self._wanted or (current.id if current else "")
        now = self._services.now()
        self._list.clear()
        for call in in_order(self._services.catalog):
            own = self.tr(" · đợt của bạn") if call.own else ""
            item = QListWidgetItem(f"{call.title}{own}\n{countdown(call, now)}")
            item.setData(Qt.ItemDataRole.UserRole, call.id)
            if call.deadline is not None and call.deadline.is_late(now):
                item.setForeground(self.palette().placeholderText())
            self._list.addItem(item)
            if call.id == wanted:
                self._list.setCurrentItem(item)
        if self._list.currentItem() is None:
            self._list.setCurrentRow(0)
        self._hint.setText(self._hint_words())

    def _hint_words(self) -> str:
        """Return what to do first: without a call that is still open, get one."""
        now = self._services.now()
        calls = self._services.catalog.calls.values()
        if any(call.deadline is not None and not call.deadline.is_late(now) for call in calls):
            return self.tr(
                "Chọn một đợt để xem nơi nhận, hạn nộp và hồ sơ; đợt đã qua hạn được làm mờ."
            )
        return self.tr(
            "Các đợt trên máy này đều đã qua hạn. Sở có gửi tệp đợt (*.ncs) thì bấm «Mở tệp đợt…»;"
            " chưa có thì chọn một đợt cũ rồi bấm «Đợt mới từ đợt này…»."
        )

    def _current(self) -> Call | None:
        item = self._list.currentItem()
        calls = self._services.catalog.calls
        return None if item is None else calls.get(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _on_current(self) -> None:
        call = self._current()
        own = call is not None and call.own
        for name in ("call-edit", "call-delete"):
            self._commands[name].setVisible(own)
        if call is not None:
            form = self._services.catalog.forms.get(call.accepts[0]) if call.accepts else None
            self._details.show_call(call, self._services.now(), form)

    @Slot()
    def _begin_here(self) -> None:
        call = self._current()
        if call is not None:
            self.begin_wanted.emit(call.id)

    @Slot()
    def ask_new(self) -> None:
        """Ask what differs in the new year, then keep the new call."""
        from ncs_desktop.ui.calls.new_call_dialog import NewCallDialog  # noqa: PLC0415

        call = self._current()
        if call is not None:
            dialog = NewCallDialog(self._services, call, self)
            dialog.made.connect(self._keep)
            dialog.open()

    @Slot(object)
    def _keep(self, call: Call) -> None:
        self._wanted = call.id
        self._run(partial(_keep_call, self._services.catalog, call))

    @Slot()
    def ask_edit(self) -> None:
        """Show everything of one's own call in a form, then keep what was written."""
        from ncs_desktop.ui.calls.edit_dialog import EditCallDialog  # noqa: PLC0415

        call = self._current()
        if call is not None and call.own:
            dialog = EditCallDialog(self._services, call, self)
            dialog.made.connect(self._keep_edited)
            dialog.open()

    @Slot(object)
    def _keep_edited(self, call: Call) -> None:
        said = self.tr("Đã lưu đợt «{title}».").format(title=call.title)
        keep = partial(_keep_call, self._services.catalog, call, replace_old=True)
        self._run(keep, partial(self._told_new, call.id, said))

    @Slot()
    def delete(self) -> None:
        """Remove one's own call of which no phiếu is here; it can be put back."""
        call = self._current()
        if call is not None and call.own:
            task = self._services.store.ask(partial(_count, call.id))
            task.done.connect(partial(self._delete, call))
            task.failed.connect(self.failed)

    def _delete(self, call: Call, used: int) -> None:
        remove = partial(_delete_call, self._services.catalog, call, used)
        self._run(remove, partial(self._on_deleted, call))

    def _on_deleted(self, call: Call, catalog: Catalog) -> None:
        self._take(catalog)
        text = self.tr("Đã xóa đợt «{title}».").format(title=call.title)
        self.offered.emit(text, ((self.tr("Hoàn tác"), partial(self._put_back, call)),))

    def _put_back(self, call: Call) -> None:
        said = self.tr("Đã đưa lại đợt «{title}».").format(title=call.title)
        keep = partial(_keep_call, self._services.catalog, call)
        self._run(keep, partial(self._told_new, call.id, said))

    def _told_new(self, call_id: str, said: str, catalog: Catalog) -> None:
        self._wanted = call_id
        self._take(catalog)
        self.told.emit(said)

    @Slot()
    def ask_import(self) -> None:
        """Take in a call file that an office sent."""
        kinds = self.tr("Tệp đợt (*.ncs)")
        chosen = self._services.open_files(self, self.tr("Mở tệp đợt"), kinds)
        if chosen:
            self.take_in(chosen[0])

    def take_in(self, path: Path) -> None:
        """Take in the call file at ``path``; where a call here differs, ask which is to stay."""
        self._coming = path
        task = self._services.background.run(partial(_import_call, self._services.catalog, path))
        task.done.connect(self._on_catalog)
        task.failed.connect(self._on_import_failed)

    @Slot(object)
    def _on_import_failed(self, problem: NcsError) -> None:
        known = self._services.catalog.calls.get(str(problem.params.get("call", "")))
        if problem.code != "call.exists" or known is None:
            self._on_failed(problem)
            return
        text = self.tr(
            "Máy này đã có đợt «{title}», nhưng tệp vừa mở ghi khác. Thay bằng bản trong tệp?"
        )
        title = self.tr("Mở tệp đợt")
        if self._services.ask.confirm(
            self, title, text.format(title=known.title), self.tr("Thay bằng bản trong tệp")
        ):
            self._wanted = known.id
            catalog = self._services.catalog
            self._run(partial(_import_call, catalog, self._coming, replace_old=True))

    def _run(self, work: partial[Catalog], then: Callable[[Catalog], object] | None = None) -> None:
        task = self._services.background.run(work)
        task.done.connect(then or self._on_catalog)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_catalog(self, catalog: Catalog) -> None:
        known = set(self._services.catalog.calls)
        self._wanted = next((name for name in catalog.calls if name not in known), self._wanted)
        self._take(catalog)
        call = self._current()
        if call is None:
            return
        text = self.tr(
            "Đã có đợt mới «{title}»: hãy xem lại hạn nộp, nơi nhận, hồ sơ và ưu tiên ở bên phải,"
            " chỗ nào khác công văn thì bấm «Sửa đợt…»."
        )
        begin = partial(self.begin_wanted.emit, call.id)
        self.offered.emit(
            text.format(title=call.title),
            (
                (self.tr("Sửa đợt…"), self.ask_edit),
                (self.tr("Lập phiếu cho đợt này"), begin),
                (self.tr("Gửi tệp đợt…"), self.ask_export),
            ),
        )

    def _take(self, catalog: Catalog) -> None:
        self._services.catalog = catalog
        self._show_calls()
        self._wanted = ""
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, problem: NcsError) -> None:
        self._wanted = ""
        self.failed.emit(problem)

    @Slot()
    def ask_export(self) -> None:
        """Write the call as a file to send to others."""
        call = self._current()
        if call is None:
            return
        question = self.tr("Gửi tệp đợt"), f"dot-{call.id}.ncs", self.tr("Tệp đợt (*.ncs)")
        saving = Saving(self._services, self, question, partial(_export_call, call))
        saving.done.connect(self._on_exported)
        saving.failed.connect(self.failed)
        saving.begin()

    @Slot(object)
    def _on_exported(self, target: object) -> None:
        self.told.emit(
            self.tr("Đã ghi tệp đợt {target}; gửi tệp này cho đơn vị là đủ.").format(target=target)
        )


def _reloaded() -> Catalog:
    from ncs_desktop.catalog import Catalog  # noqa: PLC0415

    return Catalog.load(own_calls=own_calls_folder())


def _keep_call(catalog: Catalog, call: Call, *, replace_old: bool = False) -> Catalog:
    from ncs_desktop.work.calls import save_own_call  # noqa: PLC0415

    save_own_call(catalog, call, own_calls_folder(), replace_old=replace_old)
    return _reloaded()


def _count(call_id: str, store: Store) -> int:
    """Return how many phiếu of a call are kept here, in the bin too."""
    every = [*store.summaries(), *store.summaries(trashed=True)]
    return sum(line.call == call_id for line in every)


def _delete_call(catalog: Catalog, call: Call, used: int) -> Catalog:
    from ncs_desktop.work.calls import delete_own_call  # noqa: PLC0415

    delete_own_call(catalog, call, own_calls_folder(), used)
    return _reloaded()


def _import_call(catalog: Catalog, path: Path, *, replace_old: bool = False) -> Catalog:
    from ncs_desktop.work.calls import import_call  # noqa: PLC0415

    import_call(catalog, path, own_calls_folder(), replace_old=replace_old)
    return _reloaded()


def _export_call(call: Call, target: Path, _task: object) -> Path:
    from ncs_desktop.work.calls import export_call  # noqa: PLC0415

    export_call(call, target)
    return target
