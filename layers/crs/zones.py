"""Gauss-Krüger zones: what an easting says about its zone, and which EPSG code that is.

Six-degree zones are 13-23, three-degree zones 25-45, without overlap: an easting that starts with its zone number
says which it is. CGCS2000: ``EPSG = 4478 + zone`` (6°), ``4488 + zone`` (3°); without prefix ``4502 + (CM-75)/6``
and ``4534 + (CM-75)/3``.
"""

import numpy as np
import numpy.typing as npt

MERIDIANS_3 = tuple(range(75, 136, 3))
MERIDIANS_6 = tuple(range(75, 136, 6))
_PREFIX_UNIT_M = 1_000_000
_SIX_DEGREE, _THREE_DEGREE = range(13, 24), range(25, 46)


def zone_prefix(easting_m: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Read the zone number in front of each easting; 0 where there is none or no such zone exists."""
    lead = np.floor_divide(np.nan_to_num(np.asarray(easting_m, dtype=float)), _PREFIX_UNIT_M).astype(np.int64)
    known = ((lead >= 13) & (lead <= 23)) | ((lead >= 25) & (lead <= 45))  # noqa: PLR2004 - zone numbers
    return np.where(known, lead, 0)


def cgcs2000_epsg(zone: int) -> int:
    """Give the EPSG code (with prefix) of CGCS2000 zone 13-23 or 25-45."""
    return (4478 if zone in _SIX_DEGREE else 4488) + zone


def xian80_epsg(zone: int) -> int:
    """Give the EPSG code (with prefix) of the same zone in Xi'an 80."""
    return (2327 - 13 if zone in _SIX_DEGREE else 2349 - 25) + zone


def beijing54_epsg(zone: int) -> int:
    """Give the EPSG code (with prefix) of the same zone in Beijing 54."""
    return (21413 - 13 if zone in _SIX_DEGREE else 2401 - 25) + zone


def zone_meridian(zone: int) -> int:
    """Give the central meridian of a zone in degrees east."""
    return 6 * zone - 3 if zone in _SIX_DEGREE else 3 * zone


def zone_of_epsg(epsg: int | None) -> int:
    """Give the zone whose number a CGCS2000 EPSG code puts before the easting; 0 when it puts none."""
    if epsg is None:
        return 0
    if 4491 <= epsg <= 4501:  # noqa: PLR2004 - EPSG codes of the six-degree zones
        return epsg - 4478
    return epsg - 4488 if 4513 <= epsg <= 4533 else 0  # noqa: PLR2004 - EPSG codes of the three-degree zones


def meridian_of_epsg(epsg: int | None) -> int:
    """Give the central meridian of a CGCS2000 EPSG code without prefix; 0 for any other code."""
    if epsg is None:
        return 0
    if 4502 <= epsg <= 4512:  # noqa: PLR2004 - EPSG codes by meridian, six degrees
        return 75 + 6 * (epsg - 4502)
    return 75 + 3 * (epsg - 4534) if 4534 <= epsg <= 4554 else 0  # noqa: PLR2004 - the same, three degrees


def candidates_by_meridian() -> str:
    """List the CGCS2000 codes without prefix, ``75°E EPSG:4534`` …, three-degree zones first."""
    three = "、".join(f"{m}°E EPSG:{4534 + (m - 75) // 3}" for m in MERIDIANS_3)
    six = "、".join(f"{m}°E EPSG:{4502 + (m - 75) // 6}" for m in MERIDIANS_6)
    return f"3°: {three}; 6°: {six}"
