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


def test_a_msg_within_a_msg_gives_what_is_attached_to_it_and_no_logo():
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D/__attach_version1.0_#00000000"
    logo = "__attach_version1.0_#00000001"
    mail = read_msg(
        write_ole(
            {
                "__properties_version1.0": b"\0" * 32,
                f"{inner}/__substg1.0_3707001F": "phiếu.docx".encode("utf-16-le"),
                f"{inner}/__substg1.0_37010102": CONTENT,
                f"{logo}/__substg1.0_3707001F": "image001.png".encode("utf-16-le"),
                f"{logo}/__substg1.0_3712001F": "logo@vidu".encode("utf-16-le"),
                f"{logo}/__substg1.0_37010102": b"\x89PNG",
            }
        ),
        "thu.msg",
    )
    assert [(item.name, item.content) for item in mail.attachments] == [("phiếu.docx", CONTENT)]


def test_mails_within_a_mail_give_what_is_attached_to_them():
    inner = EmailMessage()
    inner["From"] = "b@vidu.example"
    inner.set_content("Chuyển tiếp")
    inner.add_attachment(CONTENT, "application", "zip", filename="trong.zip")
    outer = EmailMessage()
    outer["From"] = "a@vidu.example"
    outer.set_content("Kính gửi")
    outer.add_attachment(inner)
    mail = read_eml(outer.as_bytes(), "thu.eml")
    assert [item.name for item in mail.attachments] == ["trong.zip"]


def test_a_logo_in_the_text_is_left_out_and_a_photo_is_not():
    message = EmailMessage()
    message["From"] = "a@vidu.example"
    message.set_content("Kính gửi")
    message.add_alternative('<img src="cid:logo">', subtype="html")
    html = message.get_payload()[1]
    html.add_related(b"\x89PNG", "image", "png", cid="<logo>", filename="image001.png")
    html.add_related(b"\xff\xd8" * 50_000, "image", "jpeg", cid="<anh>", filename="phieu.jpg")
    assert [item.name for item in read_eml(message.as_bytes(), "a").attachments] == ["phieu.jpg"]


def test_names_cut_up_or_encoded_in_their_headers_are_whole():
    mail = (
        b"From: a@vidu.example\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=X\r\n\r\n"
        b"--X\r\nContent-Disposition: attachment; filename*0*=UTF-8''phi%E1%BA%BFu%20;"
        b" filename*1*=%C4%91%E1%BB%81.docx\r\n\r\nPK\r\n"
        b'--X\r\nContent-Disposition: attachment; filename="=?UTF-8?Q?phi=E1=BA=BFu_3?=\r\n'
        b' =?UTF-8?Q?.docx?="\r\n\r\nPK\r\n'
        b'--X\r\nContent-Type: application/zip; name="=?UTF-8?B?cGhp4bq/dSAyLnppcA==?="\r\n\r\n'
        b"PK\r\n--X--\r\n"
    )
    names = [item.name for item in read_eml(mail, "thu.eml").attachments]
    assert names == ["phiếu đề.docx", "phiếu 3.docx", "phiếu 2.zip"]


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
