"""What the cells of the officer's table say, and in which colour."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QColor

from ncs_desktop.domain.call import shown_moment
from ncs_desktop.domain.desk import Channel, DeskEntry, Order, Status
from ncs_desktop.domain.findings import Points, Severity
from ncs_desktop.domain.money import format_million
from ncs_desktop.ui import theme
from ncs_desktop.ui.collect.data import Lines, Words

(RANK, OTHER, TITLE, PROPOSER, TOTAL, STATE, COUNTERPART, CHECK, ALIKE, RECEIVED, STATUS, NOTE) = (
    range(12)
)
LEAD = 12
SECTIONS = {13: "objectives", 14: "contents", 15: "results", 16: "duration"}
"""Columns of the official table that say what a section says, shown when wanted."""
LAST = max(SECTIONS)
MONEY = (TOTAL, STATE, COUNTERPART)
_AMOUNTS = {TOTAL: "total", STATE: "state_budget", COUNTERPART: "counterpart"}


def points_text(points: Points) -> str:
    """Return in words how many points there are of each weight."""
    tr = QCoreApplication.translate
    kinds = (
        (points.errors, tr("CellTexts", "{count} lỗi")),
        (points.warnings, tr("CellTexts", "{count} cảnh báo")),
        (points.infos, tr("CellTexts", "{count} lưu ý")),
        (points.accepted, tr("CellTexts", "{count} điểm người nộp đã chấp nhận")),
    )
    return ", ".join(text.format(count=count) for count, text in kinds if count)


SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.INFO: "i"}


ACCEPTED = "✓"
"""The sign of what the sender accepted with a reason."""


def signed(points: Points) -> list[tuple[str, int]]:
    """Return each sign with how many points it stands for, those without any left out."""
    counts = (points.errors, points.warnings, points.infos, points.accepted)
    return [pair for pair in zip((*SIGNS.values(), ACCEPTED), counts, strict=True) if pair[1]]


def points_signs(points: Points) -> str:
    """Return how many points there are of each weight, each behind its sign."""
    return " · ".join(f"{sign}{count}" for sign, count in signed(points))


class CellTexts(QObject):
    """Reads entries as one of the orders shows them."""

    def __init__(self, order: Order, lines: Lines, words: Words) -> None:
        super().__init__()
        self._order, self._lines, self._words = order, lines, words

    @property
    def entries(self) -> list[DeskEntry]:
        """The entries in their order."""
        return self._lines.entries

    def rank(self, place: int) -> int | None:
        """Return the rank of the entry at ``place``."""
        return self._lines.ranks[place]

    def other_rank(self, entry: DeskEntry) -> int | None:
        """Return the rank of an entry in the other order."""
        return self._lines.others.get(entry.proposal_id)

    def title(self, column: int) -> str:
        """Return the title of a column."""
        by_council = self._order is Order.COUNCIL
        return (
            self.tr("TT HĐ") if by_council else self.tr("TT"),
            self.tr("TT Sở") if by_council else self.tr("TT HĐ"),
            self.tr("Tên nhiệm vụ"),
            self.tr("Tổ chức đề xuất"),
            self.tr("Tổng\n(triệu đồng)"),
            self.tr("NSNN\n(triệu đồng)"),
            self.tr("Đối ứng\n(triệu đồng)"),
            self.tr("Kiểm tra"),
            self.tr("Cần xem"),
            self.tr("Nhận lúc"),
            self.tr("Trạng thái"),
            self.tr("Lý do, ghi chú"),
            self.tr("Tổ chức chủ trì"),
            self.tr("Mục tiêu"),
            self.tr("Nội dung chính"),
            self.tr("Kết quả"),
            self.tr("Thời gian"),
        )[column]

    def ink(self, entry: DeskEntry, column: int) -> QColor | None:
        """Return the colour of a cell that does not have the usual one."""
        wanted = ""
        if not entry.proposed:
            wanted = "quiet"
        elif column == CHECK:
            wanted = "error" if entry.points.errors else ""
        elif column in MONEY:
            wanted = "warning" if _AMOUNTS[column] in entry.budget.unread else ""
        elif column == RECEIVED:
            wanted = "warning" if entry.is_late(self._words.deadline) else ""
        elif column == ALIKE:
            wanted = "warning"
        elif column == STATUS:
            wanted = "good" if entry.status is Status.PASSED else ""
        return QColor(getattr(theme.current(), wanted)) if wanted else None

    def text(self, entry: DeskEntry, place: int, column: int) -> str:
        """Return what a cell shows; ``place`` is where the entry stands in the order."""
        if column == RANK:
            return str(self.rank(place) or "—")
        if column == OTHER:
            return str(self.other_rank(entry) or "—")
        if column == TITLE:
            return entry.title or self.tr("(chưa có tên)")
        if column == PROPOSER:
            return entry.proposer_name
        if column == LEAD:
            return entry.lead_organization
        if column in SECTIONS:
            return self._words.line(entry, SECTIONS[column])
        if column in MONEY:
            return self._amount(entry, _AMOUNTS[column])
        if column in (CHECK, ALIKE, RECEIVED):
            told = {CHECK: self.checks, ALIKE: self._alike, RECEIVED: self.received}
            return told[column](entry)
        if column == STATUS:
            return self._words.statuses.get(entry.status, str(entry.status))
        why = entry.council_reason if self._order is Order.COUNCIL else entry.rank_reason
        return "; ".join(dict.fromkeys(filter(None, (entry.status_reason, why))))

    def checks(self, entry: DeskEntry) -> str:
        """Return how many points the checks found: those the panel lists, with the same signs."""
        return points_signs(entry.points) or self.tr("không lỗi")

    def _amount(self, entry: DeskEntry, name: str) -> str:
        if name in entry.budget.unread:
            return self.tr("chưa rõ")
        amount: int | None = getattr(entry.budget, name)
        return "" if amount is None else format_million(amount)

    def words(self, entry: DeskEntry, place: int, column: int) -> str:
        """Return what a cell says where there is room, or to who hears it."""
        if column in MONEY and _AMOUNTS[column] in entry.budget.unread:
            return self.tr(
                "Phiếu ghi một số chưa rõ là bao nhiêu tiền; chưa cộng số nào vào tổng. Hãy hỏi lại"
                " đơn vị."
            )
        told = points_text(entry.points) if column == CHECK else ""
        return told or self.text(entry, place, column)

    def received(self, entry: DeskEntry) -> str:
        """Return when and how an entry was received and whether that was late."""
        moment = self.tr("chưa rõ")
        if entry.received_at is not None:
            moment = shown_moment(entry.received_at)
        late = self.tr("quá hạn") if entry.is_late(self._words.deadline) else ""
        return " · ".join(filter(None, (moment, self._channel(entry.channel), late)))

    def _channel(self, channel: Channel) -> str:
        """Return how an entry came in a word; nothing where that is not known."""
        return {
            Channel.EMAIL: self.tr("thư"),
            Channel.PAPER: self.tr("giấy"),
            Channel.USB: self.tr("USB"),
        }.get(channel, "")

    def _alike(self, entry: DeskEntry) -> str:
        if not entry.counted:
            return self.tr("đã có phiếu thay")
        signs = (
            (entry.resubmitted, self.tr("có bản gửi lại")),
            (entry.proposal_id in self._words.doubtful, self.tr("cần đối chiếu")),
            (self._words.alike.get(entry.proposal_id), self.tr("có thể trùng")),
        )
        return ", ".join(text for wanted, text in signs if wanted)
