"""A growing set of numbers remembers what it was given, in whatever batches."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from layers.importing.derive import SeenNumbers

batches = st.lists(st.lists(st.integers(0, 40), max_size=12), max_size=12)


@given(batches)
def test_it_has_seen_exactly_what_was_added(given_batches):
    numbers, before = SeenNumbers(), set()
    for batch in given_batches:
        array = np.array(batch, dtype=np.uint64)
        assert numbers.seen(array).tolist() == [one in before for one in batch]
        numbers.add(array)
        before |= set(batch)


def test_nothing_was_seen_before_anything_was_added():
    assert SeenNumbers().seen(np.array([1, 2], dtype=np.uint64)).tolist() == [False, False]
