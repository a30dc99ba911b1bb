"""The names planted on purpose: 106 that break a rule, and look-alikes that do not."""

# ruff: noqa: ANN401 - shapely is untyped

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from data.samples.names import PlaceName, a_day


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted name and what is true of it.

    Attributes
    ----------
    category
        大 洋 怪 重 一地多名 擅自命名 用字, or empty for a look-alike that is fine.
    like
        The standing name a doubled one repeats.
    """

    name: str
    entity_class: str
    category: str
    why: str
    like: str | None
    more: Mapping[str, Any]

    @property
    def nonstandard(self) -> bool:
        """Whether the name breaks a rule."""
        return bool(self.category)


@cache
def _table() -> Mapping[str, Any]:
    with Path(__file__).with_name("planted.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def planted_names() -> tuple[Planted, ...]:
    """Read the planted names: the nonstandard ones first, then the look-alikes."""
    found = []
    for row in _table()["nonstandard"]:
        name, entity_class, category, why, *rest = row
        found.append(_planted(name, entity_class, category, why, rest[0] if rest else {}))
    for row in _table()["lookalike"]:
        name, entity_class, why, *rest = row
        found.append(_planted(name, entity_class, "", why, rest[0] if rest else {}))
    return tuple(found)


def _planted(name: str, entity_class: str, category: str, why: str, more: Mapping[str, Any]) -> Planted:
    values = {key: value for key, value in more.items() if key != "like"}
    return Planted(name, entity_class, category, why, more.get("like"), values)


def standing_estates() -> tuple[str, ...]:
    """Give the standing estates that planted ones repeat."""
    return tuple(row[0] for row in _table()["standing"])


def as_entry(planted: Planted, shape: Any, unit: int, rng: np.random.Generator) -> PlaceName:
    """Enter a planted name at a place. Who named a place on his own has no approval; old names have their year."""
    old = "in_use_since" in planted.more
    more = dict(planted.more)
    if planted.nonstandard and not old:
        more["in_use_since"] = int(rng.integers(2003, 2022))
    approved = None if old or planted.nonstandard else a_day(rng, 1990, 2020)
    loose = planted.category in {"一地多名", "擅自命名"}
    return PlaceName(
        planted.name,
        planted.entity_class,
        shape,
        unit=unit,
        status="nonstandard" if loose else "standard",
        approved_on=approved,
        **more,
    )
