"""What any store keeps of review cases: one row per name under review, one step per thing somebody did to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from layers.store.protocol import By


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case as it stands after its last step. States, actions and reasons are the words of whoever decides.

    Attributes
    ----------
    name
        The name as it stood when the last step was taken.
    new_name
        The name it was given instead; None while it has none.
    version
        Number of the last decision, from 1; a case nobody has acted on has no row.
    opened_on
        The day since which the case counts as found.
    dates
        The office's day on which each action was first taken since the case was last opened; of a renaming the last.
    dismissed
        Keys of findings that were set aside with a reason.
    seen
        Category and severity of each finding the last decider saw.
    findings
        Those findings whole (JSON objects); lists of rows leave them out.
    number
        What the office calls it; given with the first decision and kept, None for a case decided before there were
        numbers.
    """

    case_id: str
    layer_id: str
    feature_id: str
    name: str
    state: str
    version: int
    opened_on: date
    new_name: str | None = None
    category: str | None = None
    reason: str | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    dismissed: tuple[str, ...] = ()
    seen: tuple[tuple[str, str], ...] = ()
    findings: tuple[Mapping[str, Any], ...] = ()
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """One step of one case, numbered from 1.

    Attributes
    ----------
    at
        When it was entered (UTC).
    on
        The office's own date of it.
    values
        JSON values that belong to the step, such as the new name.
    """

    seq: int
    action: str
    from_state: str
    to_state: str
    who: str
    at: datetime
    on: date
    note: str = ""
    reason: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureEdit:
    """A change of one feature that belongs to a step: both are kept, or neither.

    Attributes
    ----------
    was
        Values the feature must still have, so that nobody's later work is lost.
    """

    layer_id: str
    feature_id: str
    values: Mapping[str, object]
    was: Mapping[str, object]
    by: By


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChange:
    """A decision to be kept: the row as it will be, the steps that lead there, and the edits that go with them.

    Attributes
    ----------
    expected_version
        The version the decider saw; 0 for a case without a row.
    series
        What its number begins with, when it has none yet; the store counts on from the last one. Empty gives none.
    """

    row: CaseRow
    steps: Sequence[CaseStep]
    expected_version: int
    edits: Sequence[FeatureEdit] = ()
    series: str = ""


class CaseStore(Protocol):
    """Review cases at rest."""

    def rows(self) -> tuple[CaseRow, ...]:
        """Give every case somebody has acted on, in the order of the first act, without its findings."""

    def row(self, case_id: str) -> CaseRow | None:
        """Give one case whole; None when nobody has acted on it."""

    def steps(self, case_id: str) -> tuple[CaseStep, ...]:
        """List the steps of a case, oldest first; none when nobody has acted on it."""

    def revision(self) -> int:
        """Give a number that moves with every step of any case."""

    def arrivals(self, layer_id: str) -> Mapping[str, date]:
        """Give the day on which each feature of a layer was imported, by feature id.

        Features that another program added, and layers without data, give none.
        """

    def record(self, changes: Sequence[CaseChange]) -> tuple[bool, ...]:
        """Keep decisions in one transaction; False for each that came too late: its case has moved on since.

        Raises NotFoundError, InputError or ConflictError for an edit that cannot be made; nothing is kept then.
        """
