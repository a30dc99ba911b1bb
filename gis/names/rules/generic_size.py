"""Generic parts that promise more, or less, than there is."""

from collections.abc import Iterator, Mapping, Sequence

from gis.names.candidate import Candidate
from gis.names.packs import RuleSetting
from gis.names.packs.conditions import MEASURES
from gis.names.packs.thresholds import Threshold
from gis.names.registry import Case, Hit, single_rule
from gis.names.terms import Endings
from layers.findings import Severity
from layers.text import Text


@single_rule("generic-size")
def generic_size(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """通名与规模：通名（广场、大厦、花园 …）与实际规模不符。

    What
    ----
    Compares site, floor area, floors, green rate, floor area ratio, open space, width and length with what the
    jurisdiction asks of a generic part: lower and upper bounds, joined by and/or. The bounds are data
    (``thresholds.toml`` of each pack); the national pack holds only the national example. A generic part of two
    characters also counts at the end of a longer one (商务广场); one of a single character only by itself.

    When what is missing would decide, the finding says what is missing: a note, or a review when something that is
    known already falls short. A bound for large cities only, which no data tells apart, asks for a review. A
    description without figures is a note.

    Why
    ---
    Art 9(2) of the regulation: the name fits the actual size; the criteria of 2018, class 大: a commercial building
    called 广场 with under 1 ha of site or 100,000 m² of floor. The figures of places differ widely.

    Exceptions
    ----------
    Settled and heritage names; approved names ask for a review.
    """
    thresholds: Mapping[str, Sequence[Threshold]] = setting.parameters.get("thresholds", {})
    generic = _generic(case, thresholds)
    entries = [one for one in thresholds.get(generic, ()) if case.segments.entity_class in one.classes]
    if not entries:
        return
    known = _known(case.candidate)
    outcomes = [one.needs.holds(known) if one.needs else None for one in entries]
    if all(outcomes):
        return
    at_fault = entries[outcomes.index(False)] if False in outcomes else entries[outcomes.index(None)]
    is_certain = not any(outcomes) and None not in outcomes and (len(entries) > 1 or not at_fault.when)
    yield _hit(case, at_fault, known, certain=is_certain)


def _generic(case: Case, thresholds: Mapping[str, Sequence[Threshold]]) -> str:
    generic = case.segments.generic
    if generic in thresholds:
        return generic
    if not generic and case.segments.class_from == "given":
        return Endings(dict.fromkeys(thresholds, "")).longest(case.segments.stem)
    ends = (generic[at:] for at in range(1, len(generic) - 1))
    return next((one for one in ends if one in thresholds), "")


def _known(candidate: Candidate) -> Mapping[str, float]:
    known = {name: value for name in MEASURES if (value := getattr(candidate, name, None)) is not None}
    if known.get("site_m2") and "floor_area_m2" in known:
        known.setdefault("far", round(known["floor_area_m2"] / known["site_m2"], 2))
    return known


def _hit(case: Case, asked: Threshold, known: Mapping[str, float], *, certain: bool) -> Hit:
    limits = list(asked.needs.limits()) if asked.needs else []
    used = {one.measure: known[one.measure] for one in limits if one.measure in known}
    missing = list(dict.fromkeys(one.measure for one in limits if one.measure not in known))
    falls_short = any(one.holds(known) is False for one in limits)
    is_unknown = asked.needs is None or asked.needs.holds(known) is None
    return Hit(
        word=asked.generic,
        start=case.text.rfind(asked.generic),
        severity=asked.most if certain else Severity.REVIEW if falls_short else Severity.NOTE,
        detail={"thresholds": _asked(asked).zh, "known": used, "not_known": missing},
        citation=asked.citation,
        pack=asked.pack,
        message=_unknown(asked, used, missing) if is_unknown else _unfit(asked, used),
    )


def _asked(asked: Threshold) -> Text:
    parts = [one for one in (asked.needs and asked.needs.said(), asked.also, asked.when) if one]
    return Text("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))


def _unfit(asked: Threshold, used: Mapping[str, float]) -> Text:
    wanted, known = _asked(asked), _amounts(used)
    return Text(
        f"通名“{asked.generic}”要求：{wanted.zh}。实际：{known.zh}。",
        f"{asked.generic} asks for: {wanted.en}. Known: {known.en}.",
    )


def _unknown(asked: Threshold, used: Mapping[str, float], missing: Sequence[str]) -> Text:
    wanted, known = _asked(asked), _amounts(used)
    zh = "、".join(MEASURES[name][0].zh for name in missing)
    en = ", ".join(MEASURES[name][0].en for name in missing)
    return Text(
        f"通名“{asked.generic}”要求：{wanted.zh}。"
        + (f"已知：{known.zh}。" if used else "")
        + (f"缺少{zh}，无法判断。" if zh else "须人核实。"),
        f"{asked.generic} asks for: {wanted.en}. "
        + (f"Known: {known.en}. " if used else "")
        + (f"Not known: {en}, so this cannot be judged." if en else "A person has to look."),
    )


def _amounts(used: Mapping[str, float]) -> Text:
    zh = "、".join(f"{MEASURES[name][0].zh} {value:.10g}" for name, value in used.items())
    en = ", ".join(f"{MEASURES[name][0].en} {value:.10g}" for name, value in used.items())
    return Text(zh, en)
