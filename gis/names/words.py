"""Word lists with their sources, and finding their words in a name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from layers.text import Text


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of one meaning, and where the knowledge comes from.

    Attributes
    ----------
    citation
        The local text that lists the words, where it says more than the rule's own citation; else ``""``.
    pack
        Id of the pack the list came with (the last one that made it grow); ``""`` outside packs.
    """

    id: str
    label: Text
    source: str
    words: frozenset[str]
    citation: str = ""
    pack: str = ""


class Found(NamedTuple):
    """A word of a list, at a position (in characters) of the text searched."""

    word: str
    start: int
    listed: WordList

    @property
    def end(self) -> int:
        """Position after the last character."""
        return self.start + len(self.word)


@lru_cache(maxsize=16)
def _heads_in(text: str) -> frozenset[str]:
    """Return all single characters and pairs of a text; many indexes are asked of one text after another."""
    return frozenset(text).union(map("".join, pairwise(text)))


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Finds the words of several lists; the longest word wins where words overlap.

    Attributes
    ----------
    lists
        The lists; a word in several of them counts for the first.
    by_first
        First character -> (word, list) pairs, longest first.
    heads
        The first two characters of every word (one of a word of one): a text without any of them holds no word.
    """

    lists: tuple[WordList, ...] = ()
    by_first: Mapping[str, Sequence[tuple[str, WordList]]] = field(default_factory=dict, repr=False)
    heads: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, lists: Iterable[WordList]) -> "WordIndex":
        """Index word lists."""
        kept = tuple(lists)
        owner: dict[str, WordList] = {}
        for one in kept:
            for word in one.words:
                owner.setdefault(word, one)
        by_first: dict[str, list[tuple[str, WordList]]] = {}
        for word in sorted(owner, key=lambda word: (-len(word), word)):
            by_first.setdefault(word[0], []).append((word, owner[word]))
        return cls(kept, by_first, frozenset(word[:2] for word in owner))

    def __contains__(self, word: str) -> bool:
        """Tell whether a list holds exactly this word."""
        return any(word in one.words for one in self.lists)

    def may_be_in(self, text: str) -> bool:
        """Tell quickly whether a text may hold a word; when it is False, it holds none."""
        return not self.heads.isdisjoint(_heads_in(text))

    def find(self, text: str, *, start: int = 0) -> Iterator[Found]:
        """Yield the words found at and after ``start`` from left to right, without overlaps."""
        reached = start
        for at, character in enumerate(text):
            if at < reached or character not in self.by_first:
                continue
            for word, listed in self.by_first[character]:
                if text.startswith(word, at):
                    yield Found(word, at, listed)
                    reached = at + len(word)
                    break

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return (start, end) of every word, overlapping ones too."""
        if not self.may_be_in(text):
            return ()
        return tuple(
            (start, start + len(word))
            for start, character in enumerate(text)
            for word, _ in self.by_first.get(character, ())
            if text.startswith(word, start)
        )
