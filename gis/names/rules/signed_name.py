"""A sign that shows another name than the standard one."""

import unicodedata
from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from layers.text import Text


@single_rule("signed-name", reach=Reach.INFORMED)
def signed_name(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """标志不符：地名标志上的名称与名称不一致。

    What
    ----
    Compares the name that signs show with the registered name or, where there is none, with the name in use, after
    width and spacing are evened out.

    Why
    ---
    Art 18 of the regulation: place-name signs and traffic signs show the standard name.

    Exceptions
    ----------
    Heritage names, whose old plates may be kept, ask for a review. Nothing is said where nobody read the signs.
    """
    del setting
    shown = case.candidate.signed_name
    if not shown or not shown.strip():
        return
    standard = (case.candidate.registered_name or "").strip() or case.candidate.name
    if _even(shown) != _even(standard):
        yield Hit(
            word=shown,
            detail={"signed_name": shown, "standard_name": standard},
            message=Text(
                f"标志上写“{shown}”，与名称“{standard}”不一致。",
                f"The sign says {shown}, the name is {standard}.",
            ),
        )


def _even(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())
