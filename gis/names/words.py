"""Word lists with their sources, and finding their words in a name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from layers.text import Text


@dataclass(frozen=True, slots=True)
class WordList:
    """Words of one meaning, and where the knowledge comes from."""

    id: str
    label: Text
    source: str
    words: frozenset[str]


class Found(NamedTuple):
    """A word of a list, at a position (in characters) of the text searched."""

    word: str
    start: int
    listed: WordList

    @property
    def end(self) -> int:
        """Position after the last character."""
        return self.start + len(self.word)


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Finds the words of several lists; the longest word wins where words overlap.

    Attributes
    ----------
    lists
        The lists; a word in several of them counts for the first.
    by_first
        First character -> (word, list) pairs, longest first.
    """

    lists: tuple[WordList, ...] = ()
    by_first: Mapping[str, Sequence[tuple[str, WordList]]] = field(default_factory=dict, repr=False)

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
        return cls(kept, by_first)

    def __contains__(self, word: str) -> bool:
        """Tell whether a list holds exactly this word."""
        return any(word in one.words for one in self.lists)

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
        if self.by_first.keys().isdisjoint(text):
            return ()
        return tuple(
            (start, start + len(word))
            for start, character in enumerate(text)
            for word, _ in self.by_first.get(character, ())
            if text.startswith(word, start)
        )
