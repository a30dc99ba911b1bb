"""Who is served and who is not: coverage by stated definitions, with reasons for every gap."""

from gis.coverage.access import AccessScores, access_scores
from gis.coverage.accessing import AccessReport, AccessRequest, access
from gis.coverage.areas import service_areas
from gis.coverage.cover import cover
from gis.coverage.definitions import DEFINITIONS, Definition
from gis.coverage.equity import Lorenz, gini, lorenz, palma
from gis.coverage.kernels import KERNELS
from gis.coverage.nearest import NearestFacility
from gis.coverage.reasons import Reason
from gis.coverage.report import CoverageReport
from gis.coverage.request import SERVICE_LAYERS, CoverageRequest
from gis.coverage.rows import Row
from gis.coverage.sites import SiteReport, SiteRequest, place_sites

__all__ = [
    "DEFINITIONS",
    "KERNELS",
    "SERVICE_LAYERS",
    "AccessReport",
    "AccessRequest",
    "AccessScores",
    "CoverageReport",
    "CoverageRequest",
    "Definition",
    "Lorenz",
    "NearestFacility",
    "Reason",
    "Row",
    "SiteReport",
    "SiteRequest",
    "access",
    "access_scores",
    "cover",
    "gini",
    "lorenz",
    "palma",
    "place_sites",
    "service_areas",
]
