"""What a rule is: a function in its own file, whose docstring is its page in the manual."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gis.names.candidate import Candidate
from gis.names.packs import RuleSetting
from gis.names.segment import Segments, segment
from gis.names.words import WordList
from layers.findings import Severity
from layers.text import Text


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate with its name cut into parts: what a rule looks at."""

    candidate: Candidate
    segments: Segments

    @classmethod
    def of(cls, candidate: Candidate) -> "Case":
        """Cut the candidate's name."""
        return cls(candidate, segment(candidate))

    @property
    def text(self) -> str:
        """The name as judged."""
        return self.segments.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a rule noticed, before exceptions are weighed.

    Attributes
    ----------
    word, start
        The matched part and its position in ``Segments.text``; -1 when the hit is not about one part.
    severity
        When the rule itself is less sure than the pack's severity; never raises it.
    listed
        The word list that holds the word.
    detail
        More evidence, JSON values.
    applies
        Ids of exceptions that the rule itself found to apply (qualified use, history …).
    subject
        Tells hits of one rule on one name apart; the word by default.
    citation, pack
        The text that the hit itself rests on, beside the rule's citation, and the pack it came with; both ``""``
        when the word list or the rule says it.
    """

    word: str
    message: Text
    start: int = -1
    severity: Severity | None = None
    listed: WordList | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    applies: tuple[str, ...] = ()
    subject: str = ""
    citation: str = ""
    pack: str = ""


SingleRule = Callable[[Case, RuleSetting], Iterable[Hit]]
"""Judges one name by itself."""

RegisterRule = Callable[[Sequence[Case], RuleSetting], Iterable[tuple[int, Hit]]]
"""Judges the names of one legal scope together; yields the position of a name and the hit."""


class Reach(StrEnum):
    """Which names a single rule may say something about; the others need not be shown to it."""

    EVERY = "every"
    LISTED = "listed"
    """Names that hold a word of the rule's own lists (``RuleSetting.words``)."""
    MARKED = "marked"
    """Names with something else than Chinese characters of GB 2312."""
    INFORMED = "informed"
    """Names of which other names are known: registered, advertised, on signs, of roads on the same ground."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule; exactly one of ``single`` and ``register`` is set."""

    code: str
    page: str
    single: SingleRule | None = None
    register: RegisterRule | None = None
    reach: Reach = Reach.EVERY


_RULES: dict[str, Rule] = {}


def single_rule(code: str, *, reach: Reach = Reach.EVERY) -> Callable[[SingleRule], SingleRule]:
    """Register a rule that judges one name by itself; ``reach`` says which names it is shown."""

    def register(function: SingleRule) -> SingleRule:
        _RULES[code] = Rule(code, function.__doc__ or "", single=function, reach=reach)
        return function

    return register


def register_rule(code: str) -> Callable[[RegisterRule], RegisterRule]:
    """Register a rule that compares names inside one legal scope."""

    def register(function: RegisterRule) -> RegisterRule:
        _RULES[code] = Rule(code, function.__doc__ or "", register=function)
        return function

    return register


def all_rules() -> Mapping[str, Rule]:
    """Return every rule by code, loading the rule files on first use."""
    from gis.names import rules  # noqa: PLC0415 - the rule files need this module to register themselves

    rules.load()
    return dict(sorted(_RULES.items()))
