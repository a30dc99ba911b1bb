"""Names longer than a place allows."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from layers.text import Text, counted


@single_rule("name-length")
def name_length(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """字数：专名加通名的字数超过本地规定。

    What
    ----
    Counts the characters of specific and generic part, and of the specific part alone, where the place sets a limit
    (``stem_max``, ``specific_max``); ``generic`` restricts it to names ending so.

    Why
    ---
    Rules of places: Nanchang no more than eight characters, Chongqing no more than four before 大道. The national
    pack has no limit.

    Exceptions
    ----------
    Approved names; names from before the local rules; settled and heritage names.
    """
    said, parts = setting.parameters, case.segments
    if not parts.generic.endswith(said.get("generic", "")) or not parts.generic:
        return
    for key, text in (("stem_max", parts.stem), ("specific_max", parts.specific)):
        limit = said.get(key)
        if limit is not None and len(text) > limit:
            yield Hit(
                word=text,
                start=parts.specific_start,
                subject=key,
                detail={"length_limit": limit},
                message=Text(
                    f"“{text}”{len(text)} 字，本地规定不超过 {limit} 字。",
                    f"{text} has {counted(len(text), 'character')}; no more than {limit} are allowed here.",
                ),
            )
