"""Counts for the annual report: found = rectified + pending + excluded, always."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.names.review.case import Case
from gis.names.review.found import FoundCases
from gis.names.review.listing import NO_TOWN, categories_of
from gis.names.review.standing import Desk
from gis.names.review.states import CATEGORIES, RECTIFIED, State
from layers.errors import InputError
from layers.text import Text
from layers.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Tally:
    """Cases found, and what became of them; the last three add up to the first."""

    found: int
    rectified: int
    pending: int
    excluded: int

    @classmethod
    def of(cls, cases: Sequence[Case]) -> "Tally":
        """Count cases."""
        rectified = sum(one.state in RECTIFIED for one in cases)
        excluded = sum(one.state is State.EXCLUDED for one in cases)
        return cls(len(cases), rectified, len(cases) - rectified - excluded, excluded)

    def as_json(self) -> dict[str, int]:
        """Return the four numbers."""
        return {
            "found": self.found,
            "rectified": self.rectified,
            "pending": self.pending,
            "excluded": self.excluded,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualSummary:
    """Counts of the cases found in a period.

    Attributes
    ----------
    category
        Under the category confirmed, else the first of those found: each case once, so that the rows add up.
    town
        Code, name and counts; ``-`` where the town is not known.
    """

    first: date | None
    last: date | None
    total: Tally
    category: tuple[tuple[str, Tally], ...]
    town: tuple[tuple[str, str, Tally], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the summary as JSON values."""
        return {
            "from": None if self.first is None else self.first.isoformat(),
            "to": None if self.last is None else self.last.isoformat(),
            "total": self.total.as_json(),
            "category": [{"category": name, **tally.as_json()} for name, tally in self.category],
            "town": [{"code": code, "name": name, **tally.as_json()} for code, name, tally in self.town],
        }


def summarise_cases(
    workspace: Workspace,
    found: FoundCases,
    *,
    first: date | None = None,
    last: date | None = None,
    on: date | None = None,
) -> AnnualSummary:
    """Count the cases found from ``first`` to ``last``, both included; None leaves that end open.

    Raises
    ------
    InputError
        When the period ends before it begins.
    """
    if first and last and last < first:
        raise InputError(
            Text(
                f"统计期间不对：从 {first} 到 {last}。",
                f"The period from {first} to {last} ends before it begins.",
            ),
            Text("请把起止日期对调。", "Exchange the two dates."),
        )
    cases = [
        one
        for one in Desk.of(workspace, found, on).cases()
        if (first is None or one.opened_on >= first) and (last is None or one.opened_on <= last)
    ]
    return summary_of(cases, found, first=first, last=last)


def summary_of(
    cases: Iterable[Case], found: FoundCases, *, first: date | None, last: date | None
) -> AnnualSummary:
    """Count cases by category and by town."""
    listed = list(cases)
    categories: dict[str, list[Case]] = defaultdict(list)
    towns: dict[str, list[Case]] = defaultdict(list)
    for one in listed:
        categories[next(iter(categories_of(one)), "")].append(one)
        towns[one.town_code].append(one)
    ranks = {name: at for at, name in enumerate(CATEGORIES)}
    ordered = sorted(categories, key=lambda name: (ranks.get(name, len(ranks)), name))
    return AnnualSummary(
        first=first,
        last=last,
        total=Tally.of(listed),
        category=tuple((name, Tally.of(categories[name])) for name in ordered),
        town=tuple(
            (code or NO_TOWN, found.towns.get(code, ""), Tally.of(towns[code])) for code in sorted(towns)
        ),
    )
