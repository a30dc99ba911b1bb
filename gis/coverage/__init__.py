"""Who is served and who is not: coverage by stated definitions, with reasons for every gap."""

from gis.coverage.access import AccessScores, access_scores
from gis.coverage.areas import service_areas
from gis.coverage.catchments.accessing import AccessReport, AccessRequest, access
from gis.coverage.catchments.equity import Lorenz, deviation, gini, lorenz, palma
from gis.coverage.catchments.redistributing import RedistributionReport, RedistributionRequest, redistribution
from gis.coverage.changes import Change
from gis.coverage.cover import cover, cover_in
from gis.coverage.definitions import DEFINITIONS, Definition
from gis.coverage.district import district
from gis.coverage.gaps.gap_list import GapReport, gap_list
from gis.coverage.gaps.reasons import Reason
from gis.coverage.gaps.remedies import Remedy
from gis.coverage.gaps.unit_gaps import UnitGap
from gis.coverage.kernels import KERNELS
from gis.coverage.meals import MealPlanReport, MealRequest, plan_meals
from gis.coverage.nearest import NearestFacility
from gis.coverage.next_sites import SiteReport, SiteRequest, place_sites
from gis.coverage.periods import PhaseReport, PhaseRequest, plan_phases
from gis.coverage.provision.judging import indicators
from gis.coverage.provision.report import IndicatorReport
from gis.coverage.provision.request import IndicatorRequest
from gis.coverage.report import CoverageReport
from gis.coverage.request import SERVICE_LAYERS, CoverageRequest
from gis.coverage.rows import Row
from gis.coverage.scenarios import (
    Comparison,
    Scenario,
    WhatIf,
    compare,
    judged,
    planned_until,
    what_if,
)
from gis.coverage.several import CoverageSet, by_definitions, cover_several
from gis.coverage.situation import prepare

__all__ = [
    "DEFINITIONS",
    "KERNELS",
    "SERVICE_LAYERS",
    "AccessReport",
    "AccessRequest",
    "AccessScores",
    "Change",
    "Comparison",
    "CoverageReport",
    "CoverageRequest",
    "CoverageSet",
    "Definition",
    "GapReport",
    "IndicatorReport",
    "IndicatorRequest",
    "Lorenz",
    "MealPlanReport",
    "MealRequest",
    "NearestFacility",
    "PhaseReport",
    "PhaseRequest",
    "Reason",
    "RedistributionReport",
    "RedistributionRequest",
    "Remedy",
    "Row",
    "Scenario",
    "SiteReport",
    "SiteRequest",
    "UnitGap",
    "WhatIf",
    "access",
    "access_scores",
    "by_definitions",
    "compare",
    "cover",
    "cover_in",
    "cover_several",
    "deviation",
    "district",
    "gap_list",
    "gini",
    "indicators",
    "judged",
    "lorenz",
    "palma",
    "place_sites",
    "plan_meals",
    "plan_phases",
    "planned_until",
    "prepare",
    "redistribution",
    "service_areas",
    "what_if",
]
