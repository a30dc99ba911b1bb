"""Options that were given and change nothing, because no definition asked for looks at them."""

from collections.abc import Collection, Sequence

from gis.coverage.definitions import BY_ROAD, ON_CAPACITY
from gis.coverage.request import CoverageRequest
from layers.text import Text, joined


def idle_options(request: CoverageRequest, definitions: Collection[str]) -> tuple[Text, ...]:
    """Name the options of a question that none of its definitions looks at; empty where each has its use.

    Parameters
    ----------
    definitions
        Ids of the definitions asked for; ``request.definition`` is not looked at.
    """
    asked = set(definitions)
    found: list[Text] = []
    if request.kernel is not None and "C8" not in asked:
        found.append(_note(f"--kernel {request.kernel}", ("C8",)))
    if request.need_per_1000 is not None and not asked & ON_CAPACITY:
        found.append(_note(f"--need-per-1000 {request.need_per_1000:g}", sorted(ON_CAPACITY)))
    if request.mode != "walk" and not asked & BY_ROAD and request.within_min is None:
        found.append(_note(f"--mode {request.mode}", sorted(BY_ROAD)))
    return tuple(found)


def _note(option: str, uses: Sequence[str]) -> Text:
    for_ = joined(uses)
    return Text(
        f"{option} 只用于 {for_.zh}，这里没有用。", f"{option} is for {for_.en} only and was not used here."
    )
