"""The place-name reading dictionary: shipped files, then what an office adds in its workspace."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from data import shipped
from gis.names.readings.entries import Entries, Readings, entries_of
from layers.errors import FileFormatError
from layers.text import Text

FILE_NAME = "readings.toml"
"""What the office's own dictionary is called, beside ``fangyu.toml``."""


@dataclass(frozen=True, eq=False)
class ReadingDictionary:
    """How characters and words are read in place names.

    Attributes
    ----------
    phrases
        Whole words; ``^`` before a word binds it to the beginning of a name, ``$`` after it to the end.
    characters
        Readings of single characters, likeliest first; one reading is settled.
    surnames
        Readings of characters as a surname.
    settled
        Characters whose first general reading is the one of place names.
    regions
        Words and characters read in their own way in one part of the country, by the first digits of its code.
    """

    phrases: Mapping[str, Readings]
    characters: Mapping[str, Readings]
    surnames: Mapping[str, Readings]
    settled: frozenset[str]
    regions: Mapping[str, Mapping[str, Readings]]

    def region_of(self, jurisdiction: str) -> str:
        """Return the longest known region the division code lies in, or ``""``."""
        return next((jurisdiction[:size] for size in (6, 4, 2) if jurisdiction[:size] in self.regions), "")

    def local(self, region: str) -> Mapping[str, Readings]:
        """Return words and characters of the region and of those it lies in, the inner one first."""
        if not region:
            return {}
        wider = {code: words for code, words in self.regions.items() if region.startswith(code)}
        merged: dict[str, Readings] = {}
        for code in sorted(wider, key=len):
            merged.update(wider[code])
        return merged

    def region_for(self, text: str, jurisdiction: str) -> str:
        """Return the region of a division code when one of its own readings may bear on the text, else ``""``."""
        region, heads = _regional(self, jurisdiction[:6]) if jurisdiction else ("", frozenset())
        return "" if heads.isdisjoint(text) else region

    @cached_property
    def phrase_lengths(self) -> Mapping[str, tuple[int, ...]]:
        """Lengths of the words that begin with a character, longest first (marks of position not counted)."""
        return lengths_by_start(self.phrases)

    @cached_property
    def phrase_heads(self) -> frozenset[str]:
        """How the words begin; where none of these stands, no word begins."""
        return heads_of(self.phrases)


def lengths_by_start(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """Return, for every first character, how long the words that begin with it are, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        bare = word.strip("^$")
        found.setdefault(bare[0], set()).add(len(bare))
    return {start: tuple(sorted(sizes, reverse=True)) for start, sizes in found.items()}


def heads_of(words: Iterable[str]) -> frozenset[str]:
    """Return the first two characters of every word, one of a word of one."""
    return frozenset(word.strip("^$")[:2] for word in words)


@cache
def _regional(known: ReadingDictionary, code: str) -> tuple[str, frozenset[str]]:
    """Return the region of a code, and the characters its own words begin with."""
    region = known.region_of(code)
    return region, frozenset(word.strip("^$")[0] for word in known.local(region))


@cache
def shipped_readings() -> ReadingDictionary:
    """Return the dictionary that comes with the program."""
    files = sorted(shipped("vocabularies/readings").glob("*.toml"))
    return _merged([_read(path) for path in files])


def load_readings(folder: Path | None = None) -> ReadingDictionary:
    """Return the shipped dictionary with the office's ``readings.toml`` over it.

    Parameters
    ----------
    folder
        The workspace; None, or a folder without the file, gives the shipped dictionary itself.

    Raises
    ------
    FileFormatError
        The file is no TOML, or an entry cannot be used; the message names file, section, key and fault.
    """
    path = None if folder is None else folder / FILE_NAME
    if path is None or not path.is_file():
        return shipped_readings()
    stamp = path.stat()
    return _loaded(path, stamp.st_mtime_ns, stamp.st_size)


@cache
def _loaded(path: Path, _changed_ns: int, _size: int) -> ReadingDictionary:
    files = sorted(shipped("vocabularies/readings").glob("*.toml"))
    return _merged([*(_read(one) for one in files), _read(path)])


def _read(path: Path) -> Entries:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileFormatError(
            Text(f"{path.name} 不是可读的 TOML：{error}", f"{path.name} is no readable TOML: {error}."),
            Text(
                '请用 UTF-8 保存，每行写成 "词" = "dú yīn"。',
                'Save it as UTF-8, each line like "词" = "dú yīn".',
            ),
        ) from error
    return entries_of(content, path.name)


def _merged(parts: Iterable[Entries]) -> ReadingDictionary:
    whole = Entries()
    for part in parts:
        whole.phrases.update(part.phrases)
        whole.characters.update(part.characters)
        whole.surnames.update(part.surnames)
        whole.settled.update(part.settled)
        for code, words in part.regions.items():
            whole.regions.setdefault(code, {}).update(words)
    return ReadingDictionary(
        whole.phrases, whole.characters, whole.surnames, frozenset(whole.settled), whole.regions
    )
