"""The two shifted systems of Chinese map services, GCJ-02 and BD-09, on arrays of degrees.

The formula is the one in public circulation (as in the BSD-licensed eviltransform), not an official one. The offset
is 300-700 m (GCJ-02) and about 1.1 km (BD-09). Inverses are fixed-point iterations: a round trip closes to less than
a ten-millionth of a metre (on the meridian 105°E, where the formula has a kink, to a millionth), where the customary
one-step inverse leaves up to 4.5 m. Missing input (NaN) stays missing;
outside China the offset is zero.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Degrees = npt.NDArray[np.float64]
Pair = tuple[Degrees, Degrees]

_SEMI_MAJOR_M = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BD_TURN = np.pi * 3000.0 / 180.0
_SHIFTED_BOX = (72.004, 0.8293, 137.8347, 55.8271)
_ROUNDS = 30
_CLOSE_ENOUGH_DEG = 2e-14


def in_shifted_area(lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Tell which points lie in the box where the services shift coordinates."""
    east, north = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    west, south, right, top = _SHIFTED_BOX
    return (east >= west) & (east <= right) & (north >= south) & (north <= top)


def wgs84_to_gcj02(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Shift WGS 84 degrees to GCJ-02; both of one shape."""
    return _moved(_gcj_offset, lon, lat)


def gcj02_to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Undo ``wgs84_to_gcj02`` to better than 1e-7 m. For an office's own points, not for map data in bulk."""
    return _undo(_gcj_offset, lon, lat)


def gcj02_to_bd09(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Shift GCJ-02 degrees on to BD-09."""
    return _moved(_bd_offset, lon, lat)


def bd09_to_gcj02(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Undo ``gcj02_to_bd09`` to better than 1e-7 m."""
    return _undo(_bd_offset, lon, lat)


def wgs84_to_bd09(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Shift WGS 84 degrees to BD-09."""
    return gcj02_to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Undo ``wgs84_to_bd09``."""
    return gcj02_to_wgs84(*bd09_to_gcj02(lon, lat))


def _moved(offset: Callable[[Degrees, Degrees], Pair], lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Add the offset of each point, where points are shifted at all."""
    east, north = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    d_lon, d_lat = offset(east, north)
    inside = in_shifted_area(east, north)
    return np.where(inside, east + d_lon, east), np.where(inside, north + d_lat, north)


def _undo(offset: Callable[[Degrees, Degrees], Pair], lon: npt.ArrayLike, lat: npt.ArrayLike) -> Pair:
    """Find the point whose offset leads to the given one: repeat ``p = given - offset(p)`` until it rests."""
    given_east, given_north = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    inside = in_shifted_area(given_east, given_north)
    east, north = given_east.copy(), given_north.copy()
    for _ in range(_ROUNDS):
        d_lon, d_lat = offset(east, north)
        next_east = np.where(inside, given_east - d_lon, given_east)
        next_north = np.where(inside, given_north - d_lat, given_north)
        moved = np.fmax(np.abs(next_east - east), np.abs(next_north - north))
        east, north = next_east, next_north
        if not np.any(moved > _CLOSE_ENOUGH_DEG):
            break
    return east, north


def _gcj_offset(lon: Degrees, lat: Degrees) -> Pair:
    x, y = lon - 105.0, lat - 35.0
    root, product = np.sqrt(np.abs(x)), x * y
    ripple = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * product + 0.2 * root + ripple
    north_m += (20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3)) * 2 / 3
    north_m += (160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30)) * 2 / 3
    east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * product + 0.1 * root + ripple
    east_m += (20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3)) * 2 / 3
    east_m += (150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30)) * 2 / 3
    latitude = np.radians(lat)
    flattened = 1 - _ECCENTRICITY_SQUARED * np.sin(latitude) ** 2
    meridian_m = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_SQUARED) / flattened**1.5
    parallel_m = _SEMI_MAJOR_M / np.sqrt(flattened) * np.cos(latitude)
    return np.degrees(east_m / parallel_m), np.degrees(north_m / meridian_m)


def _bd_offset(lon: Degrees, lat: Degrees) -> Pair:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_TURN)
    return radius * np.cos(angle) + 0.0065 - lon, radius * np.sin(angle) + 0.006 - lat
