"""Positions as gazetteers print them: degrees, minutes and seconds of CGCS2000."""

from math import isfinite

_SECONDS_PER_DEGREE = 3600
_SECONDS_PER_MINUTE = 60


def degrees_minutes_seconds(lon: float | None, lat: float | None) -> str:
    """Write a position as ``东经119°34′12″，北纬31°45′06″``; west and south are said as 西经 and 南纬.

    Whole seconds (about 30 m); a missing or infinite coordinate gives ``""``.
    """
    if lon is None or lat is None or not (isfinite(lon) and isfinite(lat)):
        return ""
    east, north = ("东经" if lon >= 0 else "西经"), ("北纬" if lat >= 0 else "南纬")
    return f"{east}{_written(lon)}，{north}{_written(lat)}"


def _written(degrees: float) -> str:
    whole = round(abs(degrees) * _SECONDS_PER_DEGREE)
    minutes, seconds = divmod(whole, _SECONDS_PER_MINUTE)
    full, minutes = divmod(minutes, _SECONDS_PER_MINUTE)
    return f"{full}°{minutes:02d}′{seconds:02d}″"
