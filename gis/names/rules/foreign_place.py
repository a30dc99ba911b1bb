"""Foreign places in a name."""

from collections.abc import Iterable

from gis.names.listed import listed_hits, review_inside_words
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.text import Text


@single_rule("foreign-place", reach=Reach.LISTED)
def foreign_place(case: Case, setting: RuleSetting) -> Iterable[Hit]:
    """外国地名：名称含有外国国名、首都、知名城市或地区名。

    What
    ----
    Finds the Chinese names of foreign countries, capitals and well-known places. A word that is also ordinary
    Chinese (柏林, a cypress wood) asks for a review only, and so does a two-character word in the middle of others.

    Why
    ---
    Art 9(5) of the regulation: no foreign place names. The criteria of 2018 count them as 洋 when they mislead.

    Exceptions
    ----------
    Words whose meaning fits Chinese usage; divisions and villages; names settled before 1996 or for fifty years;
    names transcribed from a minority language; heritage; commemoration and friendship; firms and trademarks, which
    may be a trademark but no place name; approved names.
    """
    return listed_hits(case, setting, said=_said, weigh=review_inside_words)


def _said(found: Found) -> Text:
    return Text(
        f"“{found.word}”是{found.listed.label.zh}。", f"{found.word} is one of the {found.listed.label.en}."
    )
