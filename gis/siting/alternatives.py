"""Other plans nearly as good as the best: the best replacement of every chosen site, and whole plans that differ."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import Clock, Matrix, checked_cost, checked_fixed, checked_reach, checked_weight
from gis.siting.capacitated import capacitated_mclp
from gis.siting.constraints import Constraints, Rules, rules_of
from gis.siting.covering import mclp
from gis.siting.transport import served_by
from layers.errors import InputError

_PER_SITE = 3
"""Swaps of every chosen site that are looked at as plans."""
_LEAST_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """The best replacement of one chosen site.

    Attributes
    ----------
    out, into
        Column taken out, and the one put in; -1 where none can take its place.
    objective
        What the plan reaches then.
    loss
        Share of the objective lost; negative where the replacement is better.
    """

    out: int
    into: int
    objective: float
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another plan: its columns (fixed ones included), what it reaches, and the share of the objective lost."""

    sites: Ints
    objective: float
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """One swap for every site that is not fixed, and plans within the loss asked for, the best first."""

    swaps: tuple[Swap, ...]
    plans: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class _Model:
    """The model a plan was chosen by; ``room`` is None without capacities."""

    reach: csr_matrix
    people: Floats
    chosen: Flags
    must: Flags
    constraints: Constraints | None
    room: Floats | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What swaps reach: (sites out, columns in), -inf where a swap is not possible; greater is better."""

    best: float
    chosen: Flags
    out: Ints
    values: Floats


def alternatives(  # noqa: PLR0913 - the parts of one question
    reach_csr: Matrix,
    weight: npt.ArrayLike,
    sites: Sequence[int] | Ints,
    fixed: Sequence[int] | Ints = (),
    *,
    within: float = 0.01,
    at_most: int = 5,
    constraints: Constraints | None = None,
    capacity: npt.ArrayLike | None = None,
    time_limit_s: float = 5.0,
) -> Alternatives:
    """Give other covering plans with as many sites that cover nearly as much.

    Every swap of one site is tried; then every chosen site is forbidden in turn and the rest solved anew to ``within``,
    as long as time lasts. Plans come the best first, those without the same site one after another only when there
    are no others.

    Parameters
    ----------
    reach_csr, weight, fixed, constraints
        As for ``mclp``.
    sites
        Columns of the plan, fixed ones included.
    within
        Greatest share of the weight covered that a plan may lose.
    at_most
        Most plans given.
    capacity
        As for ``capacitated_mclp``; with it there are no swaps, only plans solved anew.
    time_limit_s
        Time for solving anew; 0 leaves it at swaps.

    Raises
    ------
    InputError
        As ``mclp``.
    """
    clock, reach = Clock.start(time_limit_s), checked_reach(reach_csr)
    people, must = checked_weight(weight, reach.shape[0]), checked_fixed(fixed, reach.shape[1])
    chosen = checked_fixed(sites, reach.shape[1])
    rules = rules_of(constraints, must) if constraints is not None and constraints.any else None
    room = None if capacity is None else np.asarray(capacity, np.float64)
    model = _Model(reach, people, chosen, must, constraints, room)
    found = _cover_swaps(reach, people, chosen, must, rules) if room is None else _no_swaps(model)
    plans = _plans_of_swaps(found)
    for one in np.flatnonzero(chosen & ~must):
        if clock.left_s <= 0:
            break
        plans |= _solved_without(int(one), model, max(clock.left_s, _LEAST_S))
    return Alternatives(swaps=_swaps(found, sign=1.0), plans=_picked(found, plans, within, at_most, sign=1.0))


def cost_alternatives(  # noqa: PLR0913 - the parts of one question
    cost: Matrix,
    weight: npt.ArrayLike,
    sites: Sequence[int] | Ints,
    fixed: Sequence[int] | Ints = (),
    *,
    worst: bool = False,
    within: float = 0.01,
    at_most: int = 5,
    constraints: Constraints | None = None,
) -> Alternatives:
    """Give other plans of a median (``worst``: of a centre) that cost nearly as little: all swaps of one site.

    Parameters are as for ``p_median`` and ``alternatives``; demands no candidate reaches count for nothing, and a swap
    that leaves somebody out whom the plan serves, or breaks a constraint, is not possible. Raises InputError as
    ``p_median``.
    """
    table = checked_cost(cost)
    people, must = checked_weight(weight, table.shape[0]), checked_fixed(fixed, table.shape[1])
    chosen = checked_fixed(sites, table.shape[1])
    rules = rules_of(constraints, must) if constraints is not None and constraints.any else None
    served = np.isfinite(table[:, chosen]).any(axis=1) & (people > 0)
    table, people = table[served], people[served]
    out = np.flatnonzero(chosen & ~must)
    values = np.full((len(out), table.shape[1]), -np.inf)
    for at, one in enumerate(out):
        rest = chosen.copy()
        rest[one] = False
        left = table[:, rest].min(axis=1, initial=np.inf)
        nearest = np.minimum(left[:, None], table[:, ~chosen])
        values[at, ~chosen] = -(nearest.max(axis=0, initial=0.0) if worst else people @ nearest)
        if rules is not None:
            values[at, ~_open_beside(rules, rest, int(one))] = -np.inf
    now = table[:, chosen].min(axis=1, initial=np.inf)
    best = -float(now.max(initial=0.0) if worst else people @ now)
    found = _Found(best, chosen, out, np.where(np.isnan(values), -np.inf, values))
    return Alternatives(
        swaps=_swaps(found, sign=-1.0),
        plans=_picked(found, _plans_of_swaps(found), within, at_most, sign=-1.0),
    )


def _cover_swaps(
    reach: csr_matrix, people: Floats, chosen: Flags, must: Flags, rules: Rules | None
) -> _Found:
    table = csr_matrix((np.ones(reach.nnz), reach.indices, reach.indptr), shape=reach.shape)
    by_column, count = table.T.tocsr(), np.asarray(table @ chosen.astype(float))
    out = np.flatnonzero(chosen & ~must)
    best = float(people[count > 0].sum())
    values = np.full((len(out), reach.shape[1]), -np.inf)
    for at, one in enumerate(out):
        rest = chosen.copy()
        rest[one] = False
        alone = by_column.indices[by_column.indptr[one] : by_column.indptr[one + 1]]
        alone = alone[count[alone] == 1]
        left = np.where(count == 0, people, 0.0)
        left[alone] = people[alone]
        can = ~chosen if rules is None else _open_beside(rules, rest, int(one))
        values[at, can] = (best - people[alone].sum() + np.asarray(by_column @ left))[can]
    return _Found(best, chosen, out, values)


def _open_beside(rules: Rules, rest: Flags, out: int) -> Flags:
    """Tell which columns can take the place of one, every rule kept."""
    can = rules.open_to(rest)
    can[out] = False
    lacking = rules.lacking(rest)
    return can & lacking if lacking.any() else can


def _swaps(found: _Found, *, sign: float) -> tuple[Swap, ...]:
    swaps = []
    for at, one in enumerate(found.out):
        into = int(np.argmax(found.values[at]))
        value = float(found.values[at, into])
        possible = np.isfinite(value)
        swaps.append(
            Swap(
                out=int(one),
                into=into if possible else -1,
                objective=sign * (value if possible else found.best),
                loss=_loss(found.best, value) if possible else 1.0,
            )
        )
    return tuple(swaps)


_Plans = dict[tuple[int, ...], float]


def _plans_of_swaps(found: _Found) -> _Plans:
    plans: _Plans = {}
    for at, one in enumerate(found.out):
        for into in np.argsort(-found.values[at], kind="stable")[:_PER_SITE]:
            if np.isfinite(found.values[at, into]):
                other = found.chosen.copy()
                other[[one, into]] = False, True
                plans[tuple(np.flatnonzero(other).tolist())] = float(found.values[at, into])
    return plans


def _no_swaps(model: _Model) -> _Found:
    room = np.nan_to_num(np.asarray(model.room), posinf=np.inf)
    best = float(served_by(model.reach, model.people, room, model.chosen).sum())
    return _Found(best, model.chosen, np.empty(0, np.int64), np.empty((0, len(room))))


def _solved_without(column: int, model: _Model, time_s: float) -> _Plans:
    """Return the best plan without a column, nearly."""
    kept = np.flatnonzero(np.arange(len(model.chosen)) != column)
    number = min(int(model.chosen.sum()), len(kept))
    asked: dict[str, Any] = {
        "fixed": np.flatnonzero(model.must[kept]),
        "time_limit_s": time_s,
        "gap": 0.005,
        "constraints": None
        if model.constraints is None
        else _without(model.constraints, kept, len(model.chosen)),
    }
    reach = model.reach[:, kept]
    try:
        if model.room is None:
            plan = mclp(reach, model.people, number, **asked)
            return {tuple(kept[plan.sites].tolist()): plan.objective}
        held = capacitated_mclp(reach, model.people, model.room[kept], number, **asked)
    except InputError:
        return {}
    return {tuple(kept[held.sites].tolist()): held.objective}


def _without(constraints: Constraints, kept: Ints, columns: int) -> Constraints:
    """Return the constraints over some of the columns."""
    place = np.full(columns, -1, np.int64)
    place[kept] = np.arange(len(kept))
    pairs = place[np.asarray(constraints.conflicts, np.int64).reshape(-1, 2)]
    return replace(
        constraints,
        conflicts=pairs[(pairs >= 0).all(axis=1)],
        group=None if constraints.group is None else np.asarray(constraints.group)[kept],
        cost=None if constraints.cost is None else np.asarray(constraints.cost)[kept],
    )


def _picked(
    found: _Found, plans: _Plans, within: float, at_most: int, *, sign: float
) -> tuple[Alternative, ...]:
    """Take the best plans that lose no more than asked; those that drop another site than before come first."""
    own = tuple(np.flatnonzero(found.chosen).tolist())
    near = [
        (value, sites)
        for sites, value in plans.items()
        if sites != own and _loss(found.best, value) <= within
    ]
    near.sort(key=lambda one: (-one[0], one[1]))
    dropped: set[frozenset[int]] = set()
    first: list[tuple[float, tuple[int, ...]]] = []
    later: list[tuple[float, tuple[int, ...]]] = []
    for value, sites in near:
        gone = frozenset(own) - frozenset(sites)
        (later if gone in dropped else first).append((value, sites))
        dropped.add(gone)
    taken = sorted((first + later)[:at_most], key=lambda one: (-one[0], one[1]))
    return tuple(
        Alternative(sites=np.array(sites), objective=sign * value, loss=_loss(found.best, value))
        for value, sites in taken
    )


def _loss(best: float, value: float) -> float:
    """Return the share lost; both are greater where better."""
    return (best - value) / abs(best) if best else (0.0 if value == best else 1.0)
