"""How far a map of classes hangs on the kernel: fifths of the people by what they reach, under each kernel."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints

_CLASSES = 5
_ROUNDING = 1e-9


def fifths(score: Floats, people: Floats) -> Ints:
    """Put units into fifths of the people, 0 the worst served; units of one score are in one class.

    Parameters
    ----------
    score, people
        (n_units,): what one person of each unit has, and how many they are; somebody has to be there.
    """
    order = np.argsort(score, kind="stable")
    before = np.concatenate([[0.0], np.cumsum(people[order])[:-1]]) / people.sum()
    first = np.searchsorted(score[order], score[order], side="left")
    classes = np.empty(len(score), np.int64)
    classes[order] = np.minimum(before[first] * _CLASSES + _ROUNDING, _CLASSES - 1)
    return classes


def worst_fifth(least: Floats, most: Floats, people: Floats) -> tuple[Flags, Flags]:
    """Tell which units are in the worst served fifth of the people for sure, and which may be.

    A unit is in it while fewer than a fifth of the people have less. For sure: even where it has its most and all
    others their least; perhaps: where it has its least and all others their most.

    Parameters
    ----------
    least, most
        (n_units,): bounds of what one person of each unit has; ``most`` may be inf.
    people
        (n_units,): how many they are; somebody has to be there.
    """
    return _among_first(least, most, people), _among_first(most, least, people)


def _among_first(others: Floats, own: Floats, people: Floats) -> Flags:
    order = np.argsort(others, kind="stable")
    before = np.concatenate([[0.0], np.cumsum(people[order])])
    ahead = before[np.searchsorted(others[order], own, side="left")] - np.where(others < own, people, 0.0)
    return np.asarray(ahead / people.sum() * _CLASSES + _ROUNDING < 1)


def changes(classes: Sequence[Ints], people: Floats) -> dict[str, Any]:
    """Tell what share of the people is in another class under another kernel; None where there is nobody.

    Parameters
    ----------
    classes
        Of each kernel, (n_units,), as ``fifths`` gives them.

    Returns
    -------
    dict
        ``changed_share``: the class is not the same under all; ``two_or_more_share``: it moves by two classes or more;
        ``worst_unstable_share``: of the people some kernel puts into the worst fifth, those another does not.
    """
    table = np.array(classes)
    if not people.sum() > 0:
        return dict.fromkeys(("changed_share", "two_or_more_share", "worst_unstable_share"))
    moved = table.max(axis=0) - table.min(axis=0)
    worst = (table == 0).any(axis=0)
    settled = (table == 0).all(axis=0)
    return {
        "changed_share": _share(people, moved > 0, people.sum()),
        "two_or_more_share": _share(people, moved > 1, people.sum()),
        "worst_unstable_share": _share(people, worst & ~settled, people[worst].sum()),
    }


def _share(people: Floats, members: Flags, of: float) -> float:
    return round(float(people[members].sum() / of), 4)
