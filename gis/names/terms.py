"""Generic parts of names and the bodies written after a name, from ``vocabularies/generic_terms.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from data import shipped


class Endings(dict[str, str]):
    """What may stand at the end of a name, each with what it is; made once, not changed."""

    __slots__ = ("_lengths",)

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self._lengths = _lengths_by_last(words)

    def longest(self, text: str, *, leave: int = 1) -> str:
        """Return the longest entry ``text`` ends with, leaving at least ``leave`` characters before it, or ``""``."""
        lengths = self._lengths.get(text[-1:])
        if lengths:
            most = len(text) - leave
            for length in lengths:
                if length <= most and text[-length:] in self:
                    return text[-length:]
        return ""


def _lengths_by_last(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[-1:], set()).add(len(word))
    return {last: tuple(sorted(lengths, reverse=True)) for last, lengths in found.items()}


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
    institutions
        Ending of the name of a public institution.
    developers
        Firms whose name stands before the name proper.
    """

    classes: Endings
    bodies: Endings
    enterprises: Endings
    institutions: Endings
    developers: frozenset[str]

    def developer_of(self, text: str) -> str:
        """Return the developer's name ``text`` begins with (and does not end with), or ``""``."""
        return next(
            (text[:length] for length in (4, 3, 2) if text[:length] in self.developers and text[length:]), ""
        )


@cache
def generic_terms() -> GenericTerms:
    """Return the shipped terms. A term listed under two classes counts for the first."""
    with shipped("vocabularies/generic_terms.toml").open("rb") as file:
        read = tomllib.load(file)
    return GenericTerms(
        _by_term(read["generics"]),
        _by_term(read["bodies"]),
        _by_term(read["enterprises"]),
        _by_term(read["institutions"]),
        frozenset(read["developers"]["words"].split()),
    )


def _by_term(words_by_class: Mapping[str, str]) -> Endings:
    terms: dict[str, str] = {}
    for kind, words in words_by_class.items():
        for word in words.split():
            terms.setdefault(word, kind)
    return Endings(terms)
