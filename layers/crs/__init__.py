"""Coordinate systems: what a file declares, guards against the usual mistakes, and work in metres."""

from layers.crs.conversion import Conversion, plan_conversion
from layers.crs.declared import Declared, parse_crs
from layers.crs.metric import geodesic_m, metric_crs, to_metric
from layers.crs.shift import (
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)

__all__ = [
    "Conversion",
    "Declared",
    "bd09_to_gcj02",
    "bd09_to_wgs84",
    "gcj02_to_bd09",
    "gcj02_to_wgs84",
    "geodesic_m",
    "metric_crs",
    "parse_crs",
    "plan_conversion",
    "to_metric",
    "wgs84_to_bd09",
    "wgs84_to_gcj02",
]
