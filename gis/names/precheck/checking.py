"""The precheck of one proposed name: everything that speaks for or against it, from one index, within milliseconds."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from shapely.geometry.base import BaseGeometry

from gis.names.candidate import Candidate
from gis.names.checking import check_among, status_of
from gis.names.namesakes import Grade, NameIndex, Namesake
from gis.names.packs import Pack
from gis.names.precheck.alternatives import proposals
from gis.names.precheck.location import LocationFit, location_findings, location_fit
from gis.names.precheck.place import Place
from gis.names.precheck.report import Alternative, Made, PrecheckReport
from gis.names.precheck.surroundings import Feature, Surroundings
from gis.names.registry import Case
from layers.errors import InputError
from layers.findings import SEVERITY_LABELS, Finding, Severity
from layers.text import Text, counted

LONGEST_NAME = 50
MOST_ALTERNATIVES = 10
_MOST_TRIED = 80
_MOST_MENDED = 3
_TAKEN = frozenset({Grade.EXACT, Grade.MODIFIER, Grade.TONAL})
"""Grades that rule an alternative out before the rules are asked."""
_MOST_COMPARED = 40
_ID = "proposed"
_NOT_OF_A_PROPOSAL = frozenset({"擅自命名", "一地多名", "有地无名", "标志"})
"""Categories about names in use; a proposed name is neither in use nor on a sign."""
_ORDER = tuple(SEVERITY_LABELS)
_TYPICAL = range(2, 7)
_NO_READING: Mapping[str, Any] = {}
_BY_GRADE: Mapping[Grade, Severity] = {
    Grade.EXACT: Severity.SUSPECT,
    Grade.SAME_SPECIFIC: Severity.NOTE,
    Grade.MODIFIER: Severity.REVIEW,
    Grade.LOOK_ALIKE: Severity.REVIEW,
    Grade.TONAL: Severity.REVIEW,
}
"""How far a namesake goes where no rule of the pack speaks of its grade; the others are notes."""
_ARTICLE_9_8 = (
    "《地名管理条例》（国务院令第753号，2022-05-01起施行）第九条第七项、第八项：在规定范围内不重名，避免同音"
)


def precheck(
    candidate: Candidate,
    *,
    index: NameIndex,
    pack: Pack,
    on: date,
    place: Place | None = None,
    around: Surroundings | None = None,
    with_alternatives: bool = True,
) -> PrecheckReport:
    """Tell whether a name may be given.

    Parameters
    ----------
    candidate
        The name, its class, jurisdiction and sizes as far as they are known.
    index
        The names it must not clash with.
    place
        Where the thing stands; without it distances and the fit of what the name cites are unknown.
    around
        The features a name may cite; None when there are no layers, and everything cited is unknown.

    Returns
    -------
    PrecheckReport
        ``clear`` means that nothing was found, not that the name is approved.

    Raises
    ------
    InputError
        When the name is empty or longer than 50 characters.
    """
    _check(candidate.name)
    here = around or _nothing_around()
    shape = here.in_metres(place.geometry) if place else None
    unit = here.division_at(shape) if shape is not None and here.features else None
    asked = _placed(candidate, place, unit, on)
    outside_m = here.outside_m(place) if place else None
    judged = _Judged.of(asked, index, pack, on, here, shape, outside_m)
    others: tuple[Alternative, ...] = ()
    if with_alternatives and status_of(judged.findings) != "clear":
        others = tuple(_alternatives(judged, index, pack, on, here, shape))
    wanted = with_alternatives and status_of(judged.findings) != "clear" and not others
    return PrecheckReport(
        candidate=asked,
        segments=judged.case.segments,
        status=status_of(judged.findings),
        findings=judged.findings,
        namesakes=judged.namesakes,
        location=judged.location,
        reading=_reading(asked, index),
        alternatives=others,
        place=place,
        notes=(_no_alternatives(place),) if wanted else (),
        unit=None if unit is None else {"id": unit.id, "name": unit.name, "code": unit.code},
        made=Made(on=on, pack=pack.id, pack_title=pack.title, index_size=len(index)),
    )


@cache
def _nothing_around() -> Surroundings:
    return Surroundings()


class _Judged:
    """A proposed name with everything found about it."""

    __slots__ = ("case", "findings", "location", "namesakes")

    def __init__(
        self,
        case: Case,
        findings: tuple[Finding, ...],
        namesakes: tuple[Namesake, ...],
        location: LocationFit,
    ) -> None:
        self.case, self.findings, self.namesakes, self.location = case, findings, namesakes, location

    @classmethod
    def of(
        cls,
        asked: Candidate,
        index: NameIndex,
        pack: Pack,
        on: date,
        here: Surroundings,
        shape: BaseGeometry | None,
        outside_m: float | None = None,
    ) -> "_Judged":
        case = Case.of(asked)
        namesakes = index.namesakes(asked, limit=_MOST_COMPARED)
        location = location_fit(case, shape, here, outside_m=outside_m)
        found = [
            *_of_rules(asked, namesakes, pack, on),
            *location_findings(asked, location),
            *_of_length(case),
        ]
        found += _of_grades(asked, namesakes, found)
        ordered = sorted(found, key=lambda one: (_ORDER.index(one.severity), one.code, one.subject))
        return cls(case, tuple(ordered), namesakes, location)


def _check(name: str) -> None:
    if not name.strip():
        raise InputError(
            Text("名称是空的。", "The name is empty."), Text("请写出拟用的名称。", "Write the name.")
        )
    if len(name) > LONGEST_NAME:
        raise InputError(
            Text(f"名称有 {len(name)} 个字符，不像一个地名。", f"{len(name)} characters are no name."),
            Text(
                f"请写 {LONGEST_NAME} 个字符以内的名称。",
                f"Write a name of at most {LONGEST_NAME} characters.",
            ),
        )


def _placed(candidate: Candidate, place: Place | None, unit: Feature | None, on: date) -> Candidate:
    """Give the candidate its place, the finest jurisdiction known, and today as the day it comes into use."""
    finer = unit.code.rstrip("0") if unit else ""
    within = finer.startswith(candidate.jurisdiction) and len(finer) > len(candidate.jurisdiction)
    return replace(
        candidate,
        id=_ID,
        in_use_since=candidate.in_use_since or on,
        jurisdiction=unit.code if unit and within else candidate.jurisdiction,
        lon=place.lon if place else None,
        lat=place.lat if place else None,
    )


def _of_rules(asked: Candidate, namesakes: tuple[Namesake, ...], pack: Pack, on: date) -> Iterator[Finding]:
    """Judge the name by itself and against its namesakes, by the same rules as a register.

    A register weakens the same name twice nearby, for it may be one road in two pieces; a proposed name is new.
    """
    taken = any(one.grade is Grade.EXACT for one in namesakes)
    others = [replace(one.candidate, id=f"{one.candidate.layer_id}:{one.candidate.id}") for one in namesakes]
    for finding in check_among(asked, others, pack, on=on):
        if finding.category in _NOT_OF_A_PROPOSAL:
            continue
        is_twice = taken and finding.code == "names.exact-duplicate"
        yield replace(finding, severity=Severity.SUSPECT) if is_twice else finding


def _of_grades(asked: Candidate, namesakes: tuple[Namesake, ...], found: list[Finding]) -> list[Finding]:
    """Say what is alike in a way that no rule of the pack has spoken of."""
    if any(one.category == "重" for one in found):
        return []
    best: dict[Grade, Namesake] = {}
    for one in namesakes:
        best.setdefault(one.grade, one)
    return [_of_grade(asked, one) for one in best.values()]


def _of_grade(asked: Candidate, same: Namesake) -> Finding:
    severity = _BY_GRADE.get(same.grade, Severity.NOTE)
    label, name = same.grade.label, same.candidate.name
    return Finding(
        code="names.namesake",
        category="重",
        severity=Severity.NOTE if same.unsure or same.possible else severity,
        layer_id=asked.layer_id,
        feature_id=asked.id,
        feature_name=asked.name,
        subject=same.grade.value,
        message=Text(
            f"{same.scope.zh}内已有“{name}”（{label.zh}）。",
            f"There is {name} ({label.en}) in {same.scope.en}.",
        ),
        citation=_ARTICLE_9_8,
        evidence={"likeness": label._asdict(), "namesake": name, "distance_m": same.distance_m},
    )


def _of_length(case: Case) -> Iterator[Finding]:
    """Note a specific part of unusual length; 专名避免单字."""
    specific = case.segments.specific
    if not specific or len(specific) in _TYPICAL:
        return
    yield Finding(
        code="names.length",
        category="",
        severity=Severity.NOTE,
        layer_id=case.candidate.layer_id,
        feature_id=case.candidate.id,
        feature_name=case.candidate.name,
        message=Text(
            f"专名“{specific}”有 {len(specific)} 个字，通常为二至六个字。",
            f"The specific part {specific} has {counted(len(specific), 'character')}; two to six are usual.",
        ),
        citation="通行做法：专名二至六字，避免单字（非强制规定）",
        evidence={"specific": specific, "length": len(specific)},
    )


def _reading(asked: Candidate, index: NameIndex) -> Mapping[str, Any]:
    from gis.names import readings  # noqa: PLC0415 - its dictionaries take long to load

    said: Mapping[str, Any] = readings.romanize(
        asked.name,
        entity_class=asked.entity_class,
        jurisdiction=asked.jurisdiction,
        readings=index.readings,
    ).as_json()
    return said


def _no_alternatives(place: Place | None) -> Text:
    if place is None:
        return Text(
            "没有合适的备选名；给出位置（经纬度或图形）后，可取用附近的村镇、山水名。",
            "No other name is fit; give a place, and names of settlements and natural features nearby can be offered.",
        )
    return Text("附近没有合适的备选名，请另拟。", "Nothing nearby gives a fit name: please think of another.")


def _alternatives(
    judged: _Judged, index: NameIndex, pack: Pack, on: date, here: Surroundings, shape: BaseGeometry | None
) -> Iterator[Alternative]:
    """Yield the proposals that pass the same precheck: ten at most, a few of each thing they are made of."""
    given: Counter[str] = Counter()
    cited = tuple(one.feature for one in judged.location.cited)
    proposed = proposals(judged.case, judged.findings, here, shape, cited)
    for tried, (origin, proposal) in enumerate(proposed):
        if tried >= _MOST_TRIED or given.total() >= MOST_ALTERNATIVES:
            return
        if given[origin] >= (1 if origin else _MOST_MENDED):
            continue
        asked = replace(judged.case.candidate, name=proposal.name, specific=None, generic=None)
        nearest = index.namesakes(asked, limit=1)
        if nearest and nearest[0].grade in _TAKEN and not nearest[0].possible:
            continue
        if status_of(_Judged.of(asked, index, pack, on, here, shape).findings) == "clear":
            given[origin] += 1
            yield proposal
