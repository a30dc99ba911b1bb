"""Cemeteries: free capacity in years, annual inspection, plot size, greening, prohibited zones."""

from gis.cemeteries.capacity import capacity_years, deaths_expected, free_places, places_needed
from gis.cemeteries.checking import check_cemeteries
from gis.cemeteries.siting import Siting, SitingState, sitings
from gis.cemeteries.table import capacity_table

__all__ = [
    "Siting",
    "SitingState",
    "capacity_table",
    "capacity_years",
    "check_cemeteries",
    "deaths_expected",
    "free_places",
    "places_needed",
    "sitings",
]
