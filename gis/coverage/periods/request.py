"""What is asked of a plan over several periods, and the command that asks it again."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gis.coverage.changes import digits
from gis.coverage.request import CoverageRequest
from layers.errors import InputError
from layers.text import Text, counted, joined

_MOST_NEW, _LAST_YEAR = 500, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRequest:
    """What is asked.

    Attributes
    ----------
    reach
        Layer, limit, day, population and filters, as for coverage; facilities in service are fixed.
    periods
        Year and number of new sites that open in it, in order of years.
    growth
        Growth of people a year, 0.03 is 3 %; or a table of people by unit and year, with the profile's rate where it
        says nothing; None takes the profile's rate.
    candidates, spacing_m, exclude
        As for choosing sites.
    target_share
        Share covered below which to warn; None asks for no warning.
    horizon_years
        How far to look ahead without new sites.
    time_limit_s, gap
        When a search may stop.
    """

    reach: CoverageRequest = field(default_factory=CoverageRequest)
    periods: tuple[tuple[int, int], ...]
    growth: float | Path | None = None
    candidates: str = "grid"
    spacing_m: float = 500.0
    exclude: tuple[str, ...] = ()
    target_share: float | None = None
    horizon_years: int = 20
    time_limit_s: float = 30.0
    gap: float = 0.0

    def checked(self, base_year: int) -> "PhaseRequest":
        """Return the request.

        Raises
        ------
        InputError
            When there are no periods, years do not rise or lie before ``base_year``, or a number is out of range.
        """
        years = [year for year, _ in self.periods]
        listed = joined(map(str, years))
        if not years or years != sorted(set(years)) or years[0] < base_year or years[-1] > _LAST_YEAR:
            raise InputError(
                Text(f"各期（--periods）的年份 {listed.zh} 应从小到大、不重复、不早于 {base_year} 年。",
                     f"The years of --periods, {listed.en}, have to rise and not lie before {base_year}."),
                Text("写成 2026:3,2030:3,2035:4：年份:当年新增几处。",
                     "Write 2026:3,2030:3,2035:4: the year and how many open in it."),
            )  # fmt: skip
        for year, new in self.periods:
            if not 0 <= new <= _MOST_NEW:
                raise InputError(
                    Text(f"{year} 年新增 {new} 处，应为 0 至 {_MOST_NEW}。",
                         f"{counted(new, 'new site')} in {year}; it has to be 0 to {_MOST_NEW}.")
                )  # fmt: skip
        _check("growth", self.rate, -0.5, 0.5)
        _check("target_share", self.target_share, 0.0, 1.0)
        _check("horizon_years", self.horizon_years, 1, 100)
        return self

    @property
    def rate(self) -> float | None:
        """The rate asked for, None where a table or nothing is given."""
        return None if isinstance(self.growth, Path) else self.growth

    def as_json(self) -> dict[str, Any]:
        """Return every parameter as JSON values."""
        return {
            "reach": self.reach.as_json(),
            "periods": [{"year": year, "new": new} for year, new in self.periods],
            "growth": self.growth.name if isinstance(self.growth, Path) else self.growth,
            "candidates": self.candidates,
            "spacing_m": self.spacing_m,
            "exclude": list(self.exclude),
            "target_share": self.target_share,
            "horizon_years": self.horizon_years,
            "time_limit_s": self.time_limit_s,
            "gap": self.gap,
        }

    def command(self) -> str:
        """Return the command line that asks the same."""
        words = shlex.split(self.reach.command())
        words[1] = "phases"
        words += ["--periods", ",".join(f"{year}:{new}" for year, new in self.periods)]
        if self.growth is not None:
            words += ["--growth", str(self.growth) if self.rate is None else digits(self.rate)]
        words += ["--candidates", self.candidates]
        words += ["--spacing-m", digits(self.spacing_m)] if self.candidates == "grid" else []
        words += [word for one in self.exclude for word in ("--exclude", one)]
        words += ["--target-share", digits(self.target_share)] if self.target_share is not None else []
        words += ["--horizon-years", str(self.horizon_years)]
        return shlex.join([*words, "--time-limit-s", digits(self.time_limit_s), "--gap", digits(self.gap)])


_NAMES: Mapping[str, Text] = {
    "growth": Text("增长率", "The rate of growth"),
    "target_share": Text("目标份额", "The share to cover"),
    "horizon_years": Text("往后看的年数", "The years to look ahead"),
}


def _check(name: str, value: float | None, least: float, most: float) -> None:
    named, option = _NAMES[name], f"--{name.replace('_', '-')}"
    if value is not None and not least <= value <= most:
        raise InputError(
            Text(f"{named.zh}（{option}）是 {value:g}，应为 {least:g} 至 {most:g}。",
                 f"{named.en} ({option}) is {value:g}; it has to be between {least:g} and {most:g}.")
        )  # fmt: skip


def read_periods(written: str) -> tuple[tuple[int, int], ...]:
    """Read ``2026:3,2030:3``: a year and how many new sites open in it.

    Raises
    ------
    InputError
        When a part is not two whole numbers.
    """
    found = []
    for part in written.replace("，", ",").replace("：", ":").split(","):
        year, colon, new = (piece.strip() for piece in part.partition(":"))
        if not colon or not (year.isascii() and year.isdigit() and new.isascii() and new.isdigit()):
            raise InputError(
                Text(f"--periods 的“{part}”读不懂。", f"--periods {part!r} is not understood."),
                Text("写成 2026:3,2030:3,2035:4：年份:当年新增几处。",
                     "Write 2026:3,2030:3,2035:4: the year and how many open in it."),
            )  # fmt: skip
        found.append((int(year), int(new)))
    return tuple(found)
