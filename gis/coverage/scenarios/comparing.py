"""From scenarios and a request to a comparison."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gis.coverage.cover import cover_in
from gis.coverage.request import CoverageRequest
from gis.coverage.scenarios.adding import contributions
from gis.coverage.scenarios.carrying import carried
from gis.coverage.scenarios.comparison import ByDefinition, Compared, Comparison
from gis.coverage.scenarios.difference import difference_of
from gis.coverage.scenarios.scenario import Scenario
from gis.coverage.scenarios.standing import Standing, judged
from gis.coverage.situation import prepare
from layers.errors import InputError
from layers.progress import Progress, silent
from layers.text import Text, counted

if TYPE_CHECKING:
    from layers.workspace import Workspace

MOST_SCENARIOS = 20


def compare(
    workspace: "Workspace",
    request: CoverageRequest,
    scenarios: Sequence[Scenario],
    *,
    definitions: Sequence[str] = (),
    progress: Progress = silent,
) -> Comparison:
    """Measure the situation as it is and after each scenario, side by side.

    Parameters
    ----------
    request
        What is asked of each; without changes of its own.
    scenarios
        At least one, of the layer asked for, no name twice.
    definitions
        Ids of further definitions to give totals under; limits in minutes or metres that a definition does not know
        are left to the norm profile there.

    Raises
    ------
    InputError
        When scenarios do not fit the request or contradict the layer.
    NotFoundError
        When a layer has no data, or a facility to be changed is not there.
    """
    _check(request, scenarios)
    whole, done = len(scenarios) + 1 + len(definitions), Text("比较方案", "Comparing scenarios")
    progress(done, 0, whole)
    base = judged(prepare(workspace, request))
    progress(done, 1, whole)
    compared = []
    for k, scenario in enumerate(scenarios):
        compared.append(_compared(base, scenario))
        progress(done, k + 2, whole)
    others = []
    for k, definition in enumerate(definitions):
        others.append(_under(workspace, request, definition, scenarios))
        progress(done, len(scenarios) + k + 2, whole)
    return Comparison(base=base.report, outages=carried(base), compared=tuple(compared), others=tuple(others))


def _compared(base: Standing, scenario: Scenario) -> Compared:
    after = base.after(scenario.changes, scenario=scenario.name)
    return Compared(
        scenario=scenario,
        report=after.report,
        difference=difference_of(base, after),
        contributions=contributions(base, scenario.changes),
        facilities=carried(after),
    )


def _under(
    workspace: "Workspace", request: CoverageRequest, definition: str, scenarios: Sequence[Scenario]
) -> ByDefinition:
    asked = replace(
        request,
        definition=definition,
        travel=None,
        within_min=request.within_min if definition in _IN_MINUTES else None,
        within_m=request.within_m if definition in _IN_METRES else None,
    )
    here = prepare(workspace, asked)
    after = [cover_in(here.after(one.changes, scenario=one.name)) for one in scenarios]
    return ByDefinition(base=cover_in(here), after=tuple(after))


_IN_MINUTES = frozenset({"C4", "C5", "C6", "C7", "C8"})
_IN_METRES = frozenset({"C3", *_IN_MINUTES})


def _check(request: CoverageRequest, scenarios: Sequence[Scenario]) -> None:
    if request.changes:
        raise InputError(
            Text("比较方案时不能另给变动。", "Changes of its own do not go with a comparison."),
            Text("请先把它们存成方案。", "Save them as a scenario first."),
        )
    if not 1 <= len(scenarios) <= MOST_SCENARIOS:
        raise InputError(
            Text(
                f"给出了 {len(scenarios)} 个方案，应为 1 到 {MOST_SCENARIOS} 个。",
                f"{counted(len(scenarios), 'scenario is', 'scenarios are')} given; 1 to {MOST_SCENARIOS} can "
                "be compared.",
            )
        )
    names = [one.name for one in scenarios]
    for name in names:
        if names.count(name) > 1:
            raise InputError(Text(f"方案“{name}”写了两次。", f"The scenario {name!r} is given twice."))
    for one in scenarios:
        if one.layer_id != request.layer_id:
            raise InputError(
                Text(
                    f"方案“{one.name}”属于图层 {one.layer_id}，这里问的是 {request.layer_id}。",
                    f"The scenario {one.name!r} is of layer {one.layer_id}, not of {request.layer_id}.",
                ),
                Text("请用 --layer 指定同一图层。", "Ask for the same layer."),
            )
