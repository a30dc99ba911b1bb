"""One stretch of road under two names."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from layers.text import Text


@single_rule("names-on-one-road", reach=Reach.INFORMED)
def names_on_one_road(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """一路多名：同一段道路上有两个名称。

    What
    ----
    Finds roads over whose lines those of another name run: within 5 m for at least four fifths of the shorter line,
    which is 50 m or longer. Viaducts, bridges, tunnels and numbered highways share their ground rightly and are left
    alone, and so are roads that only meet or cross: two segments with two names are two roads.

    Why
    ---
    Art 15 and 18 of the regulation: one place, one standard name. Whether there are two roads after all, such as a
    lane beside a road, a person has to tell.

    Exceptions
    ----------
    Heritage names ask for a review like all others.
    """
    del setting
    for other in dict.fromkeys(case.candidate.overlaid_by):
        if other != case.candidate.name:
            yield Hit(
                word=other,
                detail={"other_name": other},
                message=Text(
                    f"同一段道路上另有名称“{other}”。", f"The same stretch of road is also called {other}."
                ),
            )
