"""Names read alike inside their legal scope."""

from collections.abc import Hashable, Iterator, Sequence

from gis.names.duplicates import groups, namesakes
from gis.names.packs import RuleSetting
from gis.names.readings import read_name
from gis.names.registry import Case, Hit, register_rule
from layers.findings import Severity
from layers.text import Text


@register_rule("homophone")
def homophone(cases: Sequence[Case], setting: RuleSetting) -> Iterator[tuple[int, Hit]]:
    """同音：同类地名在法定范围内读音相同而写法不同。

    What
    ----
    Finds names of one class inside the legal scope with the same generic part whose specific parts are read the same
    but written differently. The same sound with the same tones asks for a review; the same sound with other
    tones is a note. An unsure reading is said in the evidence and makes the finding a note.

    Why
    ---
    Art 9(8) of the regulation: avoid the same sound. The law does not define tones; Tongling ignores them.

    Exceptions
    ----------
    Names given before the regulation of 2022: change only what has to be changed.
    """
    del setting
    readable = [at for at, case in enumerate(cases) if case.segments.specific]
    for members in groups([cases[at] for at in readable], _toneless):
        positions = [readable[at] for at in members]
        for own in positions:
            others = [at for at in positions if cases[at].segments.specific != cases[own].segments.specific]
            if others:
                yield own, _hit(cases, own, others)


def _toneless(case: Case) -> Hashable | None:
    return (read_name(case.segments.specific).toneless, case.segments.generic, case.segments.committee)


def _hit(cases: Sequence[Case], own: int, others: Sequence[int]) -> Hit:
    mine = read_name(cases[own].segments.specific)
    alike = [at for at in others if read_name(cases[at].segments.specific).syllables == mine.syllables]
    unsure = mine.unsure or any(read_name(cases[at].segments.specific).unsure for at in alike)
    sound = " ".join(mine.syllables)
    detail = namesakes(cases, own, alike or others)
    grade = "tonal" if alike else "toneless"
    first = detail["namesakes"][0]["name"]
    return Hit(
        word=cases[own].segments.specific,
        start=cases[own].segments.specific_start,
        subject=f"{cases[own].segments.specific}|{grade}",
        severity=Severity.REVIEW if alike and not unsure else Severity.NOTE,
        detail={**detail, "reading": sound, "grade": grade, "reading_unsure": unsure},
        message=_same_sound(sound, first) if alike else _other_tones(sound, first),
    )


def _same_sound(sound: str, other: str) -> Text:
    return Text(f"与“{other}”同音（{sound}）。", f"Sounds the same as {other} ({sound}).")


def _other_tones(sound: str, other: str) -> Text:
    return Text(f"与“{other}”音同调异（{sound}）。", f"Sounds like {other} but for the tones ({sound}).")
