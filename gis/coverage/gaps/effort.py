"""Which remedies there are, and in which order of effort they are tried: data an office may edit."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data import shipped
from layers.text import Text


@dataclass(frozen=True, slots=True)
class Effort:
    """What one kind of remedy takes.

    Attributes
    ----------
    rank
        Order of effort; 1 is tried first.
    unit_cost
        Yuan for one, where an office wrote it; None is unknown.
    hosts
        Layers (``shelter``) or kinds of a layer (``point_of_interest:school``) that may host a service, by its layer.
    """

    kind: str
    label: Text
    rank: int
    unit_cost: float | None
    verified: bool
    hosts: Mapping[str, tuple[str, ...]]


@cache
def efforts() -> Mapping[str, Effort]:
    """Read the shipped order of effort (``data/vocabularies/remedy.toml``), by kind of remedy."""
    with shipped("vocabularies/remedy.toml").open("rb") as file:
        said = tomllib.load(file)
    return {
        kind: Effort(
            kind,
            Text(one["zh"], one["en"]),
            int(one["rank"]),
            one.get("unit_cost"),
            bool(one["verified"]),
            {layer: tuple(some) for layer, some in one.get("hosts", {}).items()},
        )
        for kind, one in said.items()
    }
