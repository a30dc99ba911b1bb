"""Generic parts that promise more than the site holds."""

from collections.abc import Iterator, Mapping

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from layers.findings import Severity
from layers.text import Text

_UNITS = {"site_m2": "m²", "floor_area_m2": "m²", "floors": "层", "green_rate": ""}
_LABELS = {"site_m2": "占地", "floor_area_m2": "建筑面积", "floors": "层数", "green_rate": "绿地率"}


@single_rule("generic-size")
def generic_size(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """通名与规模：通名（广场、大厦、花园 …）与实际规模不符。

    What
    ----
    Compares site, floor area, floors and green rate with the least that the jurisdiction asks of a generic part.
    The thresholds are data of the pack; the national pack holds only the national example. Reaching any one
    threshold of a generic part is enough. When none of the sizes is known, the finding is a note: unknown, not clear.

    Why
    ---
    Art 9(2) of the regulation: the name fits the actual size; the criteria of 2018, class 大: a commercial building
    called 广场 with under 1 ha of site or 100,000 m² of floor.

    Exceptions
    ----------
    Settled and heritage names; approved names ask for a review.
    """
    thresholds: Mapping[str, Mapping[str, float]] = setting.parameters.get("thresholds", {})
    generic = next((one for one in _endings(case.segments.generic) if one in thresholds), "")
    if not generic:
        return
    wanted = thresholds[generic]
    known = {key: value for key in wanted if (value := getattr(case.candidate, key)) is not None}
    if any(known[key] >= wanted[key] for key in known):
        return
    yield Hit(
        word=generic,
        start=case.segments.text.rfind(generic),
        severity=None if known else Severity.NOTE,
        detail={"thresholds": dict(wanted), "known": known},
        message=_too_small(generic, wanted, known) if known else _size_unknown(generic, wanted),
    )


def _endings(generic: str) -> Iterator[str]:
    return (generic[at:] for at in range(len(generic)))


def _amounts(amounts: Mapping[str, float]) -> str:
    return "、".join(f"{_LABELS[key]} {value:g} {_UNITS[key]}".rstrip() for key, value in amounts.items())


def _too_small(generic: str, wanted: Mapping[str, float], known: Mapping[str, float]) -> Text:
    return Text(
        f"通名“{generic}”要求{_amounts(wanted)}之一，实际{_amounts(known)}。",
        f"{generic} asks for one of {dict(wanted)}; known are {known}.",
    )


def _size_unknown(generic: str, wanted: Mapping[str, float]) -> Text:
    return Text(
        f"通名“{generic}”要求{_amounts(wanted)}之一，规模资料缺失，无法判断。",
        f"{generic} asks for one of {dict(wanted)}; the size is not known, so this cannot be judged.",
    )
