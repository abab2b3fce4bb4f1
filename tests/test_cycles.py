import gc

import pytest

from kg.cycles import uncollected


def test_uncollected_pauses_the_collector_whatever_happens_inside() -> None:
    def fail() -> None:
        with uncollected():
            raise KeyError(gc.isenabled())

    with pytest.raises(KeyError, match="False"):
        fail()
    assert gc.isenabled()


def test_uncollected_leaves_a_collector_off_that_was_off() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
