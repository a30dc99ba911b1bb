"""How evenly something is shared: weighted by people, always at a named level."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gis.kernels.arrays import Floats
from layers.errors import InputError
from layers.text import Text


@dataclass(frozen=True, slots=True)
class Lorenz:
    """The curve: share of all people (worst served first) against their share of what there is; both start at 0."""

    people: Floats
    held: Floats


def lorenz(score: npt.ArrayLike, people: npt.ArrayLike) -> Lorenz:
    """Return the Lorenz curve of a score per head.

    Parameters
    ----------
    score
        (n,): what one person of each unit has; none negative.
    people
        (n,): people of each unit; none negative.

    Raises
    ------
    InputError
        When shapes differ, a number is negative or not finite, nobody is there, or everybody has nothing.
    """
    has, heads = _checked(score, people)
    order = np.argsort(has, kind="stable")
    amount = np.concatenate([[0.0], np.cumsum((has * heads)[order])])
    count = np.concatenate([[0.0], np.cumsum(heads[order])])
    return Lorenz(count / count[-1], amount / amount[-1])


def gini(score: npt.ArrayLike, people: npt.ArrayLike) -> float:
    """Return the Gini coefficient weighted by people: 0 when all have the same, towards 1 when one has everything.

    1 - Σ p_k (L_k + L_(k-1)) over the Lorenz curve. Cutting a unit in two of the same score changes nothing; taking
    units together can only lower it, so say the level with the figure. Raises as ``lorenz``.
    """
    curve = lorenz(score, people)
    area = float(np.sum(np.diff(curve.people) * (curve.held[1:] + curve.held[:-1])))
    return min(max(1.0 - area, 0.0), 1.0)


def deviation(score: npt.ArrayLike, people: npt.ArrayLike) -> float:
    """Return the standard deviation of a score over the people, in its own unit. Raises as ``lorenz``."""
    has, heads = _checked(score, people)
    mean = (has @ heads) / heads.sum()
    return float(np.sqrt(((has - mean) ** 2 @ heads) / heads.sum()))


def palma(score: npt.ArrayLike, people: npt.ArrayLike) -> float:
    """Return what the best served tenth has over what the worst served two fifths have; inf when those have nothing.

    People inside a unit are alike, so the tenth may end inside a unit. Raises as ``lorenz``.
    """
    curve = lorenz(score, people)
    worst = float(np.interp(0.4, curve.people, curve.held))
    best = 1.0 - float(np.interp(0.9, curve.people, curve.held))
    return best / worst if worst > 0 else float("inf")


def _checked(score: npt.ArrayLike, people: npt.ArrayLike) -> tuple[Floats, Floats]:
    has, heads = np.asarray(score, np.float64), np.asarray(people, np.float64)
    if has.shape != heads.shape or has.ndim != 1:
        raise InputError(
            Text(f"得分有 {has.size} 个，人数有 {heads.size} 个，个数应相同。",
                 f"There are {has.size} scores for {heads.size} units of people.")
        )  # fmt: skip
    for name, values in (("score", has), ("people", heads)):
        wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
        if len(wrong):
            raise InputError(
                Text(f"{name}[{wrong[0]}] 是 {values[wrong[0]]}，应为零或正数。",
                     f"{name}[{wrong[0]}] is {values[wrong[0]]}, not zero or more.")
            )  # fmt: skip
    if not heads.sum() > 0 or not (has * heads).sum() > 0:
        raise InputError(
            Text(
                "没有人口，或所有人的得分都是零，公平性无从谈起。",
                "There is nobody, or everybody has nothing.",
            ),
            Text("请检查人口和得分两列。", "Check people and scores."),
        )
    return has, heads
