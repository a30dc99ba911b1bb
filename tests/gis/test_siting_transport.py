"""Sharing people out over chosen sites, against linear programs."""

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from gis.siting.transport import served_by


def crowd(seed):
    """People around candidates, some of which are chosen; room is short, one has no limit."""
    draw = np.random.default_rng(seed)
    far = np.rint(np.hypot(*(draw.random((30, 1, 2)) - draw.random((1, 8, 2))).transpose(2, 0, 1)) * 1000)
    row, column = np.nonzero(far <= 500)
    people, room = draw.integers(0, 9, 30).astype(float), draw.integers(0, 25, 8).astype(float)
    room[0] = np.inf
    return (
        csr_matrix((far[row, column], (row, column)), shape=far.shape),
        people,
        room,
        draw.random(8) < 0.6,
    )


def by_linear_programs(reach, people, room, chosen):
    stored = reach.tocoo()
    use = chosen[stored.col]
    row, column, cost = stored.row[use], stored.col[use], stored.data[use]
    limits = np.vstack([row == one for one in range(len(people))] + [column == one for one in range(8)])
    most = np.concatenate([people, np.minimum(room, people.sum())])
    served = -linprog(-np.ones(len(cost)), limits.astype(float), most).fun
    return served, linprog(cost, limits.astype(float), most, np.ones((1, len(cost))), [served]).fun


@pytest.mark.parametrize("seed", range(8))
def test_as_many_and_as_near_as_two_linear_programs_say(seed):
    reach, people, room, chosen = crowd(seed)
    flow = served_by(reach, people, room, chosen)
    served, travel = by_linear_programs(reach, people, room, chosen)
    assert flow.sum() == pytest.approx(served)
    assert flow.multiply(reach).sum() == pytest.approx(travel)
    assert (flow.toarray()[:, ~chosen] == 0).all()
    assert (flow.sum(axis=0) <= room + 1e-9).all()
    assert (flow.toarray().sum(axis=1) <= people + 1e-9).all()


def test_at_no_distance_people_are_served_too():
    flow = served_by(
        csr_matrix((np.zeros(2), ([0, 1], [0, 0])), (2, 1)), np.ones(2), np.ones(1), np.ones(1, bool)
    )
    assert flow.sum() == 1


def test_nobody_is_served_by_sites_that_are_not_chosen():
    assert served_by(csr_matrix(np.ones((2, 2))), np.ones(2), np.ones(2), np.zeros(2, bool)).nnz == 0
