"""The support package helps and gives nothing away."""

import io
import json
import zipfile

import pytest

from ncs_desktop.store.store import Store
from ncs_desktop.work.support import support_package, write_support_package
from tests.factories import NOW, make_proposal, make_values


def every_text(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from every_text(item)
    elif isinstance(value, list):
        for item in value:
            yield from every_text(item)
    elif isinstance(value, str):
        yield value


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "Nguyễn Thị Bí Mật"
    folder.mkdir()
    with Store.open(folder / "kho.sqlite") as store:
        proposal = make_proposal()
        store.save(proposal, NOW)
        store.attach(proposal.id, "form_scan", "Trần Văn Riêng.pdf", b"%PDF-", NOW)
        store.set_setting(f"assistant:{proposal.id}:", "Kính gửi Ông Hoàng Kín")
    return folder


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_no_typed_word_name_or_path_is_in_it(home, tmp_path):
    parts = parts_of(support_package(home / "kho.sqlite", home / "ncs.log", {"zoom": 1.5}))
    whole = "\n".join([*parts, *parts.values()])
    own = parts["doc-truoc.txt"]
    for text in every_text(make_values()):
        assert not text or text not in whole
        for word in text.split():
            if len(word) > 4 and not word.isascii() and word not in own:
                assert word not in whole
    for secret in (
        "Nguyễn Thị Bí Mật",
        "Trần Văn Riêng",
        "Hoàng Kín",
        str(tmp_path),
        tmp_path.name,
    ):
        assert secret not in whole


def test_a_damaged_store_is_told_by_codes_only(home):
    for content in (home / "content").iterdir():
        content.unlink()
    parts = parts_of(support_package(home / "kho.sqlite", home / "ncs.log", {}))
    assert json.loads(parts["kho.json"])["problems"] == {"store.problem.content_missing": 1}
    assert "Riêng" not in "".join(parts.values())


def test_a_missing_store_and_log_are_no_obstacle(tmp_path):
    parts = parts_of(support_package(tmp_path / "không có.sqlite", tmp_path / "x.log", {}))
    assert list(json.loads(parts["kho.json"])["problems"].values()) == [1]
    assert parts["nhat-ky.txt"].startswith("file.")


def test_versions_and_window_figures_are_in_it(home):
    window = {"zoom": 1.5, "dark": True, "title": "chữ của người dùng"}
    parts = parts_of(support_package(home / "kho.sqlite", home / "ncs.log", window))
    assert json.loads(parts["cua-so.json"]) == {"zoom": 1.5, "dark": True}
    assert "reportlab" in json.loads(parts["phien-ban.json"])


def test_only_the_end_of_the_log_is_taken(home):
    (home / "ncs.log").write_text("\n".join(f"dòng {n}" for n in range(500)), encoding="utf-8")
    target = home / "gói hỗ trợ.zip"
    assert write_support_package(home / "kho.sqlite", home / "ncs.log", target, {}) == target
    lines = parts_of(target.read_bytes())["nhat-ky.txt"].splitlines()
    assert lines[0] == "dòng 300"
    assert lines[-1] == "dòng 499"
