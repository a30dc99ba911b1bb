"""Syllables of Hanyu Pinyin: which there are, with and without tone, and how they join into a word."""

from collections.abc import Iterable
from functools import cache

_MARKED = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "ü": "ǖǘǚǜ"}
_PLAIN_OF = {marked: plain for plain, row in _MARKED.items() for marked in row}
_TONELESS = str.maketrans({**_PLAIN_OF, "ń": "n", "ň": "n", "ǹ": "n", "ḿ": "m"})
_TONES = {marked: tone for row in _MARKED.values() for tone, marked in enumerate(row, start=1)}
_FINALS_BY_INITIAL = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo ü üe",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo ü üe",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}


@cache
def _known() -> frozenset[str]:
    return frozenset(
        initial + final for initial, finals in _FINALS_BY_INITIAL.items() for final in finals.split()
    )


def toneless(syllable: str) -> str:
    """Take the tone mark off; ``ü`` keeps its dots."""
    return syllable.translate(_TONELESS)


def tone_of(syllable: str) -> int:
    """Return the tone 1 to 4, or 0 for a syllable without a mark (neutral tone)."""
    return next((_TONES[letter] for letter in syllable if letter in _TONES), 0)


def is_syllable(text: str) -> bool:
    """Tell whether the text is one syllable in small letters with at most one tone mark."""
    marks = sum(letter in _TONES for letter in text)
    return marks <= 1 and toneless(text) in _known()


def is_chinese(character: str) -> bool:
    """Tell whether the character is a Chinese one, that has a reading (〇 included)."""
    return (
        "一" <= character <= "鿿"
        or "㐀" <= character <= "䶿"
        or character == "〇"
        or character >= "\U00020000"
    )


def joined(syllables: Iterable[str]) -> str:
    """Join syllables into one word with a capital, and an apostrophe before a, o and e (规则 10, 11)."""
    word = ""
    for one in syllables:
        apart = word and toneless(one)[:1] in {"a", "o", "e"}
        word += f"'{one}" if apart else one
    return word[:1].upper() + word[1:]
