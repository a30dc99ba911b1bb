"""From what was sent or typed to a scenario."""

from dataclasses import replace
from typing import TYPE_CHECKING

from layers.errors import InputError
from layers.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from api.scenario_queries import NewScenarioBody
    from gis.coverage import CoverageRequest
    from gis.coverage.changes import Change
    from gis.coverage.scenarios import Scenario
    from layers.workspace import Workspace


def scenario_from(workspace: "Workspace", body: "NewScenarioBody", name: str) -> "Scenario":
    """Make the scenario a body describes; raises InputError for what makes none."""
    changes = tuple(one.change() for one in body.changes)
    return scenario_of(workspace, name, body.layer, changes, until=body.planned_until, note=body.note)


def scenario_of(
    workspace: "Workspace",
    name: str,
    layer: str,
    changes: "tuple[Change, ...]",
    *,
    until: "date | None",
    note: str,
) -> "Scenario":
    """Make a scenario, checked against the layer: first what is planned up to a day, then changes.

    Raises
    ------
    InputError
        When the changes contradict each other or the layer, or the name cannot be used.
    NotFoundError
        When the layer has no data, or a facility to be changed is not in it.
    """
    from gis.coverage.changed import changed  # noqa: PLC0415 - geopandas loads with the first question
    from gis.coverage.scenarios import Scenario, planned_until  # noqa: PLC0415

    planned = planned_until(workspace, layer, until) if until else None
    first = planned.changes if planned else ()
    said = note or (planned.note if planned else "")
    made = Scenario(name=name, layer_id=layer, changes=(*first, *changes), note=said)
    changed(workspace.layer(layer), made.changes)
    return made


def with_scenario(
    workspace: "Workspace", requests: "Sequence[CoverageRequest]", name: str | None
) -> "list[CoverageRequest]":
    """Put the changes of a saved scenario before the own ones of requests about its layer; no name changes nothing.

    Raises
    ------
    InputError
        When the scenario is about another layer than all the requests.
    NotFoundError
        When no scenario of that name is saved.
    """
    if name is None:
        return list(requests)
    from gis.coverage.scenarios import load_scenario  # noqa: PLC0415 - as above

    saved = load_scenario(workspace, name)
    if all(one.layer_id != saved.layer_id for one in requests):
        raise InputError(
            Text(
                f"方案“{name}”说的是图层 {saved.layer_id}，没有问到它。",
                f"Scenario {name!r} is about layer {saved.layer_id}, which is not asked for.",
            ),
            Text(f"请写 fangyu cover {saved.layer_id}。", f"Ask for it: fangyu cover {saved.layer_id}."),
        )
    return [
        replace(one, changes=(*saved.changes, *one.changes), scenario=name)
        if one.layer_id == saved.layer_id
        else one
        for one in requests
    ]
