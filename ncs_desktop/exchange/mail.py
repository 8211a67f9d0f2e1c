"""E-mails saved to disk (.eml, .msg): when they were received and what was attached.

Only attachments and the time of receipt are of use to an officer; the message is never rendered.
Outlook's .msg is an OLE2 file with one property a stream (MS-OXMSG).
"""

from __future__ import annotations

import email
import email.policy
import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import olefile

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.text import clean_text

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIMIT = 100 * 2**20
_MOST_ATTACHMENTS = 200
_SUBJECT, _SENDER, _LONG_NAME, _SHORT_NAME, _DATA = "0037", "0C1A", "3707", "3704", "3701"
_DELIVERED, _SUBMITTED = 0x0E060040, 0x00390040
_HEAD_OF_MESSAGE, _PROPERTY = 32, struct.Struct("<IIQ")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MailFile:
    """One attachment: its name as sent and its content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail; ``received`` comes from its own headers, never from the file's date."""

    subject: str
    sender: str
    received: datetime | None
    attachments: tuple[MailFile, ...]


def read_eml(content: bytes, name: str) -> Mail:
    """Read an .eml file; InputProblem where it is no e-mail or larger than 100 MB."""
    _cap(content, name)
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not (message["From"] or message["Received"]):
        raise InputProblem("mail.not_mail", file=name)
    try:
        attachments = tuple(_eml_files(message))
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise InputProblem("mail.damaged", file=name) from error
    return Mail(
        _one_line(message["Subject"]), _one_line(message["From"]), _eml_time(message), attachments
    )


def _eml_files(message: EmailMessage) -> Iterator[MailFile]:
    for count, part in enumerate(message.walk()):
        if count > 10 * _MOST_ATTACHMENTS:
            return
        file_name = part.get_filename()
        if part.is_multipart() or not file_name:
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield MailFile(_one_line(file_name), payload)


def _eml_time(message: EmailMessage) -> datetime | None:
    """Return when the mail arrived: the newest ``Received`` line, else its ``Date``."""
    for header in message.get_all("Received", [])[:1]:
        moment = _moment(str(header).rpartition(";")[2])
        if moment is not None:
            return moment
    return _moment(str(message["Date"] or ""))


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_msg(content: bytes, name: str) -> Mail:
    """Read an Outlook .msg file; InputProblem where it is damaged or something else."""
    _cap(content, name)
    try:
        with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_INCORRECT) as ole:
            if not ole.exists("__properties_version1.0"):
                raise InputProblem("mail.not_mail", file=name)
            return Mail(
                _text(ole, "", _SUBJECT), _text(ole, "", _SENDER), _msg_time(ole), _msg_files(ole)
            )
    except (
        OSError,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        struct.error,
        RecursionError,
    ) as error:
        raise InputProblem("mail.damaged", file=name) from error


def _msg_files(ole: olefile.OleFileIO) -> tuple[MailFile, ...]:
    folders = sorted({entry[0] for entry in ole.listdir() if entry[0].startswith("__attach")})
    files = []
    for folder in folders[:_MOST_ATTACHMENTS]:
        stream = f"{folder}/__substg1.0_{_DATA}0102"
        if ole.exists(stream):
            file_name = _text(ole, f"{folder}/", _LONG_NAME) or _text(
                ole, f"{folder}/", _SHORT_NAME
            )
            files.append(MailFile(file_name or folder, ole.openstream(stream).read(_LIMIT)))
    return tuple(files)


def _text(ole: olefile.OleFileIO, folder: str, code: str) -> str:
    """Return a text property: UTF-16 where it is there, else the 8-bit form (Windows-1258)."""
    for kind, encoding in (("001F", "utf-16-le"), ("001E", "cp1258")):
        stream = f"{folder}__substg1.0_{code}{kind}"
        if ole.exists(stream):
            raw = ole.openstream(stream).read(2**16)
            return _one_line(raw.decode(encoding, errors="replace").rstrip("\0"))
    return ""


def _msg_time(ole: olefile.OleFileIO) -> datetime | None:
    raw = ole.openstream("__properties_version1.0").read(2**20)
    times = {}
    for offset in range(_HEAD_OF_MESSAGE, len(raw) - _PROPERTY.size + 1, _PROPERTY.size):
        code, _flags, value = _PROPERTY.unpack_from(raw, offset)
        times[code] = value
    ticks = times.get(_DELIVERED) or times.get(_SUBMITTED)
    if not ticks or ticks > 10**18:
        return None
    return _EPOCH + timedelta(microseconds=ticks // 10)


def _one_line(text: object) -> str:
    return " ".join(clean_text(str(text or "")).text.split())


def _cap(content: bytes, name: str) -> None:
    if len(content) > _LIMIT:
        raise InputProblem("mail.too_large", file=name)
