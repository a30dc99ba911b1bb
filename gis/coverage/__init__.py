"""Who is served and who is not: coverage by stated definitions, with reasons for every gap."""

from gis.coverage.areas import service_areas
from gis.coverage.cover import cover
from gis.coverage.definitions import DEFINITIONS, Definition
from gis.coverage.nearest import NearestFacility
from gis.coverage.reasons import Reason
from gis.coverage.report import CoverageReport
from gis.coverage.request import SERVICE_LAYERS, CoverageRequest
from gis.coverage.rows import Row

__all__ = [
    "DEFINITIONS",
    "SERVICE_LAYERS",
    "CoverageReport",
    "CoverageRequest",
    "Definition",
    "NearestFacility",
    "Reason",
    "Row",
    "cover",
    "service_areas",
]
