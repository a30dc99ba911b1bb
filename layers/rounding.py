"""Numbers rounded so that parts add up to their total, as readers check them."""

from collections.abc import Sequence


def adding_up(total: float, parts: Sequence[float], *, digits: int = 0) -> list[float]:
    """Round parts so that they add up to the rounded total: down, and the largest remainders up.

    Parameters
    ----------
    total
        What the parts make together, up to rounding.
    parts
        Zero or more; without any the list is empty, and nothing adds up to the total.
    digits
        Decimal places to keep.

    Returns
    -------
    list of float
        In the order of ``parts``. Where they do not make the total, the largest takes up the difference, not below 0.
    """
    if not parts:
        return []
    scale = 10**digits
    scaled = [part * scale for part in parts]
    units = [int(one + 1e-9) for one in scaled]
    left = round(total * scale) - sum(units)
    by_remainder = sorted(range(len(parts)), key=lambda at: units[at] - scaled[at])
    for at in by_remainder[: max(left, 0)]:
        units[at] += 1
    rest = round(total * scale) - sum(units)
    most = units.index(max(units))
    units[most] = max(units[most] + rest, 0)
    return [one / scale for one in units]
