"""What the rules of a pack say of names, exceptions weighed; a finding is written only where one is wanted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import product

from gis.names.candidate import Candidate
from gis.names.exceptions import Considered, consider
from gis.names.namesakes.alike import ScopeMembers
from gis.names.packs import Pack, RuleSetting, Scope
from gis.names.registry import Case, Hit, Reach, SingleRule, all_rules
from gis.names.segment import UNKNOWN_CLASS, is_plain
from gis.names.words import Heads
from layers.findings import Finding, Severity
from layers.text import Text

RANK = {
    Severity.NOTE: 0,
    Severity.UNKNOWN: 1,
    Severity.REVIEW: 2,
    Severity.SUSPECT: 3,
    Severity.ERROR: 4,
}
"""Severities by weight."""

_CLASS_UNKNOWN = Considered(
    "class-unknown",
    applies=True,
    text=Text("地名类别不明，从轻为待核", "the class of the name is unknown: no more than review"),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One hit of one rule on one name, with the severity that is left after its exceptions.

    Attributes
    ----------
    scope
        The legal scope names were compared in, or None when the name was judged by itself.
    """

    case: Case
    hit: Hit
    setting: RuleSetting
    scope: Scope | None
    considered: tuple[Considered, ...]
    severity: Severity

    @property
    def code(self) -> str:
        """Code of the finding."""
        return f"names.{self.setting.code}"

    def finding(self) -> Finding:
        """Write the finding out."""
        case, hit = self.case, self.hit
        return Finding(
            code=self.code,
            category=self.setting.category,
            severity=self.severity,
            layer_id=case.candidate.layer_id,
            feature_id=case.candidate.id or case.candidate.name,
            feature_name=case.candidate.name,
            subject=hit.subject or hit.word,
            message=hit.message,
            citation=_citation(hit, self.setting, self.scope),
            exceptions=tuple(one.text for one in self.considered),
            evidence=_evidence(self),
        )


def today() -> date:
    """Return the day of the judgement where none is given."""
    return datetime.now(tz=UTC).astimezone().date()


Found = Sequence[tuple[RuleSetting, Hit]]
"""What the single rules of a pack noticed about one name."""


_Judge = tuple[RuleSetting, SingleRule, Reach]


class SingleRules:
    """The rules of a pack that judge one name by itself."""

    def __init__(self, pack: Pack) -> None:
        rules = all_rules()
        self._all = [
            (setting, judge, rules[code].reach)
            for code, setting in pack.rules.items()
            if (judge := rules[code].single)
        ]
        self._by_class: dict[str, _OfClass] = {}

    def found(self, case: Case) -> Found:
        """Return what the rules notice; it follows from name, class and facts, never from id, place or neighbours."""
        hits: list[tuple[RuleSetting, Hit]] = []
        for setting, judge, _ in self._for(case.segments.entity_class).reaching(case):
            noticed = tuple(judge(case, setting))
            if noticed:
                told_apart = {hit.subject or hit.word: hit for hit in noticed}
                hits += [(setting, hit) for hit in told_apart.values()]
        return hits

    def _for(self, entity_class: str) -> "_OfClass":
        known = self._by_class.get(entity_class)
        if known is None:
            own = [one for one in self._all if not one[0].classes or entity_class in one[0].classes]
            known = self._by_class[entity_class] = _OfClass(own)
        return known


@lru_cache(maxsize=64)
def single_rules(pack: Pack) -> SingleRules:
    """Return the single rules of a pack, made ready once."""
    return SingleRules(pack)


class _OfClass:
    """The single rules for names of one class; one look at a name leaves out most of them."""

    def __init__(self, rules: Sequence[_Judge]) -> None:
        listed = [setting.words for setting, _, reach in rules if reach is Reach.LISTED]
        self._heads = Heads(word for index in listed for one in index.lists for word in one.words)
        self._reaching = {
            (has_word, is_marked, is_informed): tuple(
                one
                for one in rules
                if (has_word or one[2] is not Reach.LISTED)
                and (is_marked or one[2] is not Reach.MARKED)
                and (is_informed or one[2] is not Reach.INFORMED)
            )
            for has_word, is_marked, is_informed in product((False, True), repeat=3)
        }

    def reaching(self, case: Case) -> Sequence[_Judge]:
        """Return the rules that may say something about a name, in the order of the pack."""
        text = case.segments.text
        is_marked = not (is_plain(text) and text == case.candidate.name)
        return self._reaching[self._heads.may_be_in(text), is_marked, _is_informed(case.candidate)]


def _is_informed(one: Candidate) -> bool:
    return bool(one.registered_name or one.marketing_names or one.overlaid_by or one.signed_name)


def judgements(cases: Sequence[Case], pack: Pack, on: date) -> Iterator[Judgement]:
    """Judge names by themselves and against each other, in no promised order."""
    yield from single_judgements(cases, single_rules(pack).found, on)
    yield from register_judgements(cases, pack, on)


def judgements_on(own: Case, others: Iterable[Case], pack: Pack, on: date) -> Iterator[Judgement]:
    """Judge one name by itself and against others; nothing is said of the others."""
    yield from single_judgements([own], single_rules(pack).found, on)
    cases = sorted((own, *others), key=lambda one: (one.candidate.id, one.candidate.name))
    yield from (one for one in register_judgements(cases, pack, on, only=own) if one.case is own)


def single_judgements(cases: Iterable[Case], found: Callable[[Case], Found], on: date) -> Iterator[Judgement]:
    """Judge names by themselves, with what ``found`` says of each; historic ones are not judged."""
    for case in cases:
        if case.candidate.is_current:
            for setting, hit in found(case):
                yield _judged(case, hit, setting, on)


def register_judgements(
    cases: Sequence[Case], pack: Pack, on: date, *, only: Case | None = None
) -> Iterator[Judgement]:
    """Judge names against the others of their legal scope; historic ones are left out.

    With ``only``, one of the cases, the others are compared with this one and not with each other.
    """
    current = [case for case in cases if case.candidate.is_current]
    rules = all_rules()
    for scope in pack.scopes:
        for members in _by_scope(current, scope, only):
            for code, setting in pack.rules.items():
                compare = rules[code].register
                for position, hit in compare(members, setting) if compare else ():
                    yield _judged(members[position], hit, setting, on, scope)


def _by_scope(cases: Sequence[Case], scope: Scope, only: Case | None) -> Iterator[ScopeMembers]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        code = case.candidate.jurisdiction
        if case.segments.scope_class in scope.classes and len(code) >= scope.code_digits:
            groups[code[: scope.code_digits]].append(case)
    return (ScopeMembers(members, only=only) for members in groups.values() if len(members) > 1)


def _judged(case: Case, hit: Hit, setting: RuleSetting, on: date, scope: Scope | None = None) -> Judgement:
    shared = {**setting.shared, "on": on}
    considered = [consider(one, case, hit, shared) for one in setting.exceptions]
    most = [setting.exceptions[one.id] for one in considered if one.applies]
    if scope is None and case.segments.entity_class == UNKNOWN_CLASS:
        considered.append(_CLASS_UNKNOWN)
        most.append(Severity.REVIEW)
    stated = hit.severity or setting.severity
    severity = min((setting.severity, stated, *most), key=RANK.__getitem__)
    return Judgement(case, hit, setting, scope, tuple(considered), severity)


def _citation(hit: Hit, setting: RuleSetting, scope: Scope | None) -> str:
    own = hit.citation or (hit.listed.citation if hit.listed else "") or (scope.citation if scope else "")
    return f"{setting.citation}；{own}" if own and own not in setting.citation else setting.citation


def _pack_of(hit: Hit, setting: RuleSetting, scope: Scope | None) -> str:
    """Return the pack that a finding comes from: of the hit, its word list or its scope, else of the rule."""
    return (
        hit.pack or (hit.listed.pack if hit.listed else "") or (scope.pack if scope else "") or setting.pack
    )


def _evidence(judged: Judgement) -> dict[str, object]:
    case, hit, scope = judged.case, judged.hit, judged.scope
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
    return {
        **evidence,
        **hit.detail,
        "exceptions": [one.as_json() for one in judged.considered],
        "pack": _pack_of(hit, judged.setting, scope),
    }
