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
    return scenario_of(
        workspace,
        name,
        body.layer,
        changes,
        until=body.planned_until,
        undated=body.undated,
        note=body.note,
    )


def scenario_of(
    workspace: "Workspace",
    name: str,
    layer: str,
    changes: "tuple[Change, ...]",
    *,
    until: "date | None",
    undated: bool = False,
    note: str,
) -> "Scenario":
    """Make a scenario, checked against the layer: first what is planned up to a day, then changes.

    Planned facilities without an opening day are opened only if ``undated`` asks for it.

    Raises
    ------
    InputError
        When there is nothing to change, the changes contradict each other or the layer, or the name cannot be used.
    NotFoundError
        When the layer has no data, or a facility to be changed is not in it.
    """
    from gis.coverage.changed import changed  # noqa: PLC0415 - geopandas loads with the first question
    from gis.coverage.scenarios import Scenario, planned_until  # noqa: PLC0415

    if undated and until is None:
        raise InputError(
            Text("没有给出规划到哪一天。", "No day is given up to which plans are opened."),
            Text("请加 --planned-until YYYY-MM-DD。", "Add --planned-until YYYY-MM-DD."),
        )
    planned = planned_until(workspace, layer, until, undated=undated) if until else None
    first = planned.changes if planned else ()
    said = note or (planned.note if planned else "")
    made = Scenario(name=name, layer_id=layer, changes=(*first, *changes), note=said)
    if not made.changes:
        raise _nothing_to_change(name, planned)
    changed(workspace.layer(layer), made.changes)
    return made


def _nothing_to_change(name: str, planned: "Scenario | None") -> InputError:
    if planned is None:
        hint = Text(
            "请用 --add、--move、--close、--open、--resize 或 --planned-until 说明变动。",
            "Say what changes with --add, --move, --close, --open, --resize or --planned-until.",
        )
        return InputError(
            Text(f"方案“{name}”没有任何变动，没有保存。", f"Scenario {name!r} changes nothing; not kept."),
            hint,
        )
    return InputError(
        Text(f"方案“{name}”没有任何变动，没有保存：{planned.note}",
             f"Scenario {name!r} changes nothing; not kept. No planned facility has an opening day by then."),
        Text("没有启用日期的规划设施，加 --undated 一并启用；或在图层里补上日期。",
             "Add --undated to open planned facilities without a day, or fill in their days."),
    )  # fmt: skip


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
