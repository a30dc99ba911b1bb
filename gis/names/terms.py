"""Generic parts of names and the bodies written after a name, from ``vocabularies/generic_terms.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data import shipped


@dataclass(frozen=True, slots=True)
class GenericTerms:
    """What may stand at the end of a name.

    Attributes
    ----------
    classes
        Generic part -> class (``township`` is told apart from other divisions, for the scope of duplicates).
    bodies
        Body such as 村民委员会 -> ``village`` or ``community``.
    enterprises
        Ending of a firm's or hotel's name -> ``firm`` or ``hotel``.
    developers
        Firms whose name stands before the name proper.
    """

    classes: Mapping[str, str]
    bodies: Mapping[str, str]
    enterprises: Mapping[str, str]
    developers: frozenset[str]

    @staticmethod
    def longest(table: Mapping[str, str], text: str, *, leave: int = 1) -> str:
        """Return the longest entry ``text`` ends with, leaving at least ``leave`` characters before it, or ``""``."""
        for length in range(min(_LONGEST, len(text) - leave), 0, -1):
            if text[-length:] in table:
                return text[-length:]
        return ""

    def developer_of(self, text: str) -> str:
        """Return the developer's name ``text`` begins with (and does not end with), or ``""``."""
        return next(
            (text[:length] for length in (4, 3, 2) if text[:length] in self.developers and text[length:]), ""
        )


_LONGEST = 10


@cache
def generic_terms() -> GenericTerms:
    """Return the shipped terms. A term listed under two classes counts for the first."""
    with shipped("vocabularies/generic_terms.toml").open("rb") as file:
        read = tomllib.load(file)
    return GenericTerms(
        _by_term(read["generics"]),
        _by_term(read["bodies"]),
        _by_term(read["enterprises"]),
        frozenset(read["developers"]["words"].split()),
    )


def _by_term(words_by_class: Mapping[str, str]) -> Mapping[str, str]:
    terms: dict[str, str] = {}
    for kind, words in words_by_class.items():
        for word in words.split():
            terms.setdefault(word, kind)
    return terms
