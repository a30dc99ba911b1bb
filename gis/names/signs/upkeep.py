"""The clocks of signs and plates: what was to be set up, what is broken, and since when it is overdue."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd

from gis.names.signs.limits import SignLimits
from gis.names.signs.reported import UPKEEP, about
from layers.findings import Finding, Severity, unjudged
from layers.model import Layer
from layers.text import Text
from layers.vocabulary import label_of

_BROKEN = ("damaged", "missing", "to_replace")
_LIMITS = {
    "repair": Text("地名标志修复期限", "time limit to repair a sign"),
    "setup": Text("地名标志设置期限", "time limit to set up a sign"),
}


def check_upkeep(layer: Layer, names: list[str], limits: SignLimits, on: date) -> list[Finding]:
    """Find signs or plates that are broken, missing or not set up in time.

    What
    ----
    Damaged, missing or to be replaced: overdue after the date given, or so many days after it was found. Ordered but
    not set up: overdue after the date given, or so many days after the order. Where neither the list gives a date nor
    the profile a number of days, the limit is unknown and said to be so.

    Why
    ---
    Local regulations set the clocks; a public list of signs is measured by them.

    Source
    ------
    宁波市地名管理条例 arts. 21 (60 days) and 24 (30 days); other places have no value in their profile.

    Parameters
    ----------
    layer
        ``road_sign`` or ``door_plate``.
    names
        What to call each row in a finding.
    """
    return [*_broken(layer, names, limits, on), *_not_set_up(layer, names, limits, on)]


def _dates(layer: Layer, given: "pd.Series[pd.Timestamp]", days: int | None) -> "pd.Series[pd.Timestamp]":
    """Give the day each row is due: its own date first, else so many days after ``given``."""
    own: pd.Series[pd.Timestamp] = layer.frame["due_on"]
    return own if days is None else own.fillna(given + pd.Timedelta(days=days))


def _broken(layer: Layer, names: list[str], limits: SignLimits, on: date) -> Iterator[Finding]:
    frame = layer.frame
    since = frame["found_on"].fillna(frame["inspected_on"])
    due = _dates(layer, since, limits.repair_days)
    broken = np.flatnonzero(frame["state"].isin(_BROKEN).to_numpy())
    for at in broken.tolist():
        state = label_of("sign_state", str(frame["state"].iloc[at]))
        until = None if pd.isna(due.iloc[at]) else due.iloc[at].date()
        late = until is not None and until < on
        name = names[at]
        ends = _ends(until, late=late)
        message = Text(f"“{name}”{state.zh}{ends.zh}。", f"{name!r} is {state.en.lower()}{ends.en}.")
        yield about(
            layer.id,
            (str(frame["id"].iloc[at]), name),
            "repair-overdue" if late else "defect",
            Severity.SUSPECT if late else Severity.REVIEW,
            message,
            citation=UPKEEP,
            state=str(frame["state"].iloc[at]),
            since=None if pd.isna(since.iloc[at]) else since.iloc[at].date().isoformat(),
            due=until.isoformat() if until else None,
            overdue=late,
        )
    if due.iloc[broken].isna().any():
        yield _no_limit(layer.id, "repair", int(due.iloc[broken].isna().sum()))


def _not_set_up(layer: Layer, names: list[str], limits: SignLimits, on: date) -> Iterator[Finding]:
    frame = layer.frame
    due = _dates(layer, frame["ordered_on"], limits.setup_days)
    asked = frame["ordered_on"].notna() | frame["due_on"].notna()
    open_ = asked & frame["set_on"].isna() & ~frame["state"].isin(_BROKEN)
    waiting = np.flatnonzero(open_.to_numpy())
    for at in waiting.tolist():
        until = None if pd.isna(due.iloc[at]) else due.iloc[at].date()
        if until is None:
            continue
        late, name = until < on, names[at]
        ends = _ends(until, late=late)
        message = Text(f"“{name}”尚未设置{ends.zh}。", f"{name!r} is not set up yet{ends.en}.")
        yield about(
            layer.id,
            (str(frame["id"].iloc[at]), name),
            "setup-overdue" if late else "setup-pending",
            Severity.SUSPECT if late else Severity.NOTE,
            message,
            citation=UPKEEP,
            due=until.isoformat(),
            overdue=late,
        )
    if due.iloc[waiting].isna().any():
        yield _no_limit(layer.id, "setup", int(due.iloc[waiting].isna().sum()))


def _ends(until: date | None, *, late: bool) -> Text:
    if until is None:
        return Text("，期限不明", "; no time limit is known")
    if late:
        return Text(f"，期限 {until}，已逾期", f", due {until}: overdue")
    return Text(f"，期限 {until}", f", due {until}")


def _no_limit(layer_id: str, clock: str, count: int) -> Finding:
    limit = _LIMITS[clock]
    message = Text(
        f"{count} 处没有填完成期限，所用规范方案也没有“{limit.zh}”，是否逾期无法判断。",
        f"{count} have no date due, and the norm profile gives no {limit.en}: whether they are overdue is unknown.",
    )
    return unjudged("signs.limit-unknown", layer_id, message, category="标志", subject=clock, count=count)
