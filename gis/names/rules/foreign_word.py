"""Foreign words in Chinese characters."""

from collections.abc import Iterable

from gis.names.listed import listed_hits, review_inside_words
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.text import Text


@single_rule("foreign-word", reach=Reach.LISTED)
def foreign_word(case: Case, setting: RuleSetting) -> Iterable[Hit]:
    """外语词：名称用汉字译写外语词。

    What
    ----
    Finds well-known foreign words in Chinese characters (food, music, fashion, trademarks). A loan word that has
    become ordinary Chinese asks for a review only.

    Why
    ---
    The criteria of 2018 count the Chinese transliteration of a foreign word as 洋.

    Exceptions
    ----------
    Words at home in Chinese; approved names; firms and trademarks; divisions and villages; settled and heritage
    names; minority languages.
    """
    return listed_hits(case, setting, said=_said, weigh=review_inside_words)


def _said(found: Found) -> Text:
    return Text(
        f"“{found.word}”是外语词的汉字译写。", f"{found.word} is a foreign word in Chinese characters."
    )
