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


def planned_until(workspace: "Workspace", layer_id: str, until: date) -> Scenario:
    """Make the scenario in which everything a layer plans to open by a day is open.

    Planned are rows in state planned or building, and rows whose opening day lies ahead of the workspace's day. Those
    without an opening day are left out and counted in the note; those closed again by then are left out.

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
    undated = int((planned & opened.isna().to_numpy(bool)).sum())
    changes = tuple(Change(action="open", id=str(frame["id"].iloc[at])) for at in np.flatnonzero(due))
    return Scenario(
        name=f"规划至 {until}",
        layer_id=layer_id,
        changes=changes,
        note=_note(len(changes), undated),
        made_on=workspace.day,
    )


def _note(due: int, undated: int) -> str:
    said = f"图层里规划或在建、到期启用的 {due} 处。"
    return f"{said}另有 {undated} 处没有启用日期，没有计入。" if undated else said
