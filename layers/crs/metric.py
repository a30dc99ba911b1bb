"""Work in metres: a local projection for areas and buffers, the ellipsoid for distances. Never degrees, never 3857."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyproj
from pyproj.crs import ProjectedCRS
from pyproj.crs.coordinate_operation import TransverseMercatorConversion

from layers.crs.guards import in_china

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.store.protocol import BBox

_MIDDLE_OF_CHINA = (105.0, 35.0)
_FALSE_EASTING_M = 500_000.0


def metric_crs(bounds: "BBox") -> pyproj.CRS:
    """Give a transverse Mercator system in metres for data within ``bounds`` (degrees, storage CRS).

    In China the three-degree Gauss-Krüger zone of CGCS2000 (no prefix) nearest to the middle; elsewhere a zone of the
    same datum centred on the data. Bounds of an empty layer (NaN) give the zone of 105°E.
    """
    lon, lat = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    if not np.isfinite(lon + lat):
        lon, lat = _MIDDLE_OF_CHINA
    if in_china(lon, lat):
        meridian = int(np.clip(round(lon / 3) * 3, 75, 135))
        return pyproj.CRS.from_epsg(4534 + (meridian - 75) // 3)
    return _centred(round(lon, 1), round(lat, 1))


@cache
def _centred(lon: float, lat: float) -> pyproj.CRS:
    conversion = TransverseMercatorConversion(
        latitude_natural_origin=lat, longitude_natural_origin=lon, false_easting=_FALSE_EASTING_M
    )
    return ProjectedCRS(
        conversion, name=f"Local zone at {lon}, {lat}", geodetic_crs=pyproj.CRS.from_epsg(4490)
    )


def to_metric(frame: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    """Return a copy of a frame in degrees in the metric system of its own extent."""
    return frame.to_crs(metric_crs(tuple(frame.total_bounds)))


@cache
def _ellipsoid() -> pyproj.Geod:
    return pyproj.Geod(ellps="GRS80")


def geodesic_m(
    lon1: npt.ArrayLike, lat1: npt.ArrayLike, lon2: npt.ArrayLike, lat2: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """Measure distances on the GRS 80 ellipsoid in metres, element by element; empty in, empty out."""
    starts_lon, starts_lat, ends_lon, ends_lat = np.broadcast_arrays(
        np.asarray(lon1, dtype=float),
        np.asarray(lat1, dtype=float),
        np.asarray(lon2, dtype=float),
        np.asarray(lat2, dtype=float),
    )
    return np.asarray(_ellipsoid().inv(starts_lon, starts_lat, ends_lon, ends_lat)[2], dtype=float)
