"""Colloquial, grammatical and bizarre words in a name."""

from collections.abc import Iterable

from gis.names.listed import listed_hits
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.text import Text


@single_rule("odd-wording", reach=Reach.LISTED)
def odd_wording(case: Case, setting: RuleSetting) -> Iterable[Hit]:
    """怪诞用语：名称像一句话，或用怪诞、故弄玄虚的词。

    What
    ----
    Finds particles and pronouns (的, 吗, 我的), units and formulas, and bizarre words. Always a review, never more.

    Why
    ---
    The criteria of 2018, class 怪: against public understanding, deliberately mystifying, ambiguous.

    Exceptions
    ----------
    Ordinary words with the same characters (怪石); divisions, villages and communities; settled, heritage and
    approved names; minority languages; firms.
    """
    return listed_hits(case, setting, said=_said)


def _said(found: Found) -> Text:
    return Text(
        f"“{found.word}”属于{found.listed.label.zh}。", f"{found.word} is one of the {found.listed.label.en}."
    )
