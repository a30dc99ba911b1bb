"""Things without a name of their own, which maps label with a bare number or with what they are."""

import re
import tomllib
from functools import cache

from data import shipped
from gis.names.segment import UNKNOWN_CLASS, Segments

_NUMBER = re.compile(r"[0-9]{1,4}(?:号楼?|[栋幢座楼#])?")
_CLASSES = frozenset({"building", "facility", "residential", UNKNOWN_CLASS})


def is_nameless(parts: Segments) -> bool:
    """Tell whether what stands for the name of a building or facility is no name: 16, 2栋, 保安室, 教学楼.

    Such a label is no standard place name, so that it may well occur again.
    """
    return parts.entity_class in _CLASSES and (parts.text in _words() or is_bare_number(parts))


def is_bare_number(parts: Segments) -> bool:
    """Tell whether the name of a building or facility is nothing but its number: 16, 2栋."""
    return parts.entity_class in _CLASSES and _NUMBER.fullmatch(parts.text) is not None


@cache
def _words() -> frozenset[str]:
    with shipped("vocabularies/nameless.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["words"].split())
