"""On which day a case came to each step of its way."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

_ACTIONS = {
    "verified": "verify",
    "confirmed": "confirm",
    "argued": "argue",
    "noticed": "notice",
    "objected": "object",
    "ordered": "order",
    "replaced": "replace",
    "filed": "file",
    "archived": "archive",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestones:
    """The first day of each step since the case was last opened, None for those not taken.

    An objection that was not upheld does not move the day of the public notice. Of a name that was changed and then
    corrected, ``renamed`` is the last day: the deadlines run from it.
    """

    verified: date | None = None
    confirmed: date | None = None
    argued: date | None = None
    noticed: date | None = None
    objected: date | None = None
    ordered: date | None = None
    renamed: date | None = None
    replaced: date | None = None
    filed: date | None = None
    archived: date | None = None

    @classmethod
    def of(cls, dates: Mapping[str, date]) -> "Milestones":
        """Read them from the day of each action; without any, all are None."""
        taken = {name: dates.get(action) for name, action in _ACTIONS.items()}
        return cls(renamed=renamed_on(dates), **taken)

    def as_json(self) -> dict[str, str | None]:
        """Return the days as ISO 8601 dates, null for steps not taken."""
        return {name: None if day is None else day.isoformat() for name, day in asdict(self).items()}


def renamed_on(dates: Mapping[str, date]) -> date | None:
    """Give the day on which the name was last put right, by a new name or the standard one; None when it was not."""
    return max((dates[one] for one in ("rename", "restore") if one in dates), default=None)
