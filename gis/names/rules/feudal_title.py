"""Titles of emperors and officials."""

from collections.abc import Iterable

from gis.names.listed import listed_hits
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.text import Text


@single_rule("feudal-title", reach=Reach.LISTED)
def feudal_title(case: Case, setting: RuleSetting) -> Iterable[Hit]:
    """帝王官衔：名称使用帝王称谓、宫府用语或旧时官衔。

    What
    ----
    Finds titles of emperors and nobles, palace words and offices of old. The single characters 皇, 帝, 御 and the
    names of offices ask for a review.

    Why
    ---
    The criteria of 2018, class 怪: 皇帝, 皇庭, 御府, 帝都, 王府, 相府 and old offices, used without approval.

    Exceptions
    ----------
    Surnames (皇甫), religion (玉皇, 关帝), history (秦皇岛, 王府井); divisions and villages; settled and heritage
    names; minority areas; approved names; firms.
    """
    return listed_hits(case, setting, said=_said, passes_as="historic-use")


def _said(found: Found) -> Text:
    return Text(
        f"“{found.word}”属于{found.listed.label.zh}。", f"{found.word} is one of the {found.listed.label.en}."
    )
