"""The arithmetic of burial places, on plain numbers: free places, need, years left.

``places needed = residents x death rate x years x local share`` (DB34/T 4180-2022, 20 years and 50 %); residents times
death rate are the deaths of a year. None stands for unknown and makes what depends on it unknown.
"""

import math


def free_places(total: float | None, used: float | None) -> float | None:
    """Places not yet used, never less than 0; None when either count is unknown."""
    return None if total is None or used is None else max(total - used, 0.0)


def deaths_expected(population: float | None, death_rate_per_1000: float) -> float | None:
    """Deaths of a year among a population; None when the population is unknown."""
    return None if population is None else population * death_rate_per_1000 / 1000


def places_needed(deaths_per_year: float, *, years: float = 20.0, local_share: float = 0.5) -> float:
    """Places that ``years`` of deaths ask for when ``local_share`` (0-1) of the ashes are placed locally.

    Examples
    --------
    >>> places_needed(2380, local_share=1.0), places_needed(2380)
    (47600.0, 23800.0)
    """
    return deaths_per_year * years * local_share


def capacity_years(
    free: float | None, deaths_per_year: float | None, *, local_share: float = 0.5
) -> float | None:
    """Years until the free places are used up.

    Returns
    -------
    float or None
        Infinite when nobody dies or nobody is placed locally; None when an input is unknown.

    Examples
    --------
    >>> capacity_years(1190, 2380)
    1.0
    """
    if free is None or deaths_per_year is None:
        return None
    places_per_year = places_needed(deaths_per_year, years=1.0, local_share=local_share)
    return free / places_per_year if places_per_year > 0 else math.inf
