"""Hits of word lists, as the rules that go by words share them."""

from collections.abc import Callable, Iterable, Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit
from gis.names.terms import generic_terms
from gis.names.words import Found
from layers.findings import Severity
from layers.text import Text

_SEPARATORS = frozenset("·・•.．-—－ ")

Weigh = Callable[[Case, Found], Severity | None]


def listed_hits(
    case: Case,
    setting: RuleSetting,
    *,
    said: Callable[[Found], Text],
    passes_as: str = "",
    weigh: Weigh | None = None,
) -> Iterable[Hit]:
    """Return a hit for every listed word in a name.

    Parameters
    ----------
    said
        The message for a word found.
    passes_as
        Exception that applies when the word is part of a longer word that is fine. Without it such a word gives
        no hit at all.
    weigh
        May make a hit weaker after looking at where the word stands.

    Notes
    -----
    A word that is also ordinary Chinese (``setting.homographs``) asks for no more than a review; so does a word
    inside a longer word of ``setting.mild``.
    """
    if not setting.words.may_be_in(case.segments.text):
        return ()
    return _hits(case, setting, said, passes_as, weigh)


def _hits(
    case: Case, setting: RuleSetting, said: Callable[[Found], Text], passes_as: str, weigh: Weigh | None
) -> Iterator[Hit]:
    text = case.segments.text
    fine, mild = setting.passes.spans(text), setting.mild.spans(text)
    for found in setting.words.find(text, start=after_developer(case)):
        inside = any(start <= found.start and found.end <= end for start, end in fine)
        is_mild = any(start <= found.start and found.end <= end for start, end in mild)
        if inside and not is_mild and not passes_as:
            continue
        weak = is_mild or found.word in setting.homographs
        stated = Severity.REVIEW if weak else (weigh(case, found) if weigh else None)
        yield Hit(
            word=found.word,
            start=found.start,
            severity=stated,
            listed=found.listed,
            applies=(passes_as,) if inside and not is_mild else (),
            message=said(found),
        )


def review_inside_words(case: Case, found: Found) -> Severity | None:
    """Weaken a two-character word that neither begins nor ends the specific part: it may be two halves of others."""
    if len(found.word) > 2:  # noqa: PLR2004 - three characters seldom meet by chance
        return None
    end = case.segments.specific_start + len(case.segments.specific)
    begins = found.start == after_developer(case)
    ends = found.end >= end
    return None if begins or ends else Severity.REVIEW


def after_developer(case: Case) -> int:
    """Return where the specific part begins once a developer's name and its separator are taken off."""
    start = case.segments.specific_start
    rest = case.segments.specific
    front = len(generic_terms().developer_of(rest))
    return start + front + (rest[front] in _SEPARATORS) if front else start
