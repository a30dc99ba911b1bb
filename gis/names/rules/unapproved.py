"""Names in use that nobody approved."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from layers.text import Text


@single_rule("unapproved")
def unapproved(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """未经批准：名称在用，登记为非标准地名，又没有批准日期和备案名。

    What
    ----
    Finds names of roads, bridges, residential areas, buildings and parks that the register marks as not standard and
    for which it knows neither an approval nor a registered name.

    Why
    ---
    Art 12 of the regulation: such names are approved before they are used; Art 36: unauthorised names are to be
    corrected.

    Exceptions
    ----------
    Names settled before 1996 or for fifty years; heritage names. A registered name leads to 一地多名 instead.
    """
    del setting
    facts = case.candidate
    if (
        facts.status != "nonstandard"
        or facts.approved_on is not None
        or (facts.registered_name or "").strip()
    ):
        return
    yield Hit(
        word=case.text,
        start=0,
        message=Text(
            "名称在用，但没有批准日期，也没有备案名。", "In use without an approval or a registered name."
        ),
    )
