"""A list of names as people keep it (CSV, workbook, one name a line), judged without a workspace."""

from gis.names.listing.judging import CheckedName, check_list
from gis.names.listing.reading import NameList, read_list
from gis.names.listing.rows import ListedName, Problem

__all__ = ["CheckedName", "ListedName", "NameList", "Problem", "check_list", "read_list"]
