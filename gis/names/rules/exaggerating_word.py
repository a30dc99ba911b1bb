"""Words that claim more than the place is."""

from collections.abc import Iterable

from gis.names.listed import listed_hits
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.text import Text


@single_rule("exaggerating-word", reach=Reach.LISTED)
def exaggerating_word(case: Case, setting: RuleSetting) -> Iterable[Hit]:
    """夸大词：名称使用宇宙、中央、天下、世界、中国、首府一类的词。

    What
    ----
    Finds words of boundless size, of the world and of states, 特区 and 首府, and the state's own landmarks.
    “国际” and the names of oceans, which only some cities list, ask for a review.

    Why
    ---
    The criteria of 2018, class 大: words that deliberately exaggerate; Art 9(2) of the regulation: the name fits the
    actual area, size and nature.

    Exceptions
    ----------
    Institutions and functions of that rank (中央民族大学, 国际机场); 中央 for the middle (中央公园), which asks for a
    review; approved use; divisions and villages; settled and heritage names; firms.
    """
    return listed_hits(case, setting, said=_said, passes_as="qualified-use")


def _said(found: Found) -> Text:
    return Text(
        f"“{found.word}”属于{found.listed.label.zh}。", f"{found.word} is one of the {found.listed.label.en}."
    )
