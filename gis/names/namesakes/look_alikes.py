"""Characters that are easily taken for each other, from ``vocabularies/look_alikes.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache

from data import shipped


@cache
def look_alikes() -> Mapping[str, str]:
    """Return for every such character the first one of its group."""
    with shipped("vocabularies/look_alikes.toml").open("rb") as file:
        groups = tomllib.load(file)["groups"].split()
    return {one: group[0] for group in groups for one in group}


def folded(text: str) -> str | None:
    """Return the text with every such character replaced by the first of its group; None when it has none."""
    table = look_alikes()
    for one in text:
        if one in table:
            return "".join(table.get(other, other) for other in text)
    return None
