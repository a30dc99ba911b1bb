"""Names read alike inside their legal scope."""

from collections.abc import Iterator, Sequence

from gis.names.duplicates import namesakes
from gis.names.namesakes.alike import alike_in
from gis.names.namesakes.grades import Grade, Relation
from gis.names.namesakes.keys import compared_part, sound_of
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, register_rule
from layers.findings import Severity
from layers.text import Text

_BY_SOUND = (Grade.TONAL, Grade.TONELESS, Grade.DIALECT)


@register_rule("homophone")
def homophone(cases: Sequence[Case], setting: RuleSetting) -> Iterator[tuple[int, Hit]]:
    """同音：同类地名在法定范围内读音相同而写法不同。

    What
    ----
    Finds names of one class inside the legal scope with the same generic part whose specific parts are read the same
    but written differently; a village and a community are compared without their bodies. The same sound with the
    same tones asks for a review, and so does the same sound in the dialect whose table pack or workspace gives. The
    same sound with other tones is a note, unless the pack's parameter `tones` is `toneless`. What rests on an unsure
    reading, or on another reading that the name may have, is said in the evidence and is a note.

    Why
    ---
    Art 9(8) of the regulation: avoid the same sound. The law does not define tones; Tongling ignores them, Ningbo
    counts the dialect.

    Exceptions
    ----------
    Names given before the regulation of 2022: change only what has to be changed.
    """
    for own, by_grade in alike_in(cases, setting).items():
        grade = next((one for one in _BY_SOUND if one in by_grade), None)
        if grade is not None:
            yield own, _hit(cases, own, by_grade[grade], setting)


def _hit(
    cases: Sequence[Case], own: int, others: Sequence[tuple[int, Relation]], setting: RuleSetting
) -> Hit:
    like = min((relation for _, relation in others), key=lambda one: (one.possible, one.unsure))
    grade = like.grade
    detail = namesakes(cases, own, [other for other, _ in others], grade=grade)
    part, sound = compared_part(cases[own]), sound_of(cases[own])
    return Hit(
        word=part,
        start=cases[own].segments.specific_start,
        subject=f"{part}|{grade}",
        severity=_severity(like, setting),
        detail={**detail, "reading": sound, "reading_unsure": like.unsure, "another_reading": like.possible},
        message=_message(like, sound, detail["namesakes"][0]["name"]),
    )


def _severity(like: Relation, setting: RuleSetting) -> Severity:
    counts = like.grade is not Grade.TONELESS or setting.shared.get("tones") == "toneless"
    return setting.severity if counts and not like.unsure else Severity.NOTE


def _message(like: Relation, sound: str, other: str) -> Text:
    if like.possible:
        return Text(
            f"按另一读法可能与“{other}”同音（{sound}）。",
            f"May sound like {other} by another reading ({sound}).",
        )
    if like.grade is Grade.TONAL:
        return Text(f"与“{other}”同音（{sound}）。", f"Sounds the same as {other} ({sound}).")
    if like.grade is Grade.TONELESS:
        return Text(f"与“{other}”同音调异（{sound}）。", f"Sounds like {other} but for the tones ({sound}).")
    return Text(f"与“{other}”方言同音（{sound}）。", f"Sounds like {other} in the dialect ({sound}).")
