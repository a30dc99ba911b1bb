"""Vulgar and ill-omened words."""

from collections.abc import Iterable

from gis.names.listed import listed_hits
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.findings import Severity
from layers.text import Text

_LANES = frozenset({"巷", "小巷", "胡同", "弄", "里弄", "桥"})


@single_rule("vulgar-word", reach=Reach.LISTED)
def vulgar_word(case: Case, setting: RuleSetting) -> Iterable[Hit]:
    """不雅词：名称含有不雅、不吉或歧视性的词。

    What
    ----
    Finds words that offend public order and good morals. In the names of lanes and bridges, which are mostly old,
    they ask for a review.

    Why
    ---
    Art 9(1) of the regulation: clear and healthy meaning; the criteria of 2018, class 怪 (哑巴路, 黄泉路).

    Exceptions
    ----------
    Old village and division names, which change only where residents wish it; settled and heritage names; innocent
    look-alikes (小三峡).
    """
    return listed_hits(case, setting, said=_said, passes_as="historic-use", weigh=_review_in_lanes)


def _review_in_lanes(case: Case, _found: Found) -> Severity | None:
    """Weaken words in the names of lanes and bridges, which are seldom new."""
    return Severity.REVIEW if case.segments.generic in _LANES else None


def _said(found: Found) -> Text:
    return Text(f"“{found.word}”不雅或不吉。", f"{found.word} is vulgar or ill-omened.")
