"""The plan as a scenario: what the layer itself says will open, up to a day."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gis.coverage.changes import Change
from gis.coverage.scenarios.scenario import Scenario
from gis.coverage.supply import in_service

if TYPE_CHECKING:
    from layers.workspace import Workspace

_PLANNED = ("planned", "building")


def planned_until(workspace: "Workspace", layer_id: str, until: date, *, undated: bool = False) -> Scenario:
    """Make the scenario in which everything a layer plans to open by a day is open.

    Planned are rows in state planned or building, and rows whose opening day lies ahead of the workspace's day. Those
    without an opening day are counted in the note, and opened only if ``undated`` asks for it; those closed again by
    then are left out.

    Raises
    ------
    NotFoundError
        When the layer has no data.
    InputError
        When the layer holds no facilities, or more are planned than a scenario holds.
    """
    frame = workspace.layer(layer_id).frame
    opened = frame["opened_on"] if "opened_on" in frame else pd.Series(pd.NaT, index=frame.index)
    closed = frame["closed_on"] if "closed_on" in frame else pd.Series(pd.NaT, index=frame.index)
    state = frame["state"] if "state" in frame else pd.Series(None, index=frame.index, dtype="object")
    day = pd.Timestamp(until)
    serving = in_service(frame, on=workspace.day)
    planned = ~serving & (state.isin(_PLANNED) | (opened > pd.Timestamp(workspace.day))).to_numpy(bool)
    due = planned & ((opened <= day) & ~(closed <= day)).to_numpy(bool)
    dateless = planned & opened.isna().to_numpy(bool) & ~(closed <= day).to_numpy(bool)
    due = due | dateless if undated else due
    changes = tuple(Change(action="open", id=str(frame["id"].iloc[at])) for at in np.flatnonzero(due))
    return Scenario(
        name=f"规划至 {until}",
        layer_id=layer_id,
        changes=changes,
        note=_note(len(changes), int(dateless.sum()), counted=undated),
        made_on=workspace.day,
    )


def _note(due: int, dateless: int, *, counted: bool) -> str:
    said = f"图层里规划或在建、到期启用的 {due} 处。"
    if not dateless:
        return said
    return f"{said}{'其中' if counted else '另有'} {dateless} 处没有启用日期，{'已' if counted else '没有'}计入。"
