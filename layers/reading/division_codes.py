"""Division codes of the statistics bureau: how many digits count, and which level that is."""

import re
from collections.abc import Mapping

LEVELS: Mapping[int, str] = {2: "province", 4: "city", 6: "county", 9: "town", 12: "village"}
"""Significant digits to the code of ``unit_level``."""


def significant_digits(code: str) -> int | None:
    """Tell how many digits of a code count (2, 4, 6, 9 or 12), or None when it is no division code.

    Trailing zeros of a padded code do not count: ``320413000000`` is a county.
    """
    if not re.fullmatch(r"\d{2,12}", code) or len(code) not in LEVELS:
        return None
    lengths = sorted(size for size in LEVELS if size <= len(code))
    for size in lengths:
        if not code[size:].strip("0"):
            return size
    return len(code)
