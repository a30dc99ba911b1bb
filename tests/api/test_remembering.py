import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.remembering import Remembered


def test_a_result_is_made_once_per_key():
    made = []
    kept = Remembered(10)
    for key in ("a", "b", "a"):
        kept.get(key, lambda key=key: made.append(key) or key)
    assert made == ["a", "b"]


def test_the_least_recently_asked_goes_first():
    kept = Remembered(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)
    made = []
    kept.get("a", lambda: made.append("a"))
    kept.get("b", lambda: made.append("b"))
    assert made == ["b"]


def test_what_is_heavier_than_the_limit_is_given_but_not_kept():
    kept = Remembered(3, weigh=len)
    assert kept.get("k", lambda: b"12345") == b"12345"
    assert kept.get("k", lambda: b"other") == b"other"


def test_a_failure_is_not_remembered():
    kept = Remembered(3)
    with pytest.raises(ZeroDivisionError):
        kept.get("k", lambda: 1 / 0)
    assert kept.get("k", lambda: 7) == 7


def test_many_who_ask_at_the_same_time_wait_for_one_making():
    made, gate = [], threading.Event()
    kept = Remembered(3)

    def make():
        gate.wait(5)
        made.append(1)
        return "v"

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(kept.get, "k", make) for _ in range(8)]
        gate.set()
    assert {one.result() for one in asked} == {"v"}
    assert made == [1]
