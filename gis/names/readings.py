"""How a name is read: Hanyu Pinyin from the place-name dictionary, and where it cannot be sure."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from data import shipped

_MODIFIERS = frozenset("东西南北前后上下大小新老中内外左右")
_VILLAGE_WORDS = frozenset("庄村屯营寨楼集店铺岗湾沟桥堡坊圩埭浜宅巷")
_DIVISION_ENDS = frozenset({"区"})
_MARKS = {"ā": "a", "á": "a", "ǎ": "a", "à": "a", "ē": "e", "é": "e", "ě": "e", "è": "e", "ī": "i", "í": "i",
          "ǐ": "i", "ì": "i", "ō": "o", "ó": "o", "ǒ": "o", "ò": "o", "ū": "u", "ú": "u", "ǔ": "u", "ù": "u",
          "ǖ": "ü", "ǘ": "ü", "ǚ": "ü", "ǜ": "ü", "ń": "n", "ň": "n", "ǹ": "n", "ḿ": "m"}  # fmt: skip
_TONELESS = str.maketrans(_MARKS)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a name.

    Attributes
    ----------
    syllables
        One per Chinese character, with tone marks; what is no Chinese character stands as it is, one piece a run.
    unsure
        Some syllable is a guess between readings that all occur in place names.
    alternatives
        Other readings of the whole name, likeliest first, each like ``syllables``; at most eight.
    evidence
        For every syllable where it comes from: ``dictionary``, ``surname``, ``default``, ``general``.
    """

    syllables: tuple[str, ...]
    unsure: bool
    alternatives: tuple[tuple[str, ...], ...]
    evidence: tuple[str, ...]

    @property
    def toneless(self) -> tuple[str, ...]:
        """The syllables without tones."""
        return tuple(one.translate(_TONELESS) for one in self.syllables)


@dataclass(frozen=True, slots=True)
class _Dictionary:
    phrases: Mapping[str, tuple[str, ...]]
    longest: int
    characters: Mapping[str, tuple[str, ...]]
    sure: frozenset[str]
    surnames: Mapping[str, str]


@lru_cache(maxsize=100_000)
def read_name(name: str) -> Reading:
    """Read a name in Putonghua.

    The place-name dictionary goes first (whole words, then surnames in village names, then the usual reading of a
    character in place names), pypinyin's general dictionary last. An empty name gives no syllables.
    """
    return _reading(_pieces(name))


@cache
def _dictionary() -> _Dictionary:
    with shipped("vocabularies/readings.toml").open("rb") as file:
        read = tomllib.load(file)
    phrases = {word: tuple(said.split()) for word, said in read["phrases"].items()}
    characters = {one: tuple(said.split()) for one, said in read["characters"].items()}
    sure = frozenset(read["sure"]["characters"])
    return _Dictionary(phrases, max(map(len, phrases)), characters, sure, read["surnames"])


_Piece = tuple[tuple[str, ...], str]
"""The readings of one character, likeliest first, and the evidence."""


def _pieces(name: str) -> list[_Piece]:
    known = _dictionary()
    general = _general(name)
    pieces: list[_Piece] = []
    at = 0
    while at < len(name):
        phrase = _phrase_at(name, at, known)
        if phrase:
            pieces += [((syllable,), "dictionary") for syllable in known.phrases[phrase]]
            at += len(phrase)
        else:
            pieces.append(_character_at(name, at, known, general))
            at += 1
    return pieces


def _phrase_at(name: str, at: int, known: _Dictionary) -> str:
    for length in range(min(known.longest, len(name) - at), 0, -1):
        if name[at : at + length] in known.phrases:
            return name[at : at + length]
    return ""


def _character_at(name: str, at: int, known: _Dictionary, general: tuple[str, ...]) -> _Piece:
    one = name[at]
    if one in known.surnames and _is_surname(name, at):
        others = () if name[at + 1] == "家" else known.characters.get(one, ())
        first = known.surnames[one]
        return (first, *(other for other in others if other != first)), "surname"
    if one in known.characters:
        readings = known.characters[one]
        settled = one in known.sure or name[at:] in _DIVISION_ENDS
        return (readings[:1] if settled else readings), "default"
    return (general[at],), "general"


def _is_surname(name: str, at: int) -> bool:
    """Tell whether the character stands where village names have a surname: X家…, 大X庄, X村."""
    following = name[at + 1 : at + 2]
    at_head = at == 0 or (at == 1 and name[0] in _MODIFIERS)
    return following == "家" or (at_head and following in _VILLAGE_WORDS and following != "")


def _general(name: str) -> tuple[str, ...]:
    """Return pypinyin's reading of every character; what it cannot read stands for itself."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - its dictionaries take long to load

    read = pinyin(name, style=Style.TONE, errors=_kept)
    return tuple(one[0] for one in read)


def _kept(unreadable: str) -> Any:  # noqa: ANN401 - pypinyin takes a list here, one piece a character
    return list(unreadable)


def _reading(pieces: Iterable[_Piece]) -> Reading:
    kept = list(pieces)
    first = tuple(readings[0] for readings, _ in kept)
    others = tuple(
        (*first[:at], other, *first[at + 1 :])
        for at, (readings, _) in enumerate(kept)
        for other in readings[1:]
    )
    return Reading(first, bool(others), others[:8], tuple(evidence for _, evidence in kept))
