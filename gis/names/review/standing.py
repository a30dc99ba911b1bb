"""Where a case stands: what was found now, laid over what was decided before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gis.names.review.case import Case, case_id_of
from gis.names.review.clocks import clocks_of
from gis.names.review.found import Digest, FoundCases
from gis.names.review.milestones import Milestones
from gis.names.review.states import CLOSED, State
from layers.errors import NotFoundError
from layers.findings import Finding
from layers.norms import NormProfile, load_profile
from layers.store.case_protocol import CaseRow
from layers.text import Text
from layers.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Everything that is needed to say where cases stand on a day: findings, decisions, norms."""

    found: FoundCases
    rows: Mapping[str, CaseRow]
    profile: NormProfile
    on: date

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        found: FoundCases,
        on: date | None = None,
        *,
        only: Iterable[str] | None = None,
    ) -> "Desk":
        """Read the decisions of a workspace; ``on`` is its day when not said.

        With ``only``, the decisions on those cases are read, whole; without it all are, without their findings.
        """
        cases = workspace.store.cases
        rows = cases.rows() if only is None else [row for one in only if (row := cases.row(one))]
        return cls(
            found=found,
            rows={row.case_id: row for row in rows},
            profile=load_profile(workspace.settings.norm_profile),
            on=on or workspace.day,
        )

    def cases(self) -> list[Case]:
        """Give all cases, in no particular order."""
        return [self.case(one) for one in dict.fromkeys((*self.rows, *self.found.findings))]

    def case(self, case_id: str) -> Case:
        """Give one case; raises NotFoundError when nothing is found on such a name and nobody acted on it."""
        row, findings = self.rows.get(case_id), self.found.findings.get(case_id, ())
        if row is None and not findings:
            raise no_case(case_id)
        layer_id, feature_id = (
            (row.layer_id, row.feature_id) if row else (findings[0].layer_id, findings[0].feature_id)
        )
        place = self.found.place(case_id)
        dismissed = dismissed_keys(row, findings)
        state, new = standing(row, findings)
        digest = self._digest(case_id, row, dismissed)
        opened = row.opened_on if row else min(place.since or self.on, self.on)
        today = max(self.on, opened, *(row.dates.values() if row else ()))
        return Case(
            id=case_id,
            version=row.version if row else 0,
            layer_id=layer_id,
            feature_id=feature_id,
            name=(row.name if row and row.new_name else None) or _name_now(findings, place.name, row),
            new_name=row.new_name if row else None,
            state=state,
            categories=digest.categories,
            category=row.category if row else None,
            severity=digest.severity,
            town_code=place.town_code,
            town_name=self.found.towns.get(place.town_code, ""),
            lon=place.lon,
            lat=place.lat,
            opened_on=opened,
            age_days=(today - opened).days,
            clocks=clocks_of(state, row.dates, self.profile, today) if row else (),
            dismissed=tuple(sorted(dismissed)),
            new_findings=new,
            reason=row.reason if row and state == row.state else None,
            present=bool(findings),
            number=row.number if row else None,
            dates=Milestones.of(row.dates if row else {}),
        )

    def _digest(self, case_id: str, row: CaseRow | None, dismissed: frozenset[str]) -> Digest:
        """Sum up the open findings; when none is open, all; when none is left, what was last seen."""
        findings = self.found.findings.get(case_id, ())
        if not findings:
            return Digest.of(row.seen if row else ())
        still = [one for one in findings if one.key not in dismissed] if dismissed else ()
        if not still or len(still) == len(findings):
            return self.found.digests[case_id]
        return Digest.of((one.category, one.severity) for one in still)


def standing(row: CaseRow | None, findings: Sequence[Finding]) -> tuple[State, tuple[str, ...]]:
    """Give the state of a case, and the keys of findings that brought it back.

    A case nobody has acted on is suspected. One that was excluded or archived stays so while everything found on
    the name was there then; something new shows it again as suspected.
    """
    if row is None:
        return State.SUSPECTED, ()
    state = State(row.state)
    if state not in CLOSED:
        return state, ()
    known = dismissed_keys(row, findings)
    new = tuple(sorted(one.key for one in findings if one.key not in known))
    return (State.SUSPECTED if new else state), new


def dismissed_keys(row: CaseRow | None, findings: Sequence[Finding]) -> frozenset[str]:
    """Give the keys set aside, as far as they still hold: a dismissal is of a finding on a name as it was written."""
    if row is None:
        return frozenset()
    named = {one.feature_name for one in findings}
    return frozenset(row.dismissed) if named <= {row.new_name or row.name} else frozenset()


def dismissed_in(findings: Iterable[Finding], rows: Iterable[CaseRow]) -> frozenset[str]:
    """Give the keys of those findings that a reviewer has set aside with a reason."""
    by_id = {row.case_id: row for row in rows if row.dismissed}
    if not by_id:
        return frozenset()
    return frozenset(
        one.key
        for one in findings
        if (row := by_id.get(case_id_of(one.layer_id, one.feature_id))) is not None
        if one.key in dismissed_keys(row, (one,))
    )


def no_case(case_id: str) -> NotFoundError:
    """Say that there is no such case."""
    return NotFoundError(
        Text(f"没有编号为“{case_id}”的案件。", f"There is no case {case_id!r}."),
        Text("用 fangyu names cases 查看案件。", "See the cases with fangyu names cases."),
    )


def _name_now(findings: Sequence[Finding], placed: str | None, row: CaseRow | None) -> str:
    if findings:
        return findings[0].feature_name
    return placed or (row.name if row else "")
