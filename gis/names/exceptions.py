"""The exceptions of the name rules: each is asked for every hit, and its answer is shown whatever it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gis.names.registry import Case, Hit
from gis.names.segment import UNKNOWN_CLASS
from gis.names.terms import generic_terms
from layers.text import Text

if TYPE_CHECKING:
    from datetime import date

_DAYS_A_YEAR = 365.2425
_KINDS_OF_VILLAGES = frozenset({"settlement", "township"})
_PUBLIC_WORKS = frozenset({"road", "bridge", "park", "facility"})


@dataclass(frozen=True, slots=True)
class Considered:
    """One exception and how it came out; ``applies`` is None when data to tell is missing."""

    id: str
    applies: bool | None
    text: Text

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as JSON values."""
        said = {True: "applies", False: "does-not-apply", None: "unknown"}
        return {"id": self.id, "outcome": said[self.applies], "text": self.text._asdict()}


_Answer = bool | None
_Test = Callable[[Case, Hit, Mapping[str, Any]], _Answer]


def consider(exception_id: str, case: Case, hit: Hit, shared: Mapping[str, Any]) -> Considered:
    """Ask one exception about one hit; an id that only rules decide applies when the hit says so.

    ``shared`` holds the parameters of the pack and ``on``, the day of the judgement.
    """
    label, test = _EXCEPTIONS[exception_id]
    applies = True if exception_id in hit.applies else test(case, hit, shared)
    outcome = _OUTCOMES[applies]
    return Considered(exception_id, applies, Text(f"{label.zh}：{outcome.zh}", f"{label.en}: {outcome.en}"))


def exception_ids() -> tuple[str, ...]:
    """Return the ids a pack may name."""
    return tuple(_EXCEPTIONS)


def _division(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return _known_class(case, case.segments.entity_class in {"division", "natural"})


def _village(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return _known_class(case, case.segments.committee == "village")


def _community(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return _known_class(case, case.segments.committee == "community")


def _known_class(case: Case, answer: bool) -> _Answer:  # noqa: FBT001
    return None if case.segments.entity_class == UNKNOWN_CLASS else answer


def _settled(case: Case, _hit: Hit, shared: Mapping[str, Any]) -> _Answer:
    since = case.candidate.in_use_since
    if since is None:
        return None
    before: date = shared["settled_before"]
    on: date = shared["on"]
    return since < before or (on - since).days / _DAYS_A_YEAR >= shared["settled_years"]


def _heritage(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    if case.segments.entity_class == "heritage":
        return True
    return case.candidate.heritage


def _approved(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return True if case.candidate.approved_on is not None else None


def _ethnic(case: Case, _hit: Hit, shared: Mapping[str, Any]) -> _Answer:
    if any(word in case.candidate.name for word in shared["minority_words"]):
        return True
    code = case.candidate.jurisdiction
    return code.startswith(tuple(shared["autonomous_areas"])) if code else None


def _enterprise(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return bool(generic_terms().enterprises.longest(case.segments.stem))


def _institution(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return bool(generic_terms().institutions.longest(case.segments.stem, leave=0))


def _public_work(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return _known_class(case, case.segments.entity_class in _PUBLIC_WORKS)


def _called_village(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return generic_terms().classes.get(case.segments.generic) in _KINDS_OF_VILLAGES


def _commemorative(case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return "纪念" in case.text or "和平医院" in case.text or "友谊" in case.text


def _before_regulation(case: Case, _hit: Hit, shared: Mapping[str, Any]) -> _Answer:
    named = case.candidate.approved_on or case.candidate.in_use_since
    return None if named is None else bool(named < shared["in_force_from"])


def _before_local(case: Case, _hit: Hit, shared: Mapping[str, Any]) -> _Answer:
    named, since = case.candidate.approved_on or case.candidate.in_use_since, shared.get("local_from")
    return None if named is None or since is None else bool(named < since)


def _existing_unit(case: Case, _hit: Hit, shared: Mapping[str, Any]) -> _Answer:
    if case.segments.scope_class not in {"committee", "township"}:
        return False
    named = case.candidate.approved_on or case.candidate.in_use_since
    return named is None or bool(named < shared["in_force_from"])


def _only_if_said(_case: Case, _hit: Hit, _shared: Mapping[str, Any]) -> _Answer:
    return False


_EXCEPTIONS: Mapping[str, tuple[Text, _Test]] = {
    "division": (Text("行政区划或自然地理实体名称", "name of a division or natural feature"), _division),
    "village": (Text("村名（村委会、自然村）", "name of a village"), _village),
    "community": (Text("社区（居委会）法定名称", "legal name of a community"), _community),
    "settled": (Text("1996年细则前命名或使用满五十年", "in use before 1996 or for 50 years"), _settled),
    "heritage": (Text("地名文化遗产或纪念地古迹", "heritage name"), _heritage),
    "approved": (Text("经主管部门批准", "approved by the authority"), _approved),
    "ethnic": (Text("民族语地名译写", "transcribed from a minority language"), _ethnic),
    "commemorative": (Text("纪念性或友谊地名", "commemorative name"), _commemorative),
    "enterprise": (Text("企业或商标名称（非地名）", "name of a firm or trademark"), _enterprise),
    "called-village": (
        Text("通名为村屯乡镇，可能是既有村镇名", "the generic part is a village's or a town's"),
        _called_village,
    ),
    "institution": (Text("机关、院校、场馆等公共机构名称", "name of a public institution"), _institution),
    "public-work": (
        Text(
            "道路、公园和公共设施由政府或主管部门命名（整治以新建住宅区和大型建筑为重点）",
            "roads, parks and facilities are named by public bodies; the campaign aims at new estates and buildings",
        ),
        _public_work,
    ),
    "qualified-use": (Text("有正当含义的用法", "a use that is fine"), _only_if_said),
    "historic-use": (Text("姓氏、宗教或史地背景", "surname, religion or history"), _only_if_said),
    "numbered-unit": (Text("单位或门牌编号", "number of a work unit or door"), _only_if_said),
    "before-regulation": (
        Text("2022年条例施行前的既有名称", "given before the regulation of 2022"),
        _before_regulation,
    ),
    "before-local": (Text("本地规定施行前的既有名称", "given before the local rules"), _before_local),
    "existing-unit": (
        Text("既有村居、乡镇名称（可改可不改的不改）", "name of an existing village, community or town"),
        _existing_unit,
    ),
    "village-and-community": (Text("村与社区同名属常见情形", "a village and its community"), _only_if_said),
}

_OUTCOMES: Mapping[_Answer, Text] = {
    True: Text("适用", "applies"),
    False: Text("不适用", "does not apply"),
    None: Text("资料不足，未能判断", "cannot be told, data is missing"),
}
