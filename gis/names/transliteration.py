"""How much a string looks like foreign sounds written in Chinese characters."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from data import shipped
from gis.names.terms import GenericTerms, generic_terms

LEAST_RUN = 3
LONGEST_RUN = 9
_STOP = -1000


class ForeignRun(NamedTuple):
    """The stretch of a name that looks most like a transliteration.

    Attributes
    ----------
    score
        Sum of the weights of its characters, in half nats: how many times likelier (e^(score/2)) these characters
        are among transliterated names than among names of communities.
    weights
        The weight of each character.
    """

    text: str
    start: int
    score: int
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    weights: Mapping[str, int]
    unseen: int


@cache
def _table() -> _Table:
    with shipped("vocabularies/transliteration.toml").open("rb") as file:
        read = tomllib.load(file)
    weights = {one: int(weight) for weight, characters in read["weights"].items() for one in characters}
    return _Table(weights, read["unseen"])


def foreign_run(specific: str) -> ForeignRun | None:
    """Return the run of three to nine characters with the highest score above zero.

    A developer's name in front and further generic parts behind are taken off first. Two characters that are all
    there is left count as a run too. None when nothing looks foreign.
    """
    table = _table()
    offset, core = _core(specific)
    if len(core) < LEAST_RUN - 1:
        return None
    scores = [_weight(one, table) for one in core]
    if max(scores) <= 0:
        return None
    least = min(len(core), LEAST_RUN)
    runs = (
        (sum(scores[start : start + length]), -start, length)
        for length in range(least, min(len(core), LONGEST_RUN) + 1)
        for start in range(len(core) - length + 1)
    )
    score, back, length = max(runs)
    start = -back
    if score <= 0:
        return None
    end = start + length
    return ForeignRun(core[start:end], offset + start, score, tuple(scores[start:end]))


def _weight(one: str, table: _Table) -> int:
    """Return the weight of a character; what is no Chinese character ends every run."""
    return table.weights.get(one, table.unseen) if "一" <= one <= "鿿" else _STOP


def _core(specific: str) -> tuple[int, str]:
    """Return where the core of a specific part begins, and the core."""
    terms = generic_terms()
    front = terms.developer_of(specific)
    core = specific[len(front) :]
    while True:
        generic = GenericTerms.longest(terms.classes, core, leave=2)
        if len(generic) < 2:  # noqa: PLR2004 - a single character may well be part of the core
            return len(front), core
        core = core[: len(core) - len(generic)]
