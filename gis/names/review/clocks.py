"""The clocks of a case: what is due when, by which norm; a limit that is not known is said to be unknown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gis.names.review.milestones import renamed_on
from gis.names.review.states import State
from layers.errors import NotFoundError
from layers.norms import NormProfile, NormValue
from layers.text import Text

Dates = Mapping[str, date]
"""The day of each action, as cases keep it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One limit that is running, or has ended.

    Attributes
    ----------
    started
        The first day.
    due
        The last day, itself included; None when the limit is not known.
    overdue
        Still running, and past its last day.
    done_on
        The day on which what it waits for was done; None while it runs.
    deadline
        False for a period that has to run out before the next step: it cannot be overdue.
    norm
        The value used; None when the profile has none.
    """

    id: str
    label: Text
    started: date
    due: date | None
    overdue: bool
    deadline: bool
    norm: NormValue | None
    done_on: date | None = None

    @property
    def late(self) -> bool:
        """Tell whether it was done after its last day (逾期办结); False while it runs or the limit is not known."""
        done = self.done_on is not None and self.due is not None and self.done_on > self.due
        return self.deadline and done

    def as_json(self) -> dict[str, Any]:
        """Return the clock as JSON values; ``known`` false and ``due`` null where the limit is not known."""
        return {
            "id": self.id,
            "label": self.label._asdict(),
            "started": self.started.isoformat(),
            "due": None if self.due is None else self.due.isoformat(),
            "known": self.due is not None,
            "deadline": self.deadline,
            "overdue": self.overdue,
            "done_on": None if self.done_on is None else self.done_on.isoformat(),
            "late": self.late,
            "norm": None if self.norm is None else self.norm.as_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    id: str
    label: Text
    param: str
    started: Callable[[Dates], date | None]
    states: frozenset[State]
    ended_by: str = "archive"
    deadline: bool = True


_AFTER_NAME = frozenset({State.RENAMED, State.REPLACING, State.FILED, State.ARCHIVED})
_LIMITS = (
    _Limit(
        id="public_notice",
        label=Text("公示期", "Public notice"),
        param="name_public_notice_days",
        started=lambda dates: dates.get("notice"),
        states=frozenset({State.NOTICED, State.OBJECTED}),
        deadline=False,
    ),
    _Limit(
        id="filing",
        label=Text("备案期限", "Filing"),
        param="name_filing_days",
        started=lambda dates: dates.get("rename"),
        states=_AFTER_NAME,
        ended_by="file",
    ),
    _Limit(
        id="announcement",
        label=Text("公告期限", "Announcement"),
        param="name_notice_days",
        started=lambda dates: dates.get("file"),
        states=_AFTER_NAME,
    ),
    _Limit(
        id="signs",
        label=Text("换牌期限", "Replacing signs"),
        param="sign_days",
        started=renamed_on,
        states=_AFTER_NAME,
    ),
)


def clocks_of(state: str, dates: Dates, profile: NormProfile, on: date) -> tuple[Clock, ...]:
    """Give the clocks that run in a state, and those that ended on the way to it.

    Filing is due so many days after a renaming (条例 Art 13), the announcement so many days after filing (Art 14),
    signs within the local limit after the name was put right; these run until the case is archived, filing until it
    is filed; a deadline that was missed stays to be seen. A public notice lasts so many days, its first day included.
    A name that is restored was filed before.

    Parameters
    ----------
    on
        The day on which "overdue" is judged; the last day itself is in time.
    """
    return tuple(
        _clock(limit, started, dates.get(limit.ended_by), profile, on)
        for limit in _LIMITS
        if state in limit.states
        if (started := limit.started(dates)) is not None
    )


def _clock(limit: _Limit, started: date, done_on: date | None, profile: NormProfile, on: date) -> Clock:
    norm = _norm(profile, limit.param, started)
    due = None
    if norm is not None:
        days = int(float(norm.value)) - (0 if limit.deadline else 1)
        due = started + timedelta(days=days)
    return Clock(
        id=limit.id,
        label=limit.label,
        started=started,
        due=due,
        overdue=limit.deadline and done_on is None and due is not None and due < on,
        deadline=limit.deadline,
        norm=norm,
        done_on=done_on,
    )


def _norm(profile: NormProfile, param: str, on: date) -> NormValue | None:
    try:
        return profile.value(param, on=on)
    except NotFoundError:
        return None
