"""The command that makes pictures of the whole job still knows the window it walks through."""

import importlib
import inspect
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ncs_desktop.ui.ask import Ask

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
SHORT = {"title": "Đào tạo", "budget.state_budget": "2 tỷ", "contact_email": "du-an mekong"}


@pytest.fixture
def pictures(monkeypatch, qtbot):
    monkeypatch.syspath_prepend(str(PACKAGING))
    module = importlib.import_module("job_pictures")
    monkeypatch.setattr(module, "TEXTS", SHORT)
    monkeypatch.setattr(module, "wait_until", lambda reached, _settle=0: qtbot.waitUntil(reached))
    return module


def test_pictures_of_the_first_steps(pictures, window, tmp_path):
    strip = pictures.Strip(window, tmp_path, "light")
    editor = pictures.begin(window, strip)
    pictures.fill(editor, strip)
    names = sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".png")
    assert [name.split("-", 2)[2] for name in names] == [
        "start.png",
        "new.png",
        "empty.png",
        "fill-budget-state_budget.png",
        "fill-contact_email.png",
        "fill-priorities.png",
    ]
    assert all(QImage(str(tmp_path / name)).width() > 300 for name in names)
    assert editor.session.proposal.text("task_kind") == "training"
    assert editor.session.proposal.get("budget.state_budget") == 2_000_000_000


def test_texts_of_the_job_belong_to_the_form(catalog, monkeypatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    module = importlib.import_module("job_pictures")
    form = catalog.form("a1-dxnv@tt15-2022")
    assert [key for key in module.TEXTS if form.find(key) is None] == []
    assert module.CALL in catalog.calls


def test_answers_are_asked_as_the_window_asks(monkeypatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    answers = importlib.import_module("job_pictures").Answers
    names = [name for name in vars(answers) if not name.startswith("_")]
    assert "confirm" in names
    for name in names:
        asked, answered = (
            [*inspect.signature(getattr(kind, name)).parameters] for kind in (Ask, answers)
        )
        assert answered == asked, name
