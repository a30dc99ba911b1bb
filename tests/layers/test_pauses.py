"""The garbage collector is left as it was found."""

import gc

import pytest

from layers.pauses import few_pauses


def test_the_collector_looks_seldom_until_the_last_work_is_done():
    usual = gc.get_threshold()
    with few_pauses():
        seldom = gc.get_threshold()
        with few_pauses():
            assert gc.get_threshold() == seldom
        assert gc.get_threshold() == seldom
    assert seldom[0] > usual[0]
    assert gc.get_threshold() == usual


def test_a_failure_leaves_the_collector_as_it_was():
    usual = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), few_pauses():
        _ = 1 / 0
    assert gc.get_threshold() == usual
