"""Findings and cases of the workspace being served: worked out once for each version of the data."""

from datetime import date
from typing import TYPE_CHECKING

from api.served import Served
from layers.progress import silent

if TYPE_CHECKING:
    from gis.names.review.found import FoundCases
    from layers.findings import Finding

NAMES = "names"
"""The check whose findings become cases."""


def findings_of(served: Served, check: str, on: date) -> "list[Finding]":
    """Run a check, or give what it found before on the same data, rules and day."""
    from gis.checks import run_checks  # noqa: PLC0415 - geopandas loads with the first question

    key = (served.versions(), served.workspace.settings, check, on)
    return served.findings.get(key, lambda: run_checks(served.workspace, check, on=on, progress=silent))


def found_cases(served: Served) -> "FoundCases":
    """Put the findings on names together by name, once for each version of the data."""
    from gis.names.review.found import gather  # noqa: PLC0415 - as above

    on = served.workspace.day
    key = (served.versions(), served.workspace.settings, on)
    return served.cases.get(key, lambda: gather(served.workspace, findings_of(served, NAMES, on)))


def cases_key(served: Served) -> tuple[object, ...]:
    """Return everything an answer about cases depends on, beside what is asked."""
    workspace = served.workspace
    return (served.versions(), workspace.store.cases.revision(), workspace.settings, workspace.day)
