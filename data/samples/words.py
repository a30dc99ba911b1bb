"""Words and readings the names are made of, and a register that keeps names apart by sound."""

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """Characters and their reading with tone marks."""

    text: str
    reading: str

    def __add__(self, other: "Word") -> "Word":
        """Write two words as one; an apostrophe parts a syllable that begins with a vowel."""
        mark = "'" if other.reading and other.reading[0] in "aoeāáǎàōóǒòēéěè" else ""
        return Word(self.text + other.text, self.reading + mark + other.reading)


@cache
def _tables() -> Mapping[str, Any]:
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def words(name: str) -> tuple[Word, ...]:
    """Read one list of words."""
    entries = [entry.split() for entry in _tables()[name].replace("\n", "").split(",")]
    return tuple(Word(entry[0], " ".join(entry[1:])) for entry in entries if entry)


def word(text: str) -> Word:
    """Read one ``characters reading`` pair."""
    characters, _, reading = text.partition(" ")
    return Word(characters, reading)


def spelled(*parts: Word) -> str:
    """Spell a name by the rules for Chinese place names: parts apart, each with a capital."""
    return " ".join(_capital(part.reading) for part in parts if part.reading)


def _capital(reading: str) -> str:
    return " ".join(piece[0].upper() + piece[1:] for piece in reading.split())


def sound(reading: str) -> str:
    """Reduce a reading to its letters: no tones, spaces, marks or capitals."""
    plain = unicodedata.normalize("NFD", reading)
    return "".join(letter for letter in plain if letter.isalpha()).casefold()


@dataclass
class Register:
    """Names given so far in one scope (changed as names are claimed)."""

    taken: set[str] = field(default_factory=set)

    def claim(self, *candidates: Word) -> bool:
        """Take the sounds of all candidates, or none when one of them is taken."""
        sounds = [sound(one.reading) for one in candidates]
        if any(one in self.taken for one in sounds):
            return False
        self.taken.update(sounds)
        return True


def pairs(starts: Iterable[Word], ends: Iterable[Word]) -> list[Word]:
    """Join every start with every end."""
    last = tuple(ends)
    return [start + end for start in starts for end in last]
