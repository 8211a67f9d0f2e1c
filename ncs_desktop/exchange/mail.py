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
from itertools import islice

import olefile

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.domain.text import clean_text

_LIMIT = 100 * 2**20
_MOST_ATTACHMENTS = 200
_DEEPEST = 3
_ORNAMENT = 64 * 1024
"""A picture drawn within the text of a mail and smaller than this, in bytes, is a logo."""
_SUBJECT, _SENDER, _LONG_NAME, _SHORT_NAME, _DATA = "0037", "0C1A", "3707", "3704", "3701"
_CONTENT_ID, _INNER_MAIL = "3712", "__substg1.0_3701000D"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
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
        drawn = part["Content-ID"] and part.get_content_maintype() == "image"
        if isinstance(payload, bytes) and not (drawn and len(payload) < _ORNAMENT):
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
    return tuple(islice(_attached(ole, ()), _MOST_ATTACHMENTS))


def _attached(ole: olefile.OleFileIO, inside: tuple[str, ...]) -> Iterator[MailFile]:
    """Yield what is attached in the storage ``inside``, and in the mails attached there."""
    depth = len(inside)
    folders = {
        entry[depth]
        for entry in ole.listdir()
        if tuple(entry[:depth]) == inside and entry[depth].startswith("__attach")
    }
    for folder in sorted(folders):
        path = "/".join((*inside, folder))
        if ole.exists(f"{path}/__substg1.0_{_DATA}0102"):
            yield from _attachment(ole, path, folder)
        elif ole.exists(f"{path}/{_INNER_MAIL}") and depth < 2 * _DEEPEST:
            yield from _attached(ole, (*inside, folder, _INNER_MAIL))


def _attachment(ole: olefile.OleFileIO, path: str, folder: str) -> Iterator[MailFile]:
    content = ole.openstream(f"{path}/__substg1.0_{_DATA}0102").read(_LIMIT)
    name = _text(ole, f"{path}/", _LONG_NAME) or _text(ole, f"{path}/", _SHORT_NAME) or folder
    drawn = _text(ole, f"{path}/", _CONTENT_ID) and name.lower().endswith(_PICTURES)
    if not (drawn and len(content) < _ORNAMENT):
        yield MailFile(name, content)


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
