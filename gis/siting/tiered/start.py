"""A first choice of sites, by what each would add on the day."""

import numpy as np

from gis.kernels.arrays import Flags, Floats
from gis.siting.tiered.arcs import Arcs
from gis.siting.tiered.model import Model


def greedy(model: Model, *, new_points: int | None, new_kitchens: int | None, budget: float | None) -> Flags:
    """Open kitchens where most is wanted without one, then points by what is still unserved; a flag per site."""
    tiers, left = model.tiers, np.inf if budget is None else budget
    kitchens, points = tiers.kitchen_stands.copy(), tiers.point_stands.copy()
    asked = sum(
        np.bincount(one.point, weights=one.wanted[one.group], minlength=tiers.points)
        for one in (model.eat, model.door)
    )
    worth = np.minimum(asked, tiers.point_capacity)
    most = int((~kitchens).sum()) if new_kitchens is None else new_kitchens
    for _ in range(min(most, int((~kitchens).sum()))):
        supplied = _supplied(model, kitchens)
        gains = np.array(
            [_kitchen_gain(model, one, np.where(supplied, 0.0, worth)) for one in range(tiers.kitchens)]
        )
        best = _dearest(gains, kitchens, tiers.kitchen_cost, left)
        if best < 0:
            break
        kitchens[best] = True
        left -= tiers.kitchen_cost[best] if tiers.kitchen_cost is not None else 1.0
    supplied = _supplied(model, kitchens)
    rest = [model.eat.wanted.copy(), model.door.wanted.copy()]
    for point in np.flatnonzero(points & supplied):
        _serve(model, int(point), rest)
    most = int((~points).sum()) if new_points is None else new_points
    for _ in range(min(most, int((~points).sum()))):
        best = _dearest(np.where(supplied, _point_gains(model, rest), 0.0), points, tiers.point_cost, left)
        if best < 0:
            break
        points[best] = True
        left -= tiers.point_cost[best] if tiers.point_cost is not None else 1.0
        _serve(model, best, rest)
    return np.concatenate([kitchens, points])


def _supplied(model: Model, kitchens: Flags) -> Flags:
    sources = model.sources
    works = np.append(kitchens, True)[sources.kitchen]
    return np.bincount(sources.point[works], minlength=model.tiers.points) > 0


def _kitchen_gain(model: Model, kitchen: int, worth: Floats) -> float:
    mine = model.sources.point[model.sources.kitchen == kitchen]
    return min(float(worth[mine].sum()), float(model.tiers.kitchen_capacity[kitchen]))


def _dearest(gains: Floats, chosen: Flags, cost: Floats | None, left: float) -> int:
    """Return the one that adds most for what it costs and can be paid; -1 where none adds anything."""
    price = np.ones(len(gains)) if cost is None else cost
    worth = np.where(chosen | (price > left), 0.0, gains / np.maximum(price, 1e-12))
    return int(np.argmax(worth)) if len(worth) and worth.max() > 0 else -1


def _point_gains(model: Model, rest: list[Floats]) -> Floats:
    table, door = (
        np.bincount(arcs.point, weights=one[arcs.group], minlength=model.tiers.points)
        for arcs, one in zip((model.eat, model.door), rest, strict=True)
    )
    return np.minimum(np.minimum(table, model.tiers.point_seats) + door, model.tiers.point_capacity)


def _serve(model: Model, point: int, rest: list[Floats]) -> None:
    """Take off what a point serves, evenly from everybody it reaches."""
    room = float(model.tiers.point_capacity[point])
    room -= _take(model.eat, point, rest[0], min(room, float(model.tiers.point_seats[point])))
    _take(model.door, point, rest[1], room)


def _take(arcs: Arcs, point: int, rest: Floats, room: float) -> float:
    groups = arcs.group[arcs.point == point]
    waiting = float(rest[groups].sum())
    share = 1.0 if waiting <= room else room / waiting
    rest[groups] *= 1.0 - share
    return waiting * share
