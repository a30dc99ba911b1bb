"""Deaths per year of administrative units: as registered, else from population and death rate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gis.cemeteries.capacity import deaths_expected
from layers.model import Layer
from layers.unit_codes import full_code

_BROADEST_FIRST = ("province", "city", "county", "town", "village")


@dataclass(frozen=True, slots=True)
class Unit:
    """What the capacity of cemeteries needs to know of one unit."""

    code: str
    name: str
    level: str
    parent: str | None
    deaths: float | None
    population: float | None


@dataclass(frozen=True, slots=True)
class Units:
    """All units of a workspace, found by code or by unmistakable name.

    Attributes
    ----------
    death_rate_per_1000
        Used where a unit has no registered deaths.
    """

    by_code: Mapping[str, Unit]
    death_rate_per_1000: float
    _by_name: Mapping[str, str] = field(repr=False)
    _children: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, layer: Layer | None, death_rate_per_1000: float) -> "Units":
        """Read an ``admin_unit`` layer; None gives no units. Abolished units (``valid_to``) are left out."""
        units = {unit.code: unit for unit in _read(layer)}
        names: dict[str, list[str]] = {}
        children: dict[str, list[str]] = {}
        for unit in units.values():
            names.setdefault(unit.name, []).append(unit.code)
            if unit.parent is not None and unit.parent in units:
                children.setdefault(unit.parent, []).append(unit.code)
        return cls(
            units,
            death_rate_per_1000,
            {name: codes[0] for name, codes in names.items() if len(codes) == 1},
            {parent: tuple(sorted(codes)) for parent, codes in children.items()},
        )

    def resolve(self, written: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Turn written codes or names into codes, without units inside another one listed; also what fits nothing."""
        found, lost = set(), []
        for word in written:
            code = self._by_name.get(word, full_code(word))
            if code in self.by_code:
                found.add(code)
            else:
                lost.append(word)
        return tuple(sorted(code for code in found if not found & self._above(code))), tuple(lost)

    def deaths(self, code: str) -> float | None:
        """Deaths per year: registered, or registered for all its parts, or by the rate; None when nothing tells."""
        unit = self.by_code[code]
        if unit.deaths is not None:
            return unit.deaths
        parts = [self.by_code[child] for child in self._children.get(code, ())]
        if parts and all(part.deaths is not None for part in parts):
            return sum(part.deaths or 0.0 for part in parts)
        by_rate = deaths_expected(unit.population, self.death_rate_per_1000)
        if by_rate is not None or not parts:
            return by_rate
        return _total([self.deaths(part.code) for part in parts])

    def spread(self, code: str) -> Mapping[str, float] | None:
        """Spread the deaths of a unit over the smallest units within it; None when they are unknown."""
        total = self.deaths(code)
        leaves = self._leaves(code)
        weights = [self.deaths(leaf) for leaf in leaves]
        if total is None:
            return None
        known = _total(weights)
        if not known:
            return dict.fromkeys(leaves, total / len(leaves))
        return {leaf: total * (weight or 0.0) / known for leaf, weight in zip(leaves, weights, strict=True)}

    def district_deaths(self) -> float | None:
        """Deaths per year of everything the layer covers: the sum over its broadest level."""
        levels = {unit.level for unit in self.by_code.values()}
        for level in _BROADEST_FIRST:
            if level in levels:
                return _total(
                    [self.deaths(code) for code, unit in self.by_code.items() if unit.level == level]
                )
        return None

    def _above(self, code: str) -> set[str]:
        above: set[str] = set()
        parent = self.by_code[code].parent
        while parent is not None and parent in self.by_code and parent not in above:
            above.add(parent)
            parent = self.by_code[parent].parent
        return above

    def _leaves(self, code: str) -> tuple[str, ...]:
        children = self._children.get(code, ())
        return tuple(leaf for child in children for leaf in self._leaves(child)) or (code,)


def _read(layer: Layer | None) -> Iterable[Unit]:
    if layer is None:
        return
    frame = layer.frame[layer.frame["valid_to"].isna()].drop(columns="geometry").astype("object")
    for row in frame.where(frame.notna(), None).to_dict("records"):
        yield Unit(
            code=full_code(row["code"] or ""),
            name=row["name"] or "",
            level=row["level"] or "",
            parent=full_code(row["parent_code"]) if row["parent_code"] else None,
            deaths=_number(row["deaths_per_year"]),
            population=_number(row["population"]),
        )


def _number(value: Any) -> float | None:  # noqa: ANN401 - a cell
    return None if value is None else float(value)


def _total(parts: Iterable[float | None]) -> float | None:
    """Sum, or None when a part is unknown."""
    total = 0.0
    for part in parts:
        if part is None:
            return None
        total += part
    return total
