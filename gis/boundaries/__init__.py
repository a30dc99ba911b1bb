"""Boundary lines and their markers: numbers, places, pairs, condition and the five-year clock."""

from gis.boundaries.checking import check_boundaries
from gis.boundaries.numbers import MarkerNumber, NumberStatus, parse_marker_number
from gis.boundaries.tolerances import Tolerances

__all__ = ["MarkerNumber", "NumberStatus", "Tolerances", "check_boundaries", "parse_marker_number"]
