"""Quiet remarks at fields: what differs from the profile, what a copy left to be filled in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ncs_desktop.domain.dossier import SUMMARY
from ncs_desktop.domain.form import Field, FieldKind
from ncs_desktop.domain.json_tree import EMPTY, FrozenDict
from ncs_desktop.domain.summary import read_text
from ncs_desktop.domain.table_line import is_short_text, line_fields, section_of
from ncs_desktop.ui.proposals.desk import PROFILE_SETTING
from ncs_desktop.ui.proposals.samples import sample_ids
from ncs_desktop.work.bundling import sender_of
from ncs_desktop.work.drafts import PROFILE_KEYS

if TYPE_CHECKING:
    from ncs_desktop.store.store import Store
    from ncs_desktop.ui.editor.view import EditorView


class FieldMarks(QObject):
    """Keeps the remarks of one editor page up to date."""

    def __init__(self, page: EditorView) -> None:
        super().__init__(page)
        self._page = page
        self._profile = EMPTY
        self._copied: set[str] = set()
        self._written: dict[tuple[str, str], object] = {}  # a short text, and its section then
        self._short = [
            (field, section)
            for field in line_fields(page.session.form)
            if (section := section_of(field, page.session.form)) is not None
        ]
        self._show_all_short()
        page.session.changed.connect(self._on_changed)
        page.session.replaced.connect(self._show)
        page.papers.frozen.connect(self._on_frozen)
        page.services.store.ask(partial(_setting, PROFILE_SETTING)).done.connect(self._on_profile)

    @Slot(str)
    def _on_frozen(self, _code: str) -> None:
        """Keep section X as the unit's own data where nothing was kept; samples are nobody's."""
        proposal = self._page.session.proposal
        typed = {key: proposal.get(key) for key in PROFILE_KEYS if proposal.get(key)}
        if typed and proposal.id not in sample_ids():
            task = self._page.services.store.ask(partial(_adopt, FrozenDict(typed)))
            task.done.connect(self._on_adopted)

    @Slot(object)
    def _on_adopted(self, kept: object) -> None:
        if isinstance(kept, FrozenDict):
            self._profile = kept
            text = self.tr("Đã ghi làm thông tin đơn vị cho phiếu sau; sửa ở trang «Đơn vị».")
            self._page.mark_field(next(iter(kept)), text)

    @Slot(object)
    def _on_profile(self, kept: object) -> None:
        if isinstance(kept, dict):
            self._profile = FrozenDict(kept)
            self._show()

    def mark_copied(self) -> None:
        """Say at each emptied field that it came empty from the old phiếu."""
        form = self._page.session.form
        emptied = [field.key for field in form.fields_of_kind(FieldKind.DURATION)]
        self._copied = {"plan_year", "budget", *emptied}
        if self._page.session.proposal.commitments:
            self._copied.add("commitments")
        self._copied.update(field.key for field in line_fields(form) if is_short_text(field.key))
        self._show()

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        group = key.partition(".")[0]
        if group in self._copied:
            self._copied.discard(group)
            self._page.mark_field(group, "")
        if key in PROFILE_KEYS:
            self._show_profile(key)
        for field, section in self._short:
            if group in (field.key, section.key) or key == "proposer_kind":
                self._show_short(field, section)

    def _show_short(self, field: Field, section: Field) -> None:
        """Say what the table to be signed will make of a section, while there is time to write."""
        session = self._page.session
        kind = sender_of(session.proposal, session.call).kind
        said = [self._copied_words(field.key)] if field.key in self._copied else []
        if session.call.asks_for(SUMMARY, kind):
            said.append(self._of_table(field, section))
        self._page.mark_field(field.key, "\n".join(filter(None, said)))

    def _of_table(self, field: Field, section: Field) -> str:
        """Return how the section is cut, or that it was rewritten after its short text was."""
        proposal = self._page.session.proposal
        short, now = proposal.text(field.key).strip(), proposal.get(section.key)
        if short:
            changed = self._written.setdefault((field.key, short), now) != now
            place = self._page.session.form.section_of(section.key)
            number = place.number if place is not None else section.label
            text = self.tr("Mục {number} đã sửa sau khi viết bản gọn này, hãy xem lại.")
            return text.format(number=number) if changed else ""
        cut = read_text(proposal, section)
        text = self.tr("Bảng tổng hợp sẽ chỉ in: «{text}»")
        return text.format(text=cut.text) if cut.condensed else ""

    def _copied_words(self, key: str) -> str:
        """Return what a copy says at a field: why it is empty or not as it was."""
        said = {
            "plan_year": self.tr("Lấy từ phiếu cũ: năm theo đợt này, hãy xem lại."),
            "commitments": self.tr("Lấy từ phiếu cũ: số tiền đối ứng để trống, hãy điền lại."),
        }
        if is_short_text(key):
            return self.tr("Lấy từ phiếu cũ: không lấy lời viết cho bảng cũ, hãy viết lại nếu cần.")
        rest = self.tr("Lấy từ phiếu cũ: không lấy số liệu năm cũ, hãy điền lại.")
        return said.get(key, rest)

    @Slot()
    def _show(self) -> None:
        for key in self._copied:
            self._page.mark_field(key, self._copied_words(key))
        for key in PROFILE_KEYS:
            self._show_profile(key)
        self._show_all_short()

    def _show_all_short(self) -> None:
        for field, section in self._short:
            self._show_short(field, section)

    def _show_profile(self, key: str) -> None:
        kept, now = self._profile.get(key), self._page.session.proposal.get(key)
        differs = bool(kept) and kept != now
        field = self._page.session.form.find(key)
        shown = str(kept)
        if field is not None:
            labels = {option.id: option.label for option in field.options}
            shown = labels.get(shown, shown)
        text = self.tr("Khác với hồ sơ đơn vị: {value}").format(value=shown) if differs else ""
        self._page.mark_field(key, text)


def _setting(key: str, store: Store) -> object:
    return store.setting(key)


def _adopt(values: FrozenDict, store: Store) -> FrozenDict | None:
    """Keep ``values`` as the profile unless there is one; return what was kept."""
    kept = store.setting(PROFILE_SETTING)
    if isinstance(kept, dict) and any(kept.values()):
        return None
    store.set_setting(PROFILE_SETTING, values)
    return values
