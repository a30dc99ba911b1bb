"""Names that differ only by 大, 新 or the city's own name."""

from collections.abc import Iterator, Sequence

from gis.names.duplicates import namesakes
from gis.names.namesakes.alike import alike_in
from gis.names.namesakes.grades import Grade
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, register_rule
from layers.text import Text


@register_rule("modifier-duplicate")
def modifier_duplicate(cases: Sequence[Case], setting: RuleSetting) -> Iterator[tuple[int, Hit]]:
    """增减字重名：仅增减“大”“新”、序数的“第”或本市名称。

    What
    ----
    Finds names of one class inside the legal scope of which one is the other with 大, 新 or the name of the city
    added: before or behind the specific part, or before the generic part (锦江苑, 新锦江苑, 锦江新苑, 成都锦江苑). The
    parameters `modifiers` and `city_names` of a pack say which words count; the city of a name counts where known.

    Why
    ---
    Tongling takes such names for the same name, and Chengdu (2025) forbids to tell names apart in this way alone. The
    national regulation wants names not to be the same and says nothing of this, so the finding asks for a review.

    Exceptions
    ----------
    Names of existing villages, communities and towns, among which such pairs are common, are a note; names given
    before the regulation of 2022 stay a review at most.
    """
    for own, by_grade in alike_in(cases, setting).items():
        others = [other for other, _ in by_grade.get(Grade.MODIFIER, ())]
        if others:
            yield own, _hit(cases, own, others)


def _hit(cases: Sequence[Case], own: int, others: Sequence[int]) -> Hit:
    stem = cases[own].segments.stem
    detail = namesakes(cases, own, others, grade=Grade.MODIFIER)
    nearest = detail["namesakes"][0]["name"]
    return Hit(
        word=stem,
        start=cases[own].segments.specific_start,
        detail=detail,
        message=Text(
            f"与“{nearest}”仅增减“大”“新”“第”或本市名称。",
            f"Differs from {nearest} only by 大, 新, 第 or the name of the city.",
        ),
    )
