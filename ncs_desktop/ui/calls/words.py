"""How a call's deadline is said to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from ncs_desktop.domain.call import VIETNAM, Call, DeadlineRule, shown_moment
from ncs_desktop.domain.dates import short_date
from ncs_desktop.domain.findings import Severity


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calls", text)


def countdown(call: Call, now: datetime) -> str:
    """Return how long there is left, or since when it is over."""
    deadline = call.deadline
    if deadline is None:
        return _tr("chưa có hạn nộp")
    words = deadline.text or shown_moment(deadline.end)
    over = (now - deadline.end).days
    if over >= 1:
        return _tr("đã hết hạn {days} ngày ({words})").format(days=over, words=words)
    if deadline.is_late(now):
        return _tr("đã qua hạn ({words})").format(words=words)
    days = (deadline.end - now).days
    if days >= 1:
        return _tr("còn {days} ngày ({words})").format(days=days, words=words)
    hours = int((deadline.end - now).total_seconds() // 3600)
    return _tr("còn {hours} giờ ({words})").format(hours=hours, words=words)


def every_minute(parent: QObject, show: Callable[[], object]) -> QTimer:
    """Let ``show`` tell anew, as long as ``parent`` lives, how long there is left."""
    timer = QTimer(parent)
    timer.setInterval(60_000)
    timer.timeout.connect(show)
    timer.start()
    return timer


def answer_countdown(until: date, now: datetime) -> str:
    """Return before which day a request for supplement is to be answered, and how long that is."""
    words = _tr("trước ngày {day}").format(day=short_date(until))
    days = (until - now.astimezone(VIETNAM).date()).days
    left = _tr("còn {days} ngày").format(days=days) if days > 0 else _tr("đã qua")
    return f"{words} ({left})"


def law_note(call: Call) -> str:
    """Return a warning where the call came after the new law; with the date of our data."""
    if not call.after_new_law:
        return ""
    text = _tr(
        "Đợt sau ngày 01/10/2025: mẫu phiếu này có thể không còn là mẫu hiện hành,"
        " hãy hỏi lại nơi nhận."
    )
    if call.data_date is not None:
        text += " " + _tr("Thông tin của đợt này ghi ngày {day}.").format(
            day=f"{call.data_date:%d/%m/%Y}"
        )
    return text


def deadline_rules() -> list[tuple[str, str]]:
    """Return the ways a deadline is read, with their words."""
    return [
        (DeadlineRule.INCLUSIVE_DAY.value, _tr("chậm nhất vào ngày (tính cả ngày ấy)")),
        (DeadlineRule.INCLUSIVE_MINUTE.value, _tr("chậm nhất là … giờ ngày")),
        (DeadlineRule.EXCLUSIVE_DAY.value, _tr("trước ngày (không tính ngày ấy)")),
        (DeadlineRule.EXCLUSIVE_MINUTE.value, _tr("trước … giờ ngày")),
    ]


def severities() -> list[tuple[str, str]]:
    """Return how much a rule can weigh, with the words for it."""
    return [
        (Severity.ERROR.value, _tr("phải sửa")),
        (Severity.WARNING.value, _tr("nên xem")),
        (Severity.INFO.value, _tr("để biết")),
        (Severity.OFF.value, _tr("không hỏi")),
    ]


def roles(wanted: Iterable[str]) -> list[tuple[str, str]]:
    """Return the kinds of papers of a dossier, with their words."""
    words = {
        "letter": _tr("Công văn"),
        "summary": _tr("Bảng tổng hợp"),
        "form": _tr("Phiếu đề xuất"),
        "data": _tr("Tệp dữ liệu của phiếu"),
        "signed_scan": _tr("Bản quét đã ký"),
        "commitment": _tr("Văn bản nhu cầu và cam kết"),
        "attachment": _tr("Tài liệu gửi kèm"),
        "contents": _tr("Danh mục tài liệu"),
    }
    return [(role, words[role]) for role in wanted]


def senders(wanted: Iterable[str]) -> list[tuple[str, str]]:
    """Return who may send a dossier, with the words for what is asked of them."""
    words = {
        "agency": _tr("Cơ quan nhà nước nộp"),
        "organization": _tr("Tổ chức, doanh nghiệp nộp"),
        "individual": _tr("Cá nhân nộp"),
    }
    return [(kind, words[kind]) for kind in wanted]
