"""How much a string looks like foreign sounds written in Chinese characters."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from data import shipped
from gis.names.terms import generic_terms

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
        The weight of each character after the one before it.
    """

    text: str
    start: int
    score: int
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Weights of characters, in half nats.

    Attributes
    ----------
    weights
        Character -> weight by itself.
    pairs
        Two characters -> what is added to the second one's weight after the first.
    unseen
        Weight of every other Chinese character.
    """

    weights: Mapping[str, int]
    pairs: Mapping[str, int]
    unseen: int


@cache
def shipped_table() -> Table:
    """Return the table of ``vocabularies/transliteration.toml``."""
    with shipped("vocabularies/transliteration.toml").open("rb") as file:
        read = tomllib.load(file)
    weights = {one: int(weight) for weight, characters in read["weights"].items() for one in characters}
    pairs = {pair: int(weight) for weight, listed in read["pairs"].items() for pair in listed.split()}
    return Table(weights, pairs, read["unseen"])


def foreign_run(specific: str) -> ForeignRun | None:
    """Return the run of three to nine characters with the highest score above zero.

    A developer's name in front and further generic parts behind are taken off first. Two characters that are all
    there is left count as a run too. None when nothing looks foreign.
    """
    offset, core = _core(specific)
    run = best_run(core, shipped_table())
    return run and run._replace(start=offset + run.start)


def best_run(core: str, table: Table) -> ForeignRun | None:
    """Return the best run of a core, or None when there is none above zero or the core is one character."""
    if len(core) < LEAST_RUN - 1:
        return None
    alone = [_weight(one, table) for one in core]
    if max(alone) <= 0:
        return None
    joined = [
        weight + table.pairs.get(core[at - 1 : at + 1], 0) if at else weight
        for at, weight in enumerate(alone)
    ]
    least = min(len(core), LEAST_RUN)
    best: tuple[int, int, int] | None = None
    for start in range(len(core) - least + 1):
        score = alone[start]
        for end in range(start + 1, min(len(core), start + LONGEST_RUN)):
            score += joined[end]
            length = end + 1 - start
            if length >= least and (best is None or (score, -start, length) > best):
                best = score, -start, length
    if best is None or best[0] <= 0:
        return None
    score, start, end = best[0], -best[1], best[2] - best[1]
    return ForeignRun(core[start:end], start, score, (alone[start], *joined[start + 1 : end]))


def _weight(one: str, table: Table) -> int:
    """Return the weight of a character; what is no Chinese character ends every run."""
    return table.weights.get(one, table.unseen) if "一" <= one <= "鿿" else _STOP


def _core(specific: str) -> tuple[int, str]:
    """Return where the core of a specific part begins, and the core."""
    terms = generic_terms()
    front = terms.developer_of(specific)
    core = specific[len(front) :]
    while True:
        generic = terms.classes.longest(core, leave=2)
        if len(generic) < 2:  # noqa: PLR2004 - a single character may well be part of the core
            return len(front), core
        core = core[: len(core) - len(generic)]
