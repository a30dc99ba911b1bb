"""Word lists with their sources, and finding their words in a name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
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


class Heads:
    """How words begin, to tell quickly of a text that it holds none of them."""

    __slots__ = ("_pairs", "_single")

    def __init__(self, words: Iterable[str]) -> None:
        heads = frozenset(word[:2] for word in words)
        self._single = frozenset(one for one in heads if len(one) == 1)
        self._pairs = heads - self._single

    def may_be_in(self, text: str) -> bool:
        """Tell whether a text may hold a word; when it is False, it holds none."""
        has_pair = not self._pairs.isdisjoint(map(add, text, text[1:]))
        return has_pair or not self._single.isdisjoint(text)


@dataclass(frozen=True)
class WordIndex:
    """Finds the words of several lists; the longest word wins where words overlap.

    Attributes
    ----------
    lists
        The lists; a word in several of them counts for the first.
    """

    lists: tuple[WordList, ...] = ()

    @classmethod
    def of(cls, lists: Iterable[WordList]) -> "WordIndex":
        """Index word lists."""
        return cls(tuple(lists))

    @cached_property
    def by_first(self) -> Mapping[str, Sequence[tuple[str, WordList]]]:
        """First character -> (word, list) pairs, longest first."""
        owner: dict[str, WordList] = {}
        for one in self.lists:
            for word in one.words:
                owner.setdefault(word, one)
        by_first: dict[str, list[tuple[str, WordList]]] = {}
        for word in sorted(sorted(owner), key=len, reverse=True):
            by_first.setdefault(word[0], []).append((word, owner[word]))
        return by_first

    @cached_property
    def heads(self) -> Heads:
        """How the words begin: a text without any of them holds no word."""
        return Heads(word for one in self.lists for word in one.words)

    def __contains__(self, word: str) -> bool:
        """Tell whether a list holds exactly this word."""
        return any(word in one.words for one in self.lists)

    def may_be_in(self, text: str) -> bool:
        """Tell quickly whether a text may hold a word; when it is False, it holds none."""
        return self.heads.may_be_in(text)

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
