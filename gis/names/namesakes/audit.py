"""Every name of a register at once, of a county or of the whole country, with memory for one part at a time."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from gis.names.candidate import Candidate
from gis.names.judgements import (
    RANK,
    Found,
    Judgement,
    register_judgements,
    single_judgements,
    single_rules,
    today,
)
from gis.names.packs import Pack
from gis.names.registry import Case
from layers.findings import Finding, Severity
from layers.progress import Progress, silent
from layers.text import Text

if TYPE_CHECKING:
    from gis.names.segment import Segments

_WORDS = Text("检查地名", "Checking names")
_STATUS = {0: "clear", 1: "review", 2: "review", 3: "suspect", 4: "suspect"}


@dataclass(slots=True)
class Tally:
    """Counts of an audit; complete when all findings were taken.

    Attributes
    ----------
    status
        Names by ``clear``, ``review`` and ``suspect``; historic and empty names are not judged and not counted.
    severity, category, code
        Findings by severity, category and rule, notes among them whether or not they were written out.
    """

    names: int = 0
    status: Counter[str] = field(default_factory=Counter)
    severity: Counter[str] = field(default_factory=Counter)
    category: Counter[str] = field(default_factory=Counter)
    code: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, dict[str, int]]:
        """Return the counts as JSON values, every status and severity among them."""
        return {
            "status": {one: self.status[one] for one in ("clear", "review", "suspect")},
            "severity": {one.value: self.severity[one.value] for one in Severity},
            "category": dict(sorted(self.category.items())),
            "code": dict(sorted(self.code.items())),
        }


@dataclass(slots=True)
class AuditReport:
    """What an audit found: findings one after the other, and counts that grow with them.

    Attributes
    ----------
    findings
        Part by part; inside a part most severe first, then by name. Can be taken once.
    tally
        Complete when ``findings`` is exhausted.
    """

    pack: Pack
    on: date
    findings: Iterator[Finding]
    tally: Tally

    def as_json(self) -> dict[str, Any]:
        """Return everything but the findings: ``{"counts", "names", "pack", "on"}``."""
        return {
            "counts": self.tally.as_json(),
            "names": self.tally.names,
            "pack": self.pack.id,
            "on": self.on.isoformat(),
        }


def audit(
    candidates: Iterable[Candidate],
    pack: Pack,
    *,
    on: date | None = None,
    notes: bool = False,
    progress: Progress = silent,
) -> AuditReport:
    """Judge every name of a register, by itself and against the others of its legal scope.

    Parameters
    ----------
    candidates
        In any order; the order changes neither findings nor keys.
    pack
        The rules.
    on
        Day of the judgement; today by default.
    notes
        Write out findings that are only notes too. They are counted in any case.
    progress
        Told after every part.

    Returns
    -------
    AuditReport
        Nothing is judged before its findings are taken.
    """
    digits = part_digits(pack)
    parts: dict[str, list[Candidate]] = {}
    for one in candidates:
        parts.setdefault(one.jurisdiction[:digits], []).append(one)
    return audit_parts((parts[key] for key in sorted(parts)), pack, on=on, notes=notes, progress=progress)


def part_digits(pack: Pack) -> int:
    """Return how many leading digits of the code names of one part share: no scope reaches beyond a part."""
    return min((scope.code_digits for scope in pack.scopes), default=0)


def audit_parts(
    parts: Iterable[Sequence[Candidate]],
    pack: Pack,
    *,
    on: date | None = None,
    notes: bool = False,
    progress: Progress = silent,
    total: int | None = None,
    repeated: Collection[str] = (),
) -> AuditReport:
    """Judge a register that comes in parts no legal scope reaches beyond; only one part is in memory at a time.

    Parameters
    ----------
    total
        How many names there are, for the progress.
    repeated
        Names known to occur more than once whose candidates say nothing but name, class and code: what is found out
        about the first of them is not found out again.
    """
    day, tally, reuse = on or today(), Tally(), _Reuse(pack, repeated)

    def found() -> Iterator[Finding]:
        for part in parts:
            yield from _judged(part, reuse, day, tally, notes=notes)
            progress(_WORDS, tally.names, total)

    return AuditReport(pack, day, found(), tally)


class _Reuse:
    """Cuts and judges names; those that come again are cut and judged once."""

    def __init__(self, pack: Pack, repeated: Collection[str]) -> None:
        self.pack = pack
        self._found_by = single_rules(pack).found
        self._repeated = repeated
        self._segments: dict[tuple[str, str | None], Segments] = {}
        self._found: dict[tuple[str, str | None], Found] = {}

    def case(self, candidate: Candidate) -> Case:
        if candidate.name not in self._repeated:
            return Case.of(candidate)
        key = (candidate.name, candidate.entity_class)
        known = self._segments.get(key)
        if known is None:
            known = self._segments[key] = Case.of(candidate).segments
        return Case(candidate, known)

    def found(self, case: Case) -> Found:
        if case.candidate.name not in self._repeated:
            return self._found_by(case)
        key = (case.candidate.name, case.candidate.entity_class)
        known = self._found.get(key)
        if known is None:
            known = self._found[key] = self._found_by(case) or ()
        return known

    def judgements(self, cases: Sequence[Case], on: date) -> Iterator[Judgement]:
        yield from single_judgements(cases, self.found, on)
        yield from register_judgements(cases, self.pack, on)


def _judged(
    part: Sequence[Candidate], reuse: _Reuse, on: date, tally: Tally, *, notes: bool
) -> Iterator[Finding]:
    named = sorted((one for one in part if one.name.strip()), key=lambda one: (one.id, one.name))
    cases = [reuse.case(one) for one in named if one.is_current]
    worst: dict[int, int] = {}
    kept: list[Judgement] = []
    for one in reuse.judgements(cases, on):
        worst[id(one.case)] = max(RANK[one.severity], worst.get(id(one.case), 0))
        tally.severity[one.severity.value] += 1
        tally.category[one.setting.category] += 1
        tally.code[one.code] += 1
        if notes or one.severity is not Severity.NOTE:
            kept.append(one)
    tally.names += len(cases)
    tally.status.update(_STATUS[rank] for rank in worst.values())
    tally.status["clear"] += len(cases) - len(worst)
    kept.sort(key=_order)
    yield from (one.finding() for one in kept)


def _order(one: Judgement) -> tuple[int, str, str, str, str]:
    said = one.case.candidate
    return -RANK[one.severity], said.name, said.id or said.name, one.code, one.hit.subject or one.hit.word
