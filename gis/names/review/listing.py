"""The queue of cases: filters, counts for each filter, and a stable order."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.names.review.case import Case
from gis.names.review.found import FoundCases, gather
from gis.names.review.standing import Desk
from gis.names.review.states import CATEGORIES, CLOSED, State
from layers.findings import Finding, Severity
from layers.workspace import Workspace

OPEN = "open"
"""Stands for every state in which something is left to do."""
NO_TOWN = "-"
"""Asks for names whose town is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases are wanted; empty strings and None do not filter.

    Attributes
    ----------
    state
        A state, or ``open``: neither excluded nor archived.
    category
        As confirmed, or among those found.
    town
        Nine digits, or ``-`` for names whose town is not known.
    older_than_days
        Found more than so many days ago.
    q
        Part of the name, the new name, the case's number or the feature's id, in any case.
    """

    state: str = ""
    category: str = ""
    town: str = ""
    severity: str = ""
    overdue: bool | None = None
    older_than_days: int | None = None
    q: str = ""
    limit: int | None = None
    offset: int = 0

    def tests(self) -> dict[str, Callable[[Case], bool]]:
        """Give one test by facet, of the filters that are set."""
        folded, days = self.q.strip().casefold(), self.older_than_days
        town = "" if self.town == NO_TOWN else self.town
        given: tuple[tuple[str, bool, Callable[[Case], bool]], ...] = (
            ("state", bool(self.state), self._right_state),
            ("category", bool(self.category), lambda one: self.category in categories_of(one)),
            ("town", bool(self.town), lambda one: one.town_code == town),
            ("severity", bool(self.severity), lambda one: one.severity == self.severity),
            ("overdue", self.overdue is not None, lambda one: one.overdue == self.overdue),
            ("age", days is not None, lambda one: one.age_days > (days or 0)),
            ("q", bool(folded), lambda one: any(folded in part.casefold() for part in _searched(one))),
        )
        return {name: test for name, is_set, test in given if is_set}

    def _right_state(self, case: Case) -> bool:
        return case.state not in CLOSED if self.state == OPEN else case.state == self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """One page of the queue.

    Attributes
    ----------
    total
        How many match.
    counts
        For each filter, how many cases each of its values would give with the other filters as they are.
    """

    total: int
    counts: Mapping[str, Any]
    cases: tuple[Case, ...]

    def as_json(self) -> dict[str, Any]:
        """Return total, counts and cases as JSON values."""
        return {
            "total": self.total,
            "counts": dict(self.counts),
            "cases": [one.as_json() for one in self.cases],
        }


def list_cases(
    workspace: Workspace,
    findings: Iterable[Finding],
    wanted: CaseFilter | None = None,
    *,
    on: date | None = None,
    found: FoundCases | None = None,
) -> CaseList:
    """List the cases of a workspace.

    Parameters
    ----------
    findings
        What the check of names gave; not read when ``found`` is given.
    on
        The day on which clocks and ages are judged; the workspace's day when not said.
    found
        What ``gather`` made of the findings, where that was kept.

    Returns
    -------
    CaseList
        Overdue first, then by severity, then by name; without findings and decisions an empty list.
    """
    desk = Desk.of(workspace, gather(workspace, findings) if found is None else found, on)
    return pick(desk.cases(), wanted or CaseFilter(), desk.found.towns)


def pick(cases: Sequence[Case], wanted: CaseFilter, towns: Mapping[str, str]) -> CaseList:
    """Filter, count, sort and cut a list of cases."""
    tests = wanted.tests()
    failed = [{name for name, test in tests.items() if not test(one)} for one in cases]
    kept = sorted((one for one, misses in zip(cases, failed, strict=True) if not misses), key=_order)
    end = None if wanted.limit is None else wanted.offset + wanted.limit

    def but(facet: str) -> list[Case]:
        return [one for one, misses in zip(cases, failed, strict=True) if misses <= {facet}]

    return CaseList(total=len(kept), counts=_counts(but, towns, kept), cases=tuple(kept[wanted.offset : end]))


def categories_of(case: Case) -> tuple[str, ...]:
    """Give the confirmed category, or those found."""
    return (case.category,) if case.category else case.categories


def _counts(
    but: Callable[[str], list[Case]], towns: Mapping[str, str], kept: Sequence[Case]
) -> dict[str, Any]:
    states = Counter(one.state for one in but("state"))
    severities = Counter(one.severity for one in but("severity"))
    categories = Counter(name for one in but("category") for name in categories_of(one))
    codes = Counter(one.town_code for one in but("town"))
    ordered = sorted(categories, key=lambda one: (CATEGORIES.index(one) if one in CATEGORIES else 99, one))
    return {
        "state": {state.value: states[state] for state in State},
        "category": {name: categories[name] for name in ordered},
        "town": [
            {"code": code or NO_TOWN, "name": towns.get(code, ""), "count": codes[code]}
            for code in sorted(codes)
        ],
        "severity": {severity.value: severities[severity] for severity in Severity if severities[severity]},
        "overdue": sum(one.overdue for one in but("overdue")),
        "open": sum(one.state not in CLOSED for one in but("state")),
        "matching_overdue": sum(one.overdue for one in kept),
    }


def _order(case: Case) -> tuple[bool, int, str, str]:
    return (not case.overdue, _SEVERITIES.index(case.severity), case.name, case.id)


_SEVERITIES = tuple(Severity)


def _searched(case: Case) -> tuple[str, ...]:
    return (case.name, case.new_name or "", case.feature_id, case.id, case.number or "")
