"""How a name is read: Hanyu Pinyin from the place-name dictionary, and where it cannot be sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from gis.names.readings.dictionary import (
    ReadingDictionary,
    heads_of,
    lengths_by_start,
    shipped_readings,
)
from gis.names.readings.entries import Readings
from gis.names.readings.general import general_readings
from gis.names.readings.syllables import is_chinese, toneless

_MODIFIERS = frozenset("东西南北前后上下大小新老中内外左右")
_VILLAGE_WORDS = frozenset("庄村屯营寨楼集店铺岗湾沟桥堡坊圩埭浜宅巷坡坪坝冲垄垸畈塘坑厝坳墩咀嘴山庙寺井院")
_DIVISION_ENDS = frozenset("省市州盟区")
_MOST_ALTERNATIVES = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a name.

    Attributes
    ----------
    syllables
        One per character, with tone marks; what is no Chinese character stands as it is. 一 and 不 keep their own
        tone, as the standard spelling has them.
    unsure
        Some syllable is a guess between readings that all occur in place names, or a character has no known reading.
    alternatives
        Other readings of the whole name, likeliest first, each like ``syllables``; at most eight.
    evidence
        For every syllable where it comes from: ``dictionary`` (a whole word), ``region``, ``surname``, ``default``
        (the character's usual reading in place names), ``general`` (the general dictionary), ``unread`` (a Chinese
        character without a known reading), ``as_written`` (no Chinese character).
    """

    syllables: tuple[str, ...]
    unsure: bool
    alternatives: tuple[tuple[str, ...], ...]
    evidence: tuple[str, ...]

    @property
    def toneless(self) -> tuple[str, ...]:
        """The syllables without tones."""
        return tuple(map(toneless, self.syllables))


def read_name(name: str, jurisdiction: str = "", *, readings: ReadingDictionary | None = None) -> Reading:
    """Read a name in Putonghua.

    The place-name dictionary goes first (whole words, those of the region before the others; then surnames in village
    names; then the usual reading of a character in place names), the general dictionary last. A character with
    several readings that nothing decides makes the name unsure. An empty name gives no syllables.

    Parameters
    ----------
    jurisdiction
        Division code of the place, for readings that hold in one part of the country (圩: xū in Guangxi, wéi in
        Anhui); empty when unknown.
    readings
        The dictionary of a workspace; the shipped one when None.
    """
    known = readings or shipped_readings()
    return _read(name, known, known.region_of(jurisdiction) if jurisdiction else "")


_Piece = tuple[Readings, str]
"""The readings of some characters in a row, likeliest first, and the evidence."""

_Words = tuple[Mapping[str, Readings], Mapping[str, Sequence[int]], frozenset[str]]
"""Words, how long those are that begin with a character, and with which characters they begin."""


@lru_cache(maxsize=10_000)
def _read(name: str, known: ReadingDictionary, region: str) -> Reading:
    local = _local(known, region) if region else None
    pieces: list[_Piece] = []
    at = 0
    while at < len(name):
        piece = _piece_at(name, at, known, local)
        pieces.append(piece)
        at += len(piece[0][0])
    return _reading(pieces)


def _piece_at(name: str, at: int, known: ReadingDictionary, local: _Words | None) -> _Piece:
    one, two = name[at], name[at : at + 2]
    may_begin = two in known.phrase_heads or one in known.phrase_heads
    may_begin = may_begin or (local is not None and (two in local[2] or one in local[2]))
    if may_begin and (piece := _word_at(name, at, known, local)):
        return piece
    if one in known.surnames and (piece := _surname_at(name, at, known)):
        return piece
    return _alone(one, known)


@cache
def _local(known: ReadingDictionary, region: str) -> _Words:
    words = known.local(region)
    return words, lengths_by_start(words), heads_of(words)


def _word_at(name: str, at: int, known: ReadingDictionary, local: _Words | None) -> _Piece | None:
    """Read the longest word that begins here; of two as long, the one of the region."""
    everywhere = _longest(name, at, known.phrases, known.phrase_lengths)
    nearby = _longest(name, at, local[0], local[1]) if local else None
    if nearby and (everywhere is None or len(nearby[0]) >= len(everywhere[0])):
        return nearby, "region"
    return (everywhere, "dictionary") if everywhere else None


def _longest(
    name: str, at: int, words: Mapping[str, Readings], lengths: Mapping[str, Sequence[int]]
) -> Readings | None:
    for length in lengths.get(name[at], ()):
        end = at + length
        word = name[at:end]
        keys = [word]
        if at == 0 or name[at - 1] in _DIVISION_ENDS:
            keys = [f"^{word}", word]
        if end == len(name):
            keys = [*(f"{key}$" for key in keys), *keys]
        for key in keys:
            if key in words:
                return words[key]
    return None


@cache
def _alone(one: str, known: ReadingDictionary) -> _Piece:
    """Read a character whatever stands around it."""
    if one in known.characters:
        return known.characters[one], "default"
    if not is_chinese(one):
        return ((one,),), "as_written"
    general = general_readings(one)
    if not general:
        return ((one,),), "unread"
    kept = general[:1] if one in known.settled else general
    return tuple((reading,) for reading in kept), "general"


def _surname_at(name: str, at: int, known: ReadingDictionary) -> _Piece | None:
    """Read a surname where village names have one: X家… for sure; 大X庄, X村 where the character is open."""
    one, following = name[at], name[at + 1 : at + 2]
    own = known.surnames[one]
    if following == "家":
        return own, "surname"
    at_head = at == 0 or (at <= 2 and all(before in _MODIFIERS for before in name[:at]))  # noqa: PLR2004
    if not (at_head and following in _VILLAGE_WORDS and following):
        return None
    others = known.characters.get(one, ())
    if len(others) <= 1:
        return None
    return tuple(dict.fromkeys((*own, *others))), "surname"


def _reading(pieces: Sequence[_Piece]) -> Reading:
    first = tuple(chain.from_iterable([readings[0] for readings, _ in pieces]))
    evidence = tuple([source for readings, source in pieces for _ in readings[0]])
    others: list[tuple[str, ...]] = []
    at = 0
    for readings, _ in pieces:
        end = at + len(readings[0])
        if len(readings) > 1:
            others += [(*first[:at], *other, *first[end:]) for other in readings[1:]]
        at = end
    unsure = bool(others) or "unread" in evidence
    return Reading(first, unsure, tuple(others[:_MOST_ALTERNATIVES]), evidence)
