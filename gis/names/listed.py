"""Hits of word lists, as the rules that go by words share them."""

from collections.abc import Callable, Iterable, Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit
from gis.names.terms import generic_terms
from gis.names.words import Found
from layers.findings import Severity
from layers.text import Text

_SEPARATORS = frozenset("·・•.．-—－ ")
_LOCAL_GENERICS = frozenset("路街巷弄桥门村庄屯寨沟岗坪坡坝坳坟庙寺井塘圩圳埠窑墩营集渡铺厂")
"""Generic parts of streets, villages and old places; those of water and hills are left out, for estates bear them."""
_ESTATES = frozenset({"residential", "building"})

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
    inside a longer word of ``setting.mild``, and one in the name of a street or village that an estate is named after
    (中央路小区); a word that is both is fine.
    """
    if not setting.words.may_be_in(case.segments.text):
        return ()
    return _hits(case, setting, said, passes_as, weigh)


def _hits(
    case: Case, setting: RuleSetting, said: Callable[[Found], Text], passes_as: str, weigh: Weigh | None
) -> Iterator[Hit]:
    text = case.segments.text
    fine, mild = setting.passes.spans(text), setting.mild.spans(text)
    for found in setting.words.find(text, start=_search_from(case, setting)):
        inside = any(start <= found.start and found.end <= end for start, end in fine)
        is_mild = any(start <= found.start and found.end <= end for start, end in mild)
        weak = is_mild or found.word in setting.homographs
        is_local = named_after_local_place(case, found.end)
        is_fine = (inside and not is_mild) or (weak and is_local)
        if is_fine and not passes_as:
            continue
        stated = Severity.REVIEW if weak or is_local else (weigh(case, found) if weigh else None)
        yield Hit(
            word=found.word,
            start=found.start,
            severity=stated,
            listed=found.listed,
            applies=(passes_as,) if is_fine else (),
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


def named_after_local_place(case: Case, end: int) -> bool:
    """Tell whether the word before ``end`` belongs to a street or village that an estate is named after."""
    specific_end = case.segments.specific_start + len(case.segments.specific)
    generic = generic_terms().classes.get(case.segments.generic)
    is_estate = generic in _ESTATES or case.segments.committee == "community"
    return is_estate and end < specific_end and case.text[end] in _LOCAL_GENERICS


def _search_from(case: Case, setting: RuleSetting) -> int:
    """Return where words may begin: behind the developer's name, unless a word begins with it and goes on (中南海)."""
    start, behind = case.segments.specific_start, after_developer(case)
    if behind > start:
        first = next(setting.words.find(case.text, start=start), None)
        if first and first.start == start and first.end > behind:
            return start
    return behind


def after_developer(case: Case) -> int:
    """Return where the specific part begins once a developer's name and its separator are taken off."""
    start = case.segments.specific_start
    rest = case.segments.specific
    front = len(generic_terms().developer_of(rest))
    return start + front + (rest[front] in _SEPARATORS) if front else start
