"""Names of leaders of the state."""

from collections.abc import Iterable

from gis.names.listed import listed_hits
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.text import Text


@single_rule("leader-name", reach=Reach.LISTED)
def leader_name(case: Case, setting: RuleSetting) -> Iterable[Hit]:
    """领导人姓名：名称含有国家领导人姓名。

    What
    ----
    Finds the full names of leaders of the state since 1949. A name that is also an ordinary word or a common personal
    name asks for a review. Other personal names are not looked for: no list tells them from ordinary words.

    Why
    ---
    Art 9(4) of the regulation: leaders' names are never used for places.

    Exceptions
    ----------
    Memorials and former residences (故居, 纪念馆); heritage names; divisions and villages, whose characters seldom mean
    the person (Art 3 of the measures of 2024: no link, no breach); settled names ask for a review.
    """
    return listed_hits(case, setting, said=_said, passes_as="commemorative")


def _said(found: Found) -> Text:
    return Text(f"“{found.word}”是国家领导人姓名。", f"{found.word} is the name of a leader of the state.")
