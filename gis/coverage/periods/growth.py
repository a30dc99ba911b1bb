"""How many people there will be: a rate a year, or a table of people by unit and year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gis.coverage.demand import Demand
from gis.coverage.units import Units, canonical
from layers.errors import ColumnError
from layers.reading.opening import open_source
from layers.reading.source import Wish
from layers.text import Text, counted

if TYPE_CHECKING:
    from gis.kernels.arrays import Floats

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("区划代码", "code", "unit_code", "村居代码", "单元代码", "代码"),
    "year": ("年份", "year", "年度", "年"),
    "people": ("人数", "people", "老年人口", "人口", "预测人数"),
}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Refused:
    """A row of the table that was not used: its number in the file, the column, what stood there, and why."""

    row: int
    column: str
    value: str
    reason: Text

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {"row": self.row, "column": self.column, "value": self.value, "reason": self.reason._asdict()}


@dataclass(frozen=True, slots=True)
class GrowthTable:
    """People by unit code (as the units write it) and year; ``refused`` rows were not used."""

    name: str
    people: Mapping[str, Mapping[int, float]]
    rows: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """How people grow from ``base_year`` on: by a rate a year everywhere, and by a table where it tells."""

    rate: float
    base_year: int
    table: GrowthTable | None = None

    def weights(self, demand: Demand, units: Units, years: list[int]) -> "tuple[Floats, Floats]":
        """Return the people of each demand in each year, (years, n), and those of the table nobody can place, (years,).

        Unknown numbers stay out (0), as does whoever has no place.
        """
        known = np.isfinite(demand.weight) & np.isfinite(demand.lon)
        now = np.where(known, demand.weight, 0.0)
        factor = np.array([(1.0 + self.rate) ** (year - self.base_year) for year in years])
        weights, unplaced = now[None, :] * factor[:, None], np.zeros(len(years))
        if self.table is None:
            return weights, unplaced
        told = np.zeros(len(now), bool)
        for unit, mine in _members(self.table, demand, units):
            points = np.flatnonzero(mine & ~told)
            expected = np.array(
                [self._expected(self.table.people[unit], float(now[points].sum()), one) for one in years]
            )
            total = now[points].sum()
            if total > 0:
                weights[:, points] = now[points][None, :] * (expected / total)[:, None]
                told[points] = True
            else:
                unplaced += expected
        return weights, unplaced

    def _expected(self, told: Mapping[int, float], now: float, year: int) -> float:
        """Read a year off the table: straight between years, from today's number before them, by the rate after."""
        known = dict(told)
        if min(known) > self.base_year:
            known[self.base_year] = now
        years = sorted(known)
        if year > years[-1]:
            return known[years[-1]] * (1.0 + self.rate) ** (year - years[-1])
        return float(np.interp(year, years, [known[one] for one in years]))


def _members(table: GrowthTable, demand: Demand, units: Units) -> Iterator[tuple[str, Any]]:
    """Yield the units of the table with the flags of their points of demand, finest units first."""
    codes = list(table.people)
    rows = units.coded(codes)
    levels = units.frame["level"].to_numpy(object)
    for level in ("village", "town", "county", "city", "province"):
        here = [at for at, row in enumerate(rows) if levels[row] == level]
        if here:
            inside = units.locate(demand.lon, demand.lat, [None] * len(demand), level)
            for at in here:
                yield codes[at], inside == rows[at]


def read_growth(path: Path, units: Units) -> GrowthTable:
    """Read a table of people by unit and year; a row that cannot be used is refused with its reason, never guessed.

    Raises
    ------
    ColumnError
        When a column of codes, years or people is missing, or no row can be used.
    FangyuError
        As ``layers.reading.open_source`` does, when the file cannot be read.
    """
    people: dict[str, dict[int, float]] = {}
    refused: list[Refused] = []
    count = 0
    with open_source(path, Wish()) as source:
        columns = _columns(list(source.headings), path)
        for batch in source.batches():
            cells = zip(batch.rows, *(batch.table[columns[one]].tolist() for one in _HEADINGS), strict=True)
            for row, code, year, number in cells:
                count += 1
                problem = _take(people, units, columns, int(row), (str(code).strip(), year, number))
                refused += [problem] if problem else []
    if not people:
        raise ColumnError(
            Text(
                f"{path.name} 的 {count} 行都不能用。",
                f"No row of {path.name} can be used ({counted(count, 'row')}).",
            ),
            refused[0].reason if refused else Text("", ""),
        )
    return GrowthTable(path.name, people, count, tuple(refused))


def _columns(headings: list[str], path: Path) -> dict[str, str]:
    by_word = {one.strip().casefold(): one for one in headings}
    found = {
        name: next((by_word[word] for word in words if word in by_word), None)
        for name, words in _HEADINGS.items()
    }
    missing = [name for name, heading in found.items() if heading is None]
    if missing:
        raise ColumnError(
            Text(
                f"{path.name} 缺少列：{'、'.join(_HEADINGS[one][0] for one in missing)}；"
                f"现有列：{'、'.join(headings)}。",
                f"{path.name} lacks columns: {', '.join(missing)}; it has: {', '.join(headings)}.",
            ),
            Text("需要三列：区划代码、年份、人数。", "Three columns are needed: code, year, people."),
        )
    return {name: str(heading) for name, heading in found.items()}


def _take(
    people: dict[str, dict[int, float]],
    units: Units,
    columns: dict[str, str],
    row: int,
    cells: tuple[str, Any, Any],
) -> Refused | None:
    """Take one row, or say why it is refused."""
    code, year_said, number_said = cells
    unit, year, number = int(units.coded([code])[0]), _number(year_said), _number(number_said)
    if unit < 0 or units.whole:
        return Refused(
            row, columns["code"], code, Text("没有这个代码的单元", "there is no unit of this code")
        )
    if year is None or year != int(year) or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return Refused(row, columns["year"], str(year_said), Text("不是年份", "is no year"))
    if number is None or number < 0:
        return Refused(row, columns["people"], str(number_said), Text("不是零或正数", "is not zero or more"))
    years = people.setdefault(canonical(code), {})
    if int(year) in years:
        return Refused(
            row,
            columns["year"],
            str(year_said),
            Text("这个单元这一年写了两次", "is given twice"),
        )
    years[int(year)] = number
    return None


def _number(said: Any) -> float | None:  # noqa: ANN401 - whatever stands in the cell
    try:
        value = float(str(said).strip().replace(",", ""))
    except ValueError:
        return None
    return value if np.isfinite(value) else None
