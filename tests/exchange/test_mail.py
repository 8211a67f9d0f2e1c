"""E-mails saved to disk: their attachments and the time they were received."""

import struct
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.exchange.mail import read_eml, read_msg
from tests.exchange.ole_writer import write_ole

CONTENT = bytes(range(256)) * 20


def _eml(**headers):
    message = EmailMessage()
    message["From"] = "Văn thư <vanthu@vidu.example>"
    message["Subject"] = "Hồ sơ đề xuất nhiệm vụ"
    for name, value in headers.items():
        message[name] = value
    message.set_content("Kính gửi Sở")
    message.add_attachment(CONTENT, "application", "zip", filename="Bộ nộp – đợt 2026.zip")
    return message.as_bytes()


def test_an_eml_gives_its_attachments_under_their_own_names():
    mail = read_eml(_eml(Date="Tue, 05 Aug 2025 09:30:00 +0700"), "thu.eml")
    assert [item.name for item in mail.attachments] == ["Bộ nộp – đợt 2026.zip"]
    assert mail.attachments[0].content == CONTENT
    assert mail.subject == "Hồ sơ đề xuất nhiệm vụ"
    assert mail.received == datetime(2025, 8, 5, 2, 30, tzinfo=UTC)


def test_the_time_of_receipt_wins_over_the_time_of_writing():
    received = "from a by b; Wed, 06 Aug 2025 23:59:00 +0700"
    mail = read_eml(_eml(Received=received, Date="Mon, 04 Aug 2025 09:30:00 +0700"), "thu.eml")
    assert mail.received == datetime(2025, 8, 6, 16, 59, tzinfo=UTC)


@pytest.mark.parametrize("content", [b"", b"xin chao", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_what_is_no_mail_is_refused(content):
    with pytest.raises(InputProblem) as caught:
        read_eml(content, "thu.eml")
    assert caught.value.code == "mail.not_mail"


def _msg(delivered=datetime(2025, 8, 5, 2, 30, tzinfo=UTC)):
    ticks = int((delivered - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
    return write_ole(
        {
            "__properties_version1.0": b"\0" * 32 + struct.pack("<IIQ", 0x0E060040, 6, ticks),
            "__substg1.0_0037001F": "Hồ sơ đề xuất".encode("utf-16-le"),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": "phiếu.docx".encode("utf-16-le"),
            "__attach_version1.0_#00000000/__substg1.0_37010102": CONTENT,
            "__attach_version1.0_#00000001/__substg1.0_3704001E": b"ngan.pdf",
            "__attach_version1.0_#00000001/__substg1.0_37010102": CONTENT,
        }
    )


def test_a_msg_gives_its_attachments_and_its_time():
    mail = read_msg(_msg(), "thu.msg")
    assert [item.name for item in mail.attachments] == ["phiếu.docx", "ngan.pdf"]
    assert mail.attachments[0].content == CONTENT
    assert mail.subject == "Hồ sơ đề xuất"
    assert mail.received == datetime(2025, 8, 5, 2, 30, tzinfo=UTC)


def test_another_ole_file_is_no_mail():
    with pytest.raises(InputProblem) as caught:
        read_msg(write_ole({"WordDocument": b"x"}), "cu.msg")
    assert caught.value.code == "mail.not_mail"


@given(cut=st.integers(0, 8000), flip=st.integers(0, 8000), value=st.integers(0, 255))
def test_a_damaged_msg_is_refused_in_one_sentence_or_read(cut, flip, value):
    content = bytearray(_msg())
    content[flip] = value
    try:
        read_msg(bytes(content[: len(content) - cut]), "hong.msg")
    except InputProblem as problem:
        assert problem.code.startswith("mail.")  # noqa: PT017
