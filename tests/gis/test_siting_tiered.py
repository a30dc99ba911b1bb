from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from gis.siting.tiered import Tiers, trade_off, two_tier
from gis.siting.tiered.curve import in_order
from layers.errors import InputError


def table(minutes, limit):
    rows, columns = np.nonzero(minutes <= limit)
    return csr_matrix((minutes[rows, columns], (rows, columns)), shape=minutes.shape)


def instance(seed, kitchens=3, points=4, homes=5):
    rng = np.random.default_rng(seed)
    return Tiers(
        kitchen_capacity=rng.integers(5, 40, kitchens).astype(float),
        kitchen_stands=np.arange(kitchens) == 0,
        point_capacity=rng.integers(3, 25, points).astype(float),
        point_seats=np.where(rng.random(points) < 0.5, np.inf, rng.integers(1, 15, points)),
        point_cooks=np.where(rng.random(points) < 0.3, rng.integers(1, 12, points), 0).astype(float),
        point_stands=np.arange(points) == 0,
        eat_in=rng.integers(0, 12, homes).astype(float),
        delivered=rng.integers(0, 8, homes).astype(float),
        supply_min=rng.integers(5, 60, (kitchens, points)).astype(float),
        eat_in_min=table(rng.integers(0, 30, (homes, points)).astype(float), 15),
        delivery_min=table(rng.integers(0, 50, (homes, points)).astype(float), 35),
        hot_minutes=45.0,
    )


def paths_of(tiers, kitchens, points):
    """Every way from kitchen (or the point's own stove) to point to home, at the table (0) or the door (1)."""
    tables = (tiers.eat_in_min, tiers.delivery_min)
    for c in points:
        own = [(tiers.kitchens + c, 0.0)] if tiers.point_cooks[c] > 0 else []
        for k, t in [(k, tiers.supply_min[k, c]) for k in kitchens] + own:
            for i, way in product(range(tiers.homes), (0, 1)):
                if _stored(tables[way], i, c) and t + way * tables[way][i, c] <= tiers.hot_minutes:
                    yield k, c, i, way


def served_by_paths(tiers, kitchens, points):
    """The oracle: a linear program with one column per path."""
    paths = list(paths_of(tiers, kitchens, points))
    if not paths:
        return 0.0
    caps = {("k", k): tiers.kitchen_capacity[k] for k in kitchens}
    caps |= {("k", tiers.kitchens + c): tiers.point_cooks[c] for c in points}
    caps |= {("c", c): tiers.point_capacity[c] for c in points} | {
        ("s", c): tiers.point_seats[c] for c in points
    }
    caps |= {("h", i, w): (tiers.eat_in, tiers.delivered)[w][i] for i in range(tiers.homes) for w in (0, 1)}
    names = [name for name, cap in caps.items() if np.isfinite(cap)]
    rows = np.zeros((len(names), len(paths)))
    for at, (k, c, i, way) in enumerate(paths):
        for name in (("k", k), ("c", c), ("h", i, way), ("s", c if way == 0 else -1)):
            if name in names:
                rows[names.index(name), at] = 1
    return -linprog(-np.ones(len(paths)), A_ub=rows, b_ub=[caps[one] for one in names]).fun


def _stored(matrix, row, column):
    return column in matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]


def best_by_hand(tiers, new_points, new_kitchens):
    ks, cs = np.flatnonzero(~tiers.kitchen_stands), np.flatnonzero(~tiers.point_stands)
    return max(
        served_by_paths(
            tiers, [*np.flatnonzero(tiers.kitchen_stands), *k], [*np.flatnonzero(tiers.point_stands), *c]
        )
        for k in combinations(ks, min(new_kitchens, len(ks)))
        for c in combinations(cs, min(new_points, len(cs)))
    )


@pytest.mark.parametrize("seed", range(15))
def test_no_choice_of_sites_serves_more(seed):
    tiers = instance(seed)
    plan = two_tier(tiers, new_points=2, new_kitchens=1)
    assert plan.proven
    assert plan.served == pytest.approx(best_by_hand(tiers, 2, 1), abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_what_stands_alone_serves_what_the_paths_serve(seed):
    tiers = instance(seed)
    assert two_tier(tiers).served == pytest.approx(served_by_paths(tiers, [0], [0]), abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 4), st.integers(0, 2))
def test_flows_balance_within_capacity_hot_and_people_add_up(seed, new_points, new_kitchens):
    tiers = instance(seed, kitchens=4, points=7, homes=12)
    plan = two_tier(tiers, new_points=new_points, new_kitchens=new_kitchens)
    loads = plan.point_loads
    assert np.allclose(plan.supply.sum(axis=0) + plan.cooked, loads, atol=1e-5)
    assert (loads <= tiers.point_capacity + 1e-5).all()
    assert (np.asarray(plan.eat_in.sum(axis=0)).ravel() <= tiers.point_seats + 1e-5).all()
    assert (plan.kitchen_loads <= tiers.kitchen_capacity + 1e-5).all()
    assert (plan.cooked <= tiers.point_cooks + 1e-5).all()
    assert (np.nan_to_num(plan.hot_minutes) <= tiers.hot_minutes + 1e-6).all()
    assert set(np.flatnonzero(loads > 1e-6)) <= set(plan.points)
    assert set(np.flatnonzero(plan.kitchen_loads > 1e-6)) <= set(plan.kitchens)
    assert len(plan.points) - 1 <= new_points
    assert len(plan.kitchens) - 1 <= new_kitchens
    assert plan.served + sum(plan.unserved.values()) == pytest.approx(plan.wanted)
    assert plan.served == pytest.approx(plan.eat_in.sum() + plan.delivered.sum(), abs=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_greedy_plan_is_a_plan_and_its_bound_holds(seed):
    tiers = instance(seed, kitchens=4, points=7, homes=12)
    quick = two_tier(tiers, new_points=2, new_kitchens=1, time_limit_s=0)
    best = two_tier(tiers, new_points=2, new_kitchens=1)
    assert quick.served <= best.served + 1e-5
    assert best.served <= quick.bound + 1e-5


def line(**more):
    """One kitchen, two points 10 and 50 minutes off; homes beside each and one nobody reaches."""
    question = {
        "kitchen_capacity": [100.0], "kitchen_stands": [True], "point_capacity": [30.0, 30.0],
        "point_seats": [np.inf, np.inf], "point_cooks": [0.0, 0.0], "point_stands": [True, True],
        "eat_in": [20.0, 10.0, 5.0], "delivered": [20.0, 10.0, 0.0], "supply_min": [[10.0, 50.0]],
        "eat_in_min": csr_matrix([[5.0, 0], [0, 5.0], [0, 0]]),
        "delivery_min": csr_matrix([[5.0, 0], [0, 15.0], [0, 0]]), "hot_minutes": 60.0,
    }  # fmt: skip
    return Tiers(
        **{name: np.array(one) if isinstance(one, list) else one for name, one in (question | more).items()}
    )


def test_the_unserved_are_told_why():
    plan = two_tier(line())
    assert plan.served == pytest.approx(30 + 10)
    assert plan.unserved == pytest.approx({"capacity": 10, "no_kitchen_in_time": 10, "no_place_in_reach": 5})
    assert plan.reason_delivered.tolist()[1] == "no_kitchen_in_time"
    assert plan.hot_minutes.tolist()[1] == 50


def test_a_candidate_not_chosen_is_told_from_no_place_at_all():
    plan = two_tier(line(point_stands=[True, False]))
    assert plan.unserved == pytest.approx({"capacity": 10, "no_point_in_reach": 20, "no_place_in_reach": 5})


def test_a_point_that_cooks_itself_needs_no_kitchen():
    plan = two_tier(line(point_cooks=[0.0, 30.0]))
    assert plan.unserved == pytest.approx({"capacity": 10, "no_place_in_reach": 5})
    assert plan.cooked.tolist() == pytest.approx([0, 20])


def test_with_the_sites_settled_travel_is_least():
    near_and_far = {"eat_in_min": csr_matrix([[5.0, 9.0], [9.0, 5.0], [0, 0]]), "supply_min": [[10.0, 10.0]]}
    plan = two_tier(line(delivered=[0.0, 0.0, 0.0], **near_and_far))
    assert plan.eat_in.toarray()[:2] == pytest.approx(np.diag([20.0, 10.0]), abs=1e-5)
    assert plan.travel_minutes == pytest.approx(30 * 15)


def test_a_budget_buys_what_it_can_pay():
    question = line(point_stands=[False, False], point_cost=[5.0, 9.0], kitchen_cost=[1.0])
    assert two_tier(question, new_points=None, budget=5).points.tolist() == [0]
    assert two_tier(question, new_points=None, budget=14).points.tolist() == [0, 1]


def test_sites_nobody_would_use_are_not_opened():
    assert two_tier(
        line(point_stands=[True, False], eat_in=[1.0, 0, 0], delivered=[0.0, 0, 0]), new_points=1
    ).points.tolist() == [0]


def test_the_curve_never_falls_and_meets_the_plans():
    tiers = instance(7, points=6, homes=9)
    steps = trade_off(tiers, up_to=3, new_kitchens=1)
    assert [one.new_points for one in steps] == [0, 1, 2, 3]
    assert (np.diff([one.served for one in steps]) >= 0).all()
    assert steps[2].served == pytest.approx(two_tier(tiers, new_points=2, new_kitchens=1).served, abs=1e-5)


def test_what_sites_add_in_order_sums_to_what_they_serve_together():
    tiers = instance(8, points=6, homes=9)
    plan = two_tier(tiers, new_points=3, new_kitchens=1)
    new = plan.kitchens[~tiers.kitchen_stands[plan.kitchens]], plan.points[~tiers.point_stands[plan.points]]
    order = in_order(tiers, *new)
    assert two_tier(tiers).served + sum(adds for _, _, adds in order) == pytest.approx(plan.served, abs=1e-4)
    assert len(order) == sum(map(len, new))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"kitchen_capacity": [-1.0]}, r"kitchen_capacity\[0\] 是 -1"),
        ({"delivered": [1.0, np.nan, 1.0]}, r"delivered\[1\] 是 nan"),
        ({"eat_in": [np.inf, 1.0, 1.0]}, r"eat_in\[0\] 是 inf"),
        ({"supply_min": [[1.0]]}, r"supply_min 的大小是 \(1, 1\)，应为 \(1, 2\)"),
        ({"supply_min": [[1.0, np.nan]]}, r"supply_min\[0, 1\] 是 nan"),
        ({"hot_minutes": 0.0}, "hot_minutes 是 0"),
        ({"point_stands": [True]}, r"point_stands 的大小是 \(1,\)"),
    ],
)
def test_bad_questions_are_refused_by_name(more, message):
    with pytest.raises(InputError, match=message):
        two_tier(line(**more))


def test_a_negative_number_of_points_is_refused():
    with pytest.raises(InputError, match="new_points 是 -1"):
        two_tier(line(), new_points=-1)


def test_nothing_to_supply_from_is_an_answer():
    empty = line(kitchen_capacity=[], kitchen_stands=[], supply_min=np.empty((0, 2)))
    assert two_tier(empty).unserved == pytest.approx({"no_kitchen_in_time": 60, "no_place_in_reach": 5})
