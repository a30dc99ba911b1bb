"""The gazetteer: one entry (词条) per standard name, how complete it is, and the rows of the national service."""

from gis.names.gazetteer.completeness import Completeness, FieldShare, check_gazetteer, completeness
from gis.names.gazetteer.entry import Entry, entries
from gis.names.gazetteer.national import national_page, national_rows
from gis.names.gazetteer.position import degrees_minutes_seconds
from gis.names.gazetteer.standing import standard_names

__all__ = [
    "Completeness",
    "Entry",
    "FieldShare",
    "check_gazetteer",
    "completeness",
    "degrees_minutes_seconds",
    "entries",
    "national_page",
    "national_rows",
    "standard_names",
]
