"""A situation that was judged: what each point of demand gets, and the report of it."""

from dataclasses import dataclass

import numpy as np

from gis.coverage.changes import Change
from gis.coverage.cover import outcome_of, report_of
from gis.coverage.outcome import Outcome
from gis.coverage.report import CoverageReport
from gis.coverage.situation import Situation
from gis.kernels.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Situation, outcome and report belong together."""

    situation: Situation
    outcome: Outcome
    report: CoverageReport

    @property
    def served(self) -> Floats:
        """People (or what is counted) served at each point of demand, at the main speed: (n_demand,)."""
        return served_by(self.outcome, self.situation.plan.main)

    def after(self, changes: tuple[Change, ...], *, scenario: str = "") -> "Standing":
        """Judge the situation after changes to what the workspace has; raises as ``Situation.after`` does."""
        return judged(self.situation.after(changes, scenario=scenario))

    def people_after(self, changes: tuple[Change, ...]) -> float:
        """Count the people served after changes, without a report; raises as ``Situation.after`` does."""
        there = self.situation.after(changes)
        return float(served_by(outcome_of(there), there.plan.main).sum())


def judged(situation: Situation) -> Standing:
    """Judge a situation; raises as ``cover_in`` does."""
    outcome = outcome_of(situation)
    return Standing(situation=situation, outcome=outcome, report=report_of(situation, outcome))


def served_by(outcome: Outcome, main: int) -> Floats:
    """Return what is served at each point, 0 where the point does not count."""
    known = np.where(outcome.counted, outcome.demand.weight, 0.0)
    return np.asarray(outcome.served[main] * known)
