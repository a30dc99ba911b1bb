"""What two tiers of meals are asked about: kitchens, points, homes and the minutes between them."""

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_matrix, issparse

from gis.kernels.arrays import Flags, Floats
from gis.siting.asking import Matrix, bad_value, checked_reach
from layers.errors import InputError
from layers.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """Kitchens k, points c, homes i.

    Attributes
    ----------
    kitchen_capacity
        (k,) meals a day; inf where there is no limit.
    kitchen_stands
        (k,) those that exist; the others are candidates.
    point_capacity
        (c,) meals a day a point gives out, at the table and to the door together.
    point_seats
        (c,) of them at the table; inf where there is no limit.
    point_cooks
        (c,) meals a day a point cooks itself; 0 for one that is only supplied.
    point_stands
        (c,) those that exist.
    eat_in, delivered
        (i,) meals a day wanted at the table, and at the door.
    supply_min
        (k, c) minutes from kitchen to point: inf, or not stored in a sparse table, where a kitchen does not supply it.
    eat_in_min, delivery_min
        (i, c) minutes between home and point, stored only where that is within the limit; a stored 0 is no distance.
    hot_minutes
        Longest time a meal is held hot: kitchen to point for a meal at the table, kitchen to home for one delivered.
    kitchen_cost, point_cost
        What a new one costs; all 1 when not said.
    """

    kitchen_capacity: Floats
    kitchen_stands: Flags
    point_capacity: Floats
    point_seats: Floats
    point_cooks: Floats
    point_stands: Flags
    eat_in: Floats
    delivered: Floats
    supply_min: Floats | csr_matrix
    eat_in_min: csr_matrix
    delivery_min: csr_matrix
    hot_minutes: float
    kitchen_cost: Floats | None = None
    point_cost: Floats | None = None

    @property
    def kitchens(self) -> int:
        """Count the kitchens."""
        return len(self.kitchen_capacity)

    @property
    def points(self) -> int:
        """Count the points."""
        return len(self.point_capacity)

    @property
    def homes(self) -> int:
        """Count the homes."""
        return len(self.eat_in)

    def checked(self) -> Self:
        """Return the question with plain arrays and canonical tables, minutes of supply dense.

        Raises
        ------
        InputError
            When a value is negative or no number, or shapes do not fit.
        """
        size = {"kitchen": self.kitchens, "point": self.points, "home": self.homes}
        shape = (self.homes, self.points)
        stands = {name: np.asarray(getattr(self, name), bool) for name in ("kitchen_stands", "point_stands")}
        _check_flags(stands, size)
        if not self.hot_minutes > 0:
            raise bad_value("hot_minutes", "", self.hot_minutes)
        parts: dict[str, Any] = {name: _amounts(self, name, count) for name, count in _lengths(size)}
        return replace(
            self,
            **(parts | stands),
            supply_min=_dense(self.supply_min, (self.kitchens, self.points)),
            eat_in_min=_sparse(self.eat_in_min, "eat_in_min", shape),
            delivery_min=_sparse(self.delivery_min, "delivery_min", shape),
        )


def _lengths(size: dict[str, int]) -> list[tuple[str, int]]:
    kitchen, point, home = size["kitchen"], size["point"], size["home"]
    return [
        ("kitchen_capacity", kitchen), ("kitchen_cost", kitchen), ("point_capacity", point), ("point_seats", point),
        ("point_cooks", point), ("point_cost", point), ("eat_in", home), ("delivered", home),
    ]  # fmt: skip


def _amounts(tiers: Tiers, name: str, count: int) -> Floats:
    given = getattr(tiers, name)
    values = np.ones(count) if given is None else np.atleast_1d(np.asarray(given, np.float64))
    _check_shape(name, values.shape, (count,))
    endless = name in {"kitchen_capacity", "point_capacity", "point_seats", "point_cooks"}
    wrong = np.flatnonzero(~((values >= 0) & (np.isfinite(values) | endless)))
    if len(wrong):
        raise bad_value(name, str(wrong[0]), values[wrong[0]])
    return values


def _check_shape(name: str, given: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if given != wanted:
        raise InputError(
            Text(f"{name} 的大小是 {given}，应为 {wanted}。", f"{name} has the shape {given}, not {wanted}.")
        )


def _check_flags(stands: dict[str, Flags], size: dict[str, int]) -> None:
    for name, flags in stands.items():
        _check_shape(name, flags.shape, (size[name.split("_")[0]],))


def _sparse(table: Matrix, name: str, shape: tuple[int, int]) -> csr_matrix:
    if shape[1] == 0:
        return csr_matrix(shape)
    checked = checked_reach(table)
    _check_shape(name, checked.shape, shape)
    return checked


def _dense(table: Matrix, shape: tuple[int, int]) -> Floats:
    """Return the minutes of supply; inf where nothing is stored."""
    if not issparse(table):
        dense = np.asarray(table, np.float64)
        _check_shape("supply_min", dense.shape, shape)
        wrong = np.argwhere(~(dense >= 0))
        if len(wrong):
            raise bad_value("supply_min", f"{wrong[0][0]}, {wrong[0][1]}", dense[tuple(wrong[0])])
        return dense
    dense = np.full(shape, np.inf)
    if shape[1]:
        checked = _sparse(table, "supply_min", shape)
        dense[np.repeat(np.arange(shape[0]), np.diff(checked.indptr)), checked.indices] = checked.data
    return dense
