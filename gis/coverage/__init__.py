"""Who is served and who is not: coverage by stated definitions, with reasons for every gap."""

from gis.coverage.access import AccessScores, access_scores
from gis.coverage.areas import service_areas
from gis.coverage.cover import cover
from gis.coverage.definitions import DEFINITIONS, Definition
from gis.coverage.equity import Lorenz, gini, lorenz, palma
from gis.coverage.nearest import NearestFacility
from gis.coverage.reasons import Reason
from gis.coverage.report import CoverageReport
from gis.coverage.request import SERVICE_LAYERS, CoverageRequest
from gis.coverage.rows import Row

__all__ = [
    "DEFINITIONS",
    "SERVICE_LAYERS",
    "AccessScores",
    "CoverageReport",
    "CoverageRequest",
    "Definition",
    "Lorenz",
    "NearestFacility",
    "Reason",
    "Row",
    "access_scores",
    "cover",
    "gini",
    "lorenz",
    "palma",
    "service_areas",
]
