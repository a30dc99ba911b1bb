"""The drawing plane of the sample: local metres, and the coordinates offices would write for them.

Local metres are CGCS2000 3-degree Gauss-Krüger (central meridian 120°E) minus a round origin, so lengths are true to
some ten parts per million. Everything is drawn here and converted only when a file is written.
"""

# ruff: noqa: ANN401 - shapely is untyped

from functools import cache
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Grid: TypeAlias = Literal["EPSG:4490", "gcj02", "EPSG:4549", "EPSG:4528"]

ORIGIN_E, ORIGIN_N = 412_000.0, 3_479_000.0
DEGREE_DIGITS = 7
METRE_DIGITS = 3
_PREFIX = {"EPSG:4549": 0.0, "EPSG:4528": 40_000_000.0}
_GCJ_A, _GCJ_EE = 6378245.0, 0.00669342162296594323


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:4549", "EPSG:4490", always_xy=True)


def degrees(xy: Floats) -> Floats:
    """Give longitude and latitude (CGCS2000) of local metres, both ``(n, 2)``, to seven decimals."""
    east, north = _to_degrees().transform(xy[:, 0] + ORIGIN_E, xy[:, 1] + ORIGIN_N)
    lonlat: Floats = np.round(np.column_stack([east, north]), DEGREE_DIGITS)
    return lonlat


def written(xy: Floats, grid: Grid) -> Floats:
    """Give local metres as the numbers a file in ``grid`` holds, rounded as that file would round them."""
    if grid in _PREFIX:
        metres: Floats = np.round(xy + np.array([ORIGIN_E + _PREFIX[grid], ORIGIN_N]), METRE_DIGITS)
        return metres
    lonlat = degrees(xy)
    return lonlat if grid == "EPSG:4490" else np.round(gcj02(lonlat), DEGREE_DIGITS)


def gcj02(lonlat: Floats) -> Floats:
    """Shift longitude and latitude the way Chinese web maps do (GCJ-02, the circulated formula)."""
    x, y = lonlat[:, 0] - 105.0, lonlat[:, 1] - 35.0
    root = np.sqrt(np.abs(x))
    common = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    phi = np.radians(lonlat[:, 1])
    magic = 1 - _GCJ_EE * np.sin(phi) ** 2
    dlat = np.degrees(north * magic * np.sqrt(magic) / (_GCJ_A * (1 - _GCJ_EE)))
    dlon = np.degrees(east * np.sqrt(magic) / (_GCJ_A * np.cos(phi)))
    shifted: Floats = lonlat + np.column_stack([dlon, dlat])
    return shifted


def drawn(shape: Any, grid: Grid = "EPSG:4490") -> Any:
    """Give a geometry (or an array of them) in local metres as a file in ``grid`` holds it."""
    return shapely.transform(shape, lambda xy: written(np.asarray(xy, dtype=np.float64), grid))
