"""The next sites in a workspace: candidates, stock, exclusions and constraints, a proven plan, and its reasons."""

from gis.coverage.next_sites.placing import place_sites
from gis.coverage.next_sites.report import SiteReport
from gis.coverage.next_sites.request import SiteRequest

__all__ = ["SiteReport", "SiteRequest", "place_sites"]
