"""Steps taken before what belongs before them: possible, but only with a note that says why."""

from dataclasses import replace
from datetime import date

from gis.names.review.case import Case
from gis.names.review.states import ACTIONS, Action, possible_actions
from layers.errors import InputError
from layers.store.case_protocol import CaseRow
from layers.text import Text

_BEFORE_ARCHIVE = ("replace", "file")


def actions_now(case: Case, row: CaseRow | None, on: date) -> tuple[Action, ...]:
    """List what can be done with a case, each with everything it needs on that day."""
    return tuple(
        replace(one, needs=(*one.needs, "note"))
        if "note" not in one.needs and _too_early(one.id, case, row, on)
        else one
        for one in possible_actions(case.state)
    )


def refuse_early(action: str, case: Case, row: CaseRow | None, day: date) -> None:
    """Raise InputError where a step without a note comes before what belongs before it.

    An order belongs after the public notice (the norm is local, often unverified: so it warns, it does not bar);
    the archive after signs, maps and papers were replaced, and the name was filed.
    """
    too_early = _too_early(action, case, row, day)
    if too_early is not None:
        raise too_early


def _too_early(action: str, case: Case, row: CaseRow | None, day: date) -> InputError | None:
    if action == "order":
        due = next((one.due for one in case.clocks if one.id == "public_notice"), None)
        return None if due is None or day > due else _during_notice(due, day)
    if action == "archive" and row is not None:
        missing = [ACTIONS[one].label for one in _BEFORE_ARCHIVE if one not in row.dates]
        return _incomplete(missing) if missing else None
    return None


def _during_notice(due: date, day: date) -> InputError:
    return InputError(
        Text(
            f"公示期到 {due} 止，{day} 还不能整改通知。",
            f"The public notice lasts until {due}; {day} is too early for an order.",
        ),
        Text(
            "等公示期满；或在说明（note）里写明提前的理由。",
            "Wait until it is over, or say in a note why it cannot wait.",
        ),
    )


def _incomplete(missing: list[Text]) -> InputError:
    return InputError(
        Text(
            f"还没有办“{'、'.join(one.zh for one in missing)}”，不能归档。",
            f"Not yet done, so it cannot be archived: {', '.join(one.en for one in missing)}.",
        ),
        Text(
            "先办这一步；不需要办的，在说明（note）里写明。",
            "Do it first, or say in a note why it is not needed.",
        ),
    )
