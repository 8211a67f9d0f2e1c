import pytest

from ncs_desktop.domain.closing import Closing


class Held(Closing):
    closed = 0

    def close(self):
        self.closed += 1


def test_it_is_closed_at_the_end_and_after_an_error():
    with Held() as held:
        assert held.closed == 0
    assert held.closed == 1
    with pytest.raises(ZeroDivisionError), held:
        raise ZeroDivisionError
    assert held.closed == 2
