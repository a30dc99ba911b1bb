"""Foreign personal names in a name."""

from collections.abc import Iterable

from gis.names.listed import listed_hits, review_inside_words
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.text import Text


@single_rule("foreign-person", reach=Reach.LISTED)
def foreign_person(case: Case, setting: RuleSetting) -> Iterable[Hit]:
    """外国人名：名称含有外国人名（含文学人物）。

    What
    ----
    Finds well-known foreign persons and figures of literature, and common foreign given names and surnames. A word
    that is also a Chinese word or name asks for a review only.

    Why
    ---
    Art 9(5) of the regulation and Art 3 of the measures of 2024: no foreign personal names, literary figures
    included. The criteria of 2018 count them as 洋 when they mislead.

    Exceptions
    ----------
    Persons who are commemorated or stand for friendship (白求恩, 列宁); characters without a link to the person;
    divisions and villages; settled and heritage names; minority languages; firms and trademarks; approved names.
    """
    return listed_hits(case, setting, said=_said, weigh=review_inside_words)


def _said(found: Found) -> Text:
    return Text(
        f"“{found.word}”见于{found.listed.label.zh}。", f"{found.word} is among {found.listed.label.en}."
    )
