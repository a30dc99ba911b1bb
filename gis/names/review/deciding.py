"""Deciding a case: checked, worked out, and kept with its history in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from gis.names.review.case import Case, CaseDetail
from gis.names.review.decision import Decision, checked, refuse_day, refuse_incomplete
from gis.names.review.detail import case_detail
from gis.names.review.early import refuse_early
from gis.names.review.found import FoundCases
from gis.names.review.numbering import series_of
from gis.names.review.renaming import Renaming, plan_renaming, plan_restoring
from gis.names.review.standing import Desk
from gis.names.review.states import ACTIONS, STATE_LABELS, Action, State, action_in
from layers.errors import ConflictError, FangyuError, InputError
from layers.store.case_protocol import CaseChange, CaseRow, CaseStep
from layers.store.protocol import By
from layers.text import Text
from layers.workspace import Workspace

_SETTING_ASIDE = frozenset({State.EXCLUDED, State.ARCHIVED})
_RENAMING = frozenset({"rename", "restore"})
MOST_AT_ONCE = 1000
"""Most cases of one batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What became of a decision about many cases: each is done, or refused with its reason."""

    done: tuple[Case, ...]
    refused: tuple[tuple[str, FangyuError], ...]


def decide(
    workspace: Workspace, case_id: str, decision: Decision, *, version: int, found: FoundCases
) -> CaseDetail:
    """Take one step with a case.

    A case that is confirmed or excluded straight from *suspected* is verified by the same person first; both steps
    are in the history. One that was closed and has come back by a new finding is reopened likewise.

    Parameters
    ----------
    version
        The version of the case that was looked at.
    found
        What ``gather`` made of the findings that were looked at.

    Raises
    ------
    InputError
        When the decision is incomplete, not possible in this state, or its date cannot be.
    NotFoundError
        When there is no such case.
    ConflictError
        When somebody else decided first; tells who, what and when, and shows the case as it is now.
    """
    asked, desk = checked(decision), Desk.of(workspace, found, only=[case_id])
    change = _plan(workspace, desk, case_id, asked, version)
    if not workspace.store.cases.record([change])[0]:
        raise _conflict(workspace, case_id, found)
    return case_detail(workspace, case_id, found.without(case_id) if change.edits else found)


def decide_many(
    workspace: Workspace, cases: Sequence[tuple[str, int]], decision: Decision, *, found: FoundCases
) -> Batch:
    """Take the same step with many cases (id and version of each); those that cannot be are left as they are.

    Raises
    ------
    InputError
        When the decision itself is wrong, a case is named twice, or there are more than ``MOST_AT_ONCE``.
    """
    asked, ids = checked(decision), [case_id for case_id, _ in cases]
    _refuse_list(ids, asked)
    desk = Desk.of(workspace, found, only=ids)
    planned: list[CaseChange] = []
    refused: list[tuple[str, FangyuError]] = []
    for case_id, version in cases:
        try:
            planned.append(_plan(workspace, desk, case_id, asked, version))
        except FangyuError as error:
            refused.append((case_id, error))
    kept, late = _recorded(workspace, planned)
    refused += [(one, error or _conflict(workspace, one, found)) for one, error in late]
    found = found.without(*(one.row.case_id for one in planned if one.edits))
    after = Desk.of(workspace, found, only=kept)
    return Batch(done=tuple(after.case(one) for one in kept), refused=tuple(refused))


def _recorded(
    workspace: Workspace, planned: Sequence[CaseChange]
) -> tuple[list[str], list[tuple[str, FangyuError | None]]]:
    """Keep what was planned: all in one transaction, but each with an edit of its layer by itself."""
    kept: list[str] = []
    late: list[tuple[str, FangyuError | None]] = []
    plain = [one for one in planned if not one.edits]
    groups = ([plain] if plain else []) + [[one] for one in planned if one.edits]
    for group in groups:
        try:
            answers = workspace.store.cases.record(group)
        except FangyuError as error:
            late += [(one.row.case_id, error) for one in group]
            continue
        for change, is_kept in zip(group, answers, strict=True):
            if is_kept:
                kept.append(change.row.case_id)
            else:
                late.append((change.row.case_id, None))
    return kept, late


def _plan(workspace: Workspace, desk: Desk, case_id: str, decision: Decision, version: int) -> CaseChange:
    case, row = desk.case(case_id), desk.rows.get(case_id)
    if version != case.version:
        raise _conflict(workspace, case_id, desk.found)
    action = action_in(case.state, decision.action)
    refuse_incomplete(decision, action)
    day = decision.on or desk.on
    steps = workspace.store.cases.steps(case_id) if row else ()
    latest = max(desk.on, date.today())  # noqa: DTZ011 - the office's own calendar
    refuse_day(day, latest=latest, previous=steps[-1].on if steps else None)
    if not decision.note:
        refuse_early(action.id, case, row, day)
    renaming = _renaming(workspace, case, row, decision, day)
    new_steps = _steps(case, row, action, decision, day, len(steps), renaming)
    return CaseChange(
        row=_row_after(desk, case, row, new_steps, decision, renaming),
        steps=new_steps,
        expected_version=version,
        edits=renaming.edits if renaming else (),
        series=series_of(workspace.settings.name, case.opened_on),
    )


def _steps(
    case: Case,
    row: CaseRow | None,
    action: Action,
    decision: Decision,
    day: date,
    taken: int,
    renaming: Renaming | None,
) -> list[CaseStep]:
    """Give the step asked for, after the steps it implies."""
    at, before, steps = datetime.now(UTC), case.state, list[CaseStep]()

    def add(name: str, to: State, **said: Any) -> None:  # noqa: ANN401 - fields of a step
        nonlocal before
        numbered = taken + len(steps) + 1
        steps.append(
            CaseStep(
                seq=numbered,
                action=name,
                from_state=before,
                to_state=to,
                who=decision.who,
                at=at,
                on=day,
                **said,
            )
        )
        before = to

    if case.new_findings and row is not None:
        before = State(row.state)
        add("reopen", State.VERIFYING, values={"new_findings": list(case.new_findings)})
    elif case.state is State.SUSPECTED and action.id != "verify":
        add("verify", State.VERIFYING, values={"implied": True})
    if not (steps and action.to is State.VERIFYING):
        values = renaming.as_json() if renaming else {}
        if decision.category and "category" in action.needs:
            values = {**values, "category": decision.category}
        reason = decision.reason if "reason" in action.needs else None
        add(action.id, action.to, note=decision.note, reason=reason, values=values)
    return steps


def _row_after(
    desk: Desk,
    case: Case,
    row: CaseRow | None,
    steps: Sequence[CaseStep],
    decision: Decision,
    renaming: Renaming | None,
) -> CaseRow:
    findings = desk.found.findings.get(case.id, ())
    last = steps[-1]
    base = row or CaseRow(
        case_id=case.id,
        layer_id=case.layer_id,
        feature_id=case.feature_id,
        name=case.name,
        state=State.SUSPECTED,
        version=0,
        opened_on=case.opened_on,
    )
    begins_anew = any(one.action == "reopen" for one in steps)
    taken = {one.action: one.on for one in steps}
    return replace(
        base,
        name=base.name if base.new_name or renaming else case.name,
        new_name=renaming.new_name if renaming else base.new_name,
        state=last.to_state,
        category=_category_after(base, decision, last, begins_anew=begins_anew),
        reason=last.reason if last.to_state == State.EXCLUDED else None,
        version=base.version + 1,
        dates=taken if begins_anew else {**taken, **base.dates, **_moved(taken)},
        dismissed=_dismissed_after(case, last, {one.key for one in findings}),
        seen=tuple((one.category, one.severity.value) for one in findings) or base.seen,
        findings=tuple(one.as_json() for one in findings) or base.findings,
    )


def _moved(taken: Mapping[str, date]) -> dict[str, date]:
    """Give the days that count anew when a step is taken again: of a name corrected once more."""
    return {name: day for name, day in taken.items() if name in _RENAMING}


def _category_after(base: CaseRow, decision: Decision, last: CaseStep, *, begins_anew: bool) -> str | None:
    if last.action == "confirm":
        return decision.category
    return None if begins_anew or last.to_state == State.EXCLUDED else base.category


def _dismissed_after(case: Case, last: CaseStep, found: set[str]) -> tuple[str, ...]:
    """Set aside everything found when a case is closed; take it all up again when somebody reopens it."""
    if last.to_state in _SETTING_ASIDE:
        return tuple(sorted({*case.dismissed, *found}))
    return () if last.action == "reopen" and not case.new_findings else case.dismissed


def _renaming(
    workspace: Workspace, case: Case, row: CaseRow | None, decision: Decision, day: date
) -> Renaming | None:
    if decision.action not in _RENAMING:
        return None
    by = By(decision.who, decision.note or ACTIONS[decision.action].label.zh)
    now = (row.new_name if row else None) or case.name
    if decision.action == "restore":
        return plan_restoring(workspace, case.layer_id, case.feature_id, old_name=now, by=by)
    planned = plan_renaming(
        workspace,
        case.layer_id,
        case.feature_id,
        old_name=now,
        new_name=decision.new_name or "",
        on=day,
        by=by,
    )
    if planned.doubtful and not decision.note:
        said = planned.findings[0].message
        raise InputError(
            Text(
                f"新名称“{planned.new_name}”本身疑似不规范：{said.zh}",
                f"The new name {planned.new_name} is itself suspect: {said.en}",
            ),
            Text(
                "另拟名称；或在说明（note）里写明为何仍用。",
                "Give another name, or say in a note why it is right.",
            ),
        )
    return planned


def _refuse_list(case_ids: Sequence[str], decision: Decision) -> None:
    twice = next((one for at, one in enumerate(case_ids) if one in case_ids[:at]), None)
    if twice is not None:
        raise InputError(
            Text(f"案件 {twice} 写了两次。", f"Case {twice} is named twice."),
            Text("请去掉重复的。", "Name each once."),
        )
    if len(case_ids) > MOST_AT_ONCE:
        raise InputError(
            Text(
                f"一次最多处理 {MOST_AT_ONCE} 件，收到 {len(case_ids)} 件。",
                f"{MOST_AT_ONCE} cases at once at most, not {len(case_ids)}.",
            ),
            Text("请分批处理。", "Divide them."),
        )
    if decision.action == "rename" and len(case_ids) > 1:
        raise InputError(
            Text(
                "更名要逐件办理：一个新名称不能给多处。",
                "Names are changed one by one: one new name is not for many.",
            ),
            Text("请逐件更名。", "Rename each by itself."),
        )


def _conflict(workspace: Workspace, case_id: str, found: FoundCases) -> ConflictError:
    now = case_detail(workspace, case_id, found)
    current = now.case.as_json()
    if not now.history:
        return ConflictError(
            Text(
                f"“{now.case.name}”还没有人处理过，版本是 0。",
                f"Nobody has decided {now.case.name} yet: version 0.",
            ),
            Text("请刷新后再处理。", "Reload, then decide again."),
            current=current,
        )
    last = now.history[-1]
    when = last.at.astimezone().strftime("%Y-%m-%d %H:%M")
    label, state = ACTIONS[last.action].label, STATE_LABELS[last.to_state]
    return ConflictError(
        Text(
            f"“{now.case.name}”已由{last.who}于 {when} 办理“{label.zh}”，现为“{state.zh}”；您的处理没有记入。",
            f"{last.who} decided {now.case.name} at {when} ({label.en}; now {state.en}); yours was not kept.",
        ),
        Text("请看过最新情况再处理。", "Look at it as it is now, then decide again."),
        current=current,
    )
