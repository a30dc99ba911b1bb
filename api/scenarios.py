"""From what was sent or typed to a scenario."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from api.scenario_queries import NewScenarioBody
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
