"""Judging names: every rule of a pack, every exception, one finding per thing noticed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from gis.names.candidate import Candidate
from gis.names.exceptions import Considered, consider
from gis.names.packs import Pack, RuleSetting, Scope, load_packs
from gis.names.register import candidates_from_layer
from gis.names.registry import Case, Hit, all_rules
from gis.names.segment import UNKNOWN_CLASS
from layers.findings import Finding, Severity
from layers.model import Layer
from layers.text import Text

_RANK = {
    Severity.NOTE: 0,
    Severity.UNKNOWN: 1,
    Severity.REVIEW: 2,
    Severity.SUSPECT: 3,
    Severity.ERROR: 4,
}
_CLASS_UNKNOWN = Considered(
    "class-unknown",
    applies=True,
    text=Text("地名类别不明，从轻为待核", "the class of the name is unknown: no more than review"),
)


def check_name(
    candidate: Candidate, pack: Pack | str = "national-2022", *, on: date | None = None
) -> list[Finding]:
    """Judge one name by itself.

    Parameters
    ----------
    candidate
        The name and what is known about it. A historic name is not judged as a current one; an empty name
        gives no finding.
    pack
        A loaded pack, or the id of a shipped one.
    on
        Day of the judgement, for names in use for so many years; today by default.

    Returns
    -------
    list[Finding]
        Most severe first. Suspect, review or note, never a verdict: 可改可不改的不改.

    Raises
    ------
    NotFoundError
        When there is no such pack.
    """
    chosen = load_packs((pack,)) if isinstance(pack, str) else pack
    return sorted(_single_findings([Case.of(candidate)], chosen, on or _today()), key=_order)


def check_candidates(candidates: Iterable[Candidate], pack: Pack, *, on: date | None = None) -> list[Finding]:
    """Judge many names, each by itself and against the others of its legal scope.

    The order of the candidates changes neither the findings nor their keys.
    """
    named = sorted((one for one in candidates if one.name.strip()), key=lambda one: (one.id, one.name))
    cases = [Case.of(one) for one in named]
    day = on or _today()
    found = [*_single_findings(cases, pack, day), *_register_findings(cases, pack, day)]
    return sorted(found, key=_order)


def check_names(
    layer: Layer, packs: Sequence[str], district_code: str, *, on: date | None = None
) -> list[Finding]:
    """Judge all names of a layer.

    Parameters
    ----------
    layer
        ``place_name``, or any layer with ``id`` and ``name`` (roads, residential quarters …).
    packs
        Ids of rule packs, later ones overlaying earlier ones.
    district_code
        Jurisdiction of names that have no division code of their own.
    on
        Day of the judgement, for names in use for so many years; today by default.

    Returns
    -------
    list[Finding]
        Most severe first, then by name. Empty for a layer without names.

    Raises
    ------
    NotFoundError
        When there is no such pack.
    """
    pack = load_packs(tuple(packs))
    return check_candidates(candidates_from_layer(layer, district_code), pack, on=on)


def status_of(findings: Iterable[Finding]) -> str:
    """Sum findings on one name up as ``clear``, ``review`` or ``suspect``; notes leave it clear."""
    worst = max((_RANK[one.severity] for one in findings), default=0)
    if worst >= _RANK[Severity.SUSPECT]:
        return "suspect"
    return "review" if worst > 0 else "clear"


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    return (
        -_RANK[finding.severity],
        finding.feature_name,
        finding.feature_id,
        finding.code,
        finding.subject,
    )


def _single_findings(cases: Sequence[Case], pack: Pack, on: date) -> Iterator[Finding]:
    rules = all_rules()
    for code, setting in pack.rules.items():
        judge = rules[code].single
        if judge is None:
            continue
        for case in cases:
            if case.candidate.is_current and _is_for(setting, case):
                hits = {hit.subject or hit.word: hit for hit in judge(case, setting)}
                yield from (_finding(case, hit, setting, on) for hit in hits.values())


def _register_findings(cases: Sequence[Case], pack: Pack, on: date) -> Iterator[Finding]:
    current = [case for case in cases if case.candidate.is_current]
    rules = all_rules()
    for scope in pack.scopes:
        for members in _by_scope(current, scope):
            for code, setting in pack.rules.items():
                compare = rules[code].register
                for position, hit in compare(members, setting) if compare else ():
                    yield _finding(members[position], hit, setting, on, scope)


def _by_scope(cases: Sequence[Case], scope: Scope) -> Iterator[Sequence[Case]]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        code = case.candidate.jurisdiction
        if case.segments.scope_class in scope.classes and len(code) >= scope.code_digits:
            groups[code[: scope.code_digits]].append(case)
    return (members for members in groups.values() if len(members) > 1)


def _is_for(setting: RuleSetting, case: Case) -> bool:
    return not setting.classes or case.segments.entity_class in setting.classes


def _finding(case: Case, hit: Hit, setting: RuleSetting, on: date, scope: Scope | None = None) -> Finding:
    shared = {**setting.shared, "on": on}
    considered = [consider(one, case, hit, shared) for one in setting.exceptions]
    most = [setting.exceptions[one.id] for one in considered if one.applies]
    if scope is None and case.segments.entity_class == UNKNOWN_CLASS:
        considered.append(_CLASS_UNKNOWN)
        most.append(Severity.REVIEW)
    stated = hit.severity or setting.severity
    severity = min((setting.severity, stated, *most), key=_RANK.__getitem__)
    return Finding(
        code=f"names.{setting.code}",
        category=setting.category,
        severity=severity,
        layer_id=case.candidate.layer_id,
        feature_id=case.candidate.id or case.candidate.name,
        feature_name=case.candidate.name,
        subject=hit.subject or hit.word,
        message=hit.message,
        citation=setting.citation,
        exceptions=tuple(one.text for one in considered),
        evidence=_evidence(case, hit, considered, scope),
    )


def _evidence(
    case: Case, hit: Hit, considered: Iterable[Considered], scope: Scope | None
) -> Mapping[str, object]:
    evidence: dict[str, object] = {
        "word": hit.word,
        "segments": case.segments.as_json(),
        "entity_class": case.segments.entity_class,
        "class_from": case.segments.class_from,
    }
    if hit.start >= 0:
        evidence["start"] = hit.start
    if hit.listed is not None:
        evidence["list"] = hit.listed.id
        evidence["list_source"] = hit.listed.source
    if scope is not None:
        evidence["scope"] = scope.label._asdict()
        evidence["scope_is_approximate"] = not scope.exact
    return evidence | dict(hit.detail) | {"exceptions": [one.as_json() for one in considered]}
