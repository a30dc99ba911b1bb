"""The kinds of questions a study can hold: what each is asked with, and the function that answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gis.coverage.catchments.accessing import AccessRequest, access
from gis.coverage.catchments.redistributing import RedistributionRequest, redistribution
from gis.coverage.cover import cover
from gis.coverage.gaps.gap_list import gap_list
from gis.coverage.meals import MealRequest, plan_meals
from gis.coverage.next_sites import SiteRequest, place_sites
from gis.coverage.periods import PhaseRequest, plan_phases
from gis.coverage.provision.judging import indicators
from gis.coverage.provision.request import IndicatorRequest
from gis.coverage.request import CoverageRequest
from gis.coverage.scenarios import compare, load_scenario
from layers.errors import InputError
from layers.progress import Progress
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class GapQuestion:
    """A gap list: the coverage asked about, and whether points are listed in place of units."""

    reach: CoverageRequest = field(default_factory=CoverageRequest)
    points: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareQuestion:
    """A comparison: the coverage asked about, the names of saved scenarios, and further definitions."""

    reach: CoverageRequest = field(default_factory=CoverageRequest)
    scenarios: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of question.

    Attributes
    ----------
    request
        Dataclass whose fields are the keys of the question; those of its ``reach`` are keys as well.
    ask
        Answers a request in a workspace with a report that has ``as_json``.
    """

    request: type
    ask: "Callable[[Workspace, Any, Progress], Any]"


def _gaps(workspace: "Workspace", asked: GapQuestion, progress: Progress) -> object:
    return gap_list(workspace, asked.reach, progress, by_points=asked.points)


def _indicators(workspace: "Workspace", asked: IndicatorRequest, _progress: Progress) -> object:
    return indicators(workspace, asked)


def _compare(workspace: "Workspace", asked: CompareQuestion, progress: Progress) -> object:
    chosen = [load_scenario(workspace, one) for one in asked.scenarios]
    return compare(workspace, asked.reach, chosen, definitions=asked.also, progress=progress)


KINDS: Mapping[str, Kind] = {
    "cover": Kind(CoverageRequest, cover),
    "gaps": Kind(GapQuestion, _gaps),
    "access": Kind(AccessRequest, access),
    "redistribute": Kind(RedistributionRequest, redistribution),
    "indicators": Kind(IndicatorRequest, _indicators),
    "site": Kind(SiteRequest, place_sites),
    "meals": Kind(MealRequest, plan_meals),
    "phases": Kind(PhaseRequest, plan_phases),
    "compare": Kind(CompareQuestion, _compare),
}


def with_scenario(workspace: "Workspace", request: Any) -> Any:  # noqa: ANN401 - a request of any kind
    """Put the changes of the saved scenario a question of coverage names before its own; others stay as they are.

    Raises
    ------
    NotFoundError
        When no scenario of that name is saved.
    InputError
        When the scenario is about another layer.
    """
    reach = request if isinstance(request, CoverageRequest) else getattr(request, "reach", None)
    if not isinstance(reach, CoverageRequest) or not reach.scenario:
        return request
    saved = load_scenario(workspace, reach.scenario)
    if saved.layer_id != reach.layer_id:
        raise InputError(
            Text(
                f"方案“{reach.scenario}”说的是图层 {saved.layer_id}，问的是 {reach.layer_id}。",
                f"Scenario {reach.scenario!r} is about layer {saved.layer_id}, the question about {reach.layer_id}.",
            )
        )
    changed = replace(reach, changes=(*saved.changes, *reach.changes))
    return changed if request is reach else replace(request, reach=changed)
