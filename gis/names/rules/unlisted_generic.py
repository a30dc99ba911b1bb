"""Generic parts that are not on the closed list of a place."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from layers.text import Text


@single_rule("unlisted-generic")
def unlisted_generic(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """通名不在规定之列：本地规定了可用通名，名称的末尾不是其中之一。

    What
    ----
    For places that say which generic parts residential areas and buildings may have: finds names that end in none of
    them. Sections (东区, 二期) and bodies are taken off first.

    Why
    ---
    Nanjing's rules of 2013 list the generic parts in full. The national pack has no closed list.

    Exceptions
    ----------
    Approved names; names from before the local rules; settled and heritage names; hotels and firms.
    """
    allowed = setting.parameters.get(case.segments.entity_class, "").split()
    stem = case.segments.stem
    if not allowed or not stem or any(stem.endswith(one) and stem != one for one in allowed):
        return
    generic = case.segments.generic
    yield Hit(
        word=generic or stem,
        start=case.text.rfind(generic or stem),
        detail={"allowed_generics": " ".join(allowed)},
        message=Text(
            f"通名“{generic}”不在本地规定的可用通名之列。" if generic else "名称末尾没有本地规定的可用通名。",
            f"{generic} is not among the generic parts allowed here."
            if generic
            else "The name ends in none of the generic parts allowed here.",
        ),
    )
