"""Several periods with a growing elderly population: which site opens when, and how long things hold without any."""

from gis.coverage.periods.growth import Growth, GrowthTable, Refused, read_growth
from gis.coverage.periods.planning import plan_phases
from gis.coverage.periods.report import PhaseReport
from gis.coverage.periods.request import PhaseRequest, read_periods

__all__ = [
    "Growth",
    "GrowthTable",
    "PhaseReport",
    "PhaseRequest",
    "Refused",
    "plan_phases",
    "read_growth",
    "read_periods",
]
