"""The program killed while it is typed into: everything but the last seconds is there again."""

from tests.bench.bench_kill import LONGEST_LOSS, run_kills


def test_killed_while_typing_loses_seconds_at_most(tmp_path):
    home = tmp_path / "Hồ sơ Ánh"
    home.mkdir()
    wrong, losses, starts = run_kills(home / "ncs.sqlite", 3, seed=7)
    assert wrong == []
    assert max(losses) <= LONGEST_LOSS
    assert len(starts) == 3
