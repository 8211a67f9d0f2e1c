"""The log keeps what happened and forgets what was typed."""

import logging
import sys

import pytest

from ncs_desktop.domain.errors import InputProblem
from ncs_desktop.ui.logfile import start_log, stop_log

SECRET = "Nguyễn Thị Bí Mật"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "nhật ký" / "ncs.log"
    handler = start_log(path)
    yield path
    stop_log(handler)


def test_arguments_and_exception_texts_are_left_out(log):
    logger = logging.getLogger("ncs_desktop.work")
    logger.warning("saving %s", SECRET)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.error("layout failed", exc_info=True)
    logger.error("import failed", exc_info=InputProblem("file.not_found", path=SECRET))
    text = log.read_text(encoding="utf-8")
    assert SECRET not in text
    assert "saving %s" in text
    assert "ValueError" in text
    assert "test_logfile.py:" in text
    assert "InputProblem file.not_found" in text


def test_places_are_told_without_the_folder_of_a_person(log):
    try:
        InputProblem("x").with_traceback(None)
        (log / "nothing").read_text(encoding="utf-8")
    except OSError:
        logging.getLogger("ncs_desktop.ui").error("reading failed", exc_info=True)
    text = log.read_text(encoding="utf-8")
    assert str(log.parent) not in text
    assert "  test_logfile.py:" in text


def test_a_fault_nobody_caught_is_logged(log):
    sys.excepthook(RuntimeError, RuntimeError(SECRET), None)
    text = log.read_text(encoding="utf-8")
    assert "fault nobody caught | RuntimeError" in text
    assert SECRET not in text


def test_other_programs_logs_stay_out_and_stopping_stops(tmp_path):
    path = tmp_path / "ncs.log"
    handler = start_log(path)
    logging.getLogger("sqlalchemy").error("%s", SECRET)
    stop_log(handler)
    logging.getLogger("ncs_desktop").error("later")
    assert not path.exists()
    assert sys.excepthook is sys.__excepthook__


def test_the_log_does_not_grow_without_end(log):
    logger = logging.getLogger("ncs_desktop.ui")
    for _ in range(6000):
        logger.info("x" * 500)
    files = list(log.parent.iterdir())
    assert len(files) == 4
    assert sum(path.stat().st_size for path in files) < 2_100_000
