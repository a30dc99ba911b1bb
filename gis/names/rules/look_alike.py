"""Names that differ only by characters easily taken for each other."""

from collections.abc import Iterator, Sequence

from gis.names.duplicates import namesakes
from gis.names.namesakes.alike import alike_in
from gis.names.namesakes.grades import Grade
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, register_rule
from layers.text import Text


@register_rule("look-alike")
def look_alike(cases: Sequence[Case], setting: RuleSetting) -> Iterator[tuple[int, Hit]]:
    """形近：仅以形近字相区别。

    What
    ----
    Finds names of one class inside the legal scope that are the same but for characters that are easily taken for
    each other (未名路, 末名路). Which characters do is a list in `vocabularies/look_alikes.toml`. Names that also sound
    the same are the business of `names.homophone`.

    Why
    ---
    Art 9 of the regulation wants names told apart; two signs that look the same from a moving car are not. No article
    names look-alike characters, so the finding asks for a review at most.

    Exceptions
    ----------
    Names of existing villages, communities and towns are a note.
    """
    for own, by_grade in alike_in(cases, setting).items():
        others = [other for other, _ in by_grade.get(Grade.LOOK_ALIKE, ())]
        if others:
            yield own, _hit(cases, own, others)


def _hit(cases: Sequence[Case], own: int, others: Sequence[int]) -> Hit:
    detail = namesakes(cases, own, others, grade=Grade.LOOK_ALIKE)
    nearest = detail["namesakes"][0]["name"]
    return Hit(
        word=cases[own].segments.stem,
        start=cases[own].segments.specific_start,
        detail=detail,
        message=Text(f"与“{nearest}”字形相近，容易认错。", f"Easily misread as {nearest}."),
    )
