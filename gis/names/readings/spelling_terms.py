"""Words that names fall into when they are spelt, from ``vocabularies/spelling.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from data import shipped


@dataclass(frozen=True, slots=True)
class SpellingTerms:
    """Words by their place in a name.

    Attributes
    ----------
    generics
        Generic part -> the words it is written in.
    modifiers
        Words of several syllables that stand apart before a generic part.
    bodies
        Words of committees and offices.
    numerals
        Words ending in a numeral that counts nothing (统一, 五一).
    peoples
        Names of peoples, as in names of autonomous divisions.
    fixed
        Specific parts whose words custom has settled.
    cities
        Cities whose name stands apart at the head of a facility, a building, a park or a bridge.
    """

    generics: Mapping[str, tuple[str, ...]]
    modifiers: frozenset[str]
    bodies: frozenset[str]
    numerals: frozenset[str]
    peoples: frozenset[str]
    fixed: Mapping[str, tuple[str, ...]]
    cities: frozenset[str]


@cache
def spelling_terms() -> SpellingTerms:
    """Return the shipped words."""
    with shipped("vocabularies/spelling.toml").open("rb") as file:
        read = {section: table["words"].split() for section, table in tomllib.load(file).items()}
    return SpellingTerms(
        generics=_split(read["generics"]),
        modifiers=frozenset(read["modifiers"]),
        bodies=frozenset(read["bodies"]),
        numerals=frozenset(read["numerals"]),
        peoples=frozenset(read["peoples"]),
        fixed=_split(read["fixed"]),
        cities=frozenset(read["cities"]),
    )


def _split(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    return {word.replace("-", ""): tuple(word.split("-")) for word in words}


def longest_end(words: "frozenset[str] | Mapping[str, object]", text: str, *, leave: int) -> str:
    """Return the longest of the words ``text`` ends with, leaving at least ``leave`` characters, or ``""``."""
    return next((text[start:] for start in range(leave, len(text)) if text[start:] in words), "")
