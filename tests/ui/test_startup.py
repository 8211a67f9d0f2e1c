"""How long the start took is told on every system, also where the process list is hidden."""

import pytest

from ncs_desktop.ui import startup


@pytest.mark.parametrize("hidden", [False, True])
def test_the_time_since_the_start_is_told(monkeypatch, capsys, tmp_path, hidden):
    if hidden:
        monkeypatch.setattr(startup, "_OWN_STATE", tmp_path / "stat")
    startup.report_first_paint()
    startup.report_ready()
    first, ready = (line.split() for line in capsys.readouterr().out.splitlines())
    assert (first[0], ready[0]) == ("first-paint", "ready")
    assert 0 <= float(first[1]) <= float(ready[1])
