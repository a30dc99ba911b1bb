"""``/api/scenarios``: scenarios by name, kept beside the workspace, and compared."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response

from api import documented, scenario_documented
from api.asking import STAFF, ServedHere
from api.queries import NoParameters
from api.reach_queries import request_of
from api.reports import answered, started
from api.scenario_queries import CompareQuery, NewScenarioBody, ScenarioBody, VersionQuery
from api.scenarios import scenario_from
from layers.errors import InputError
from layers.progress import Progress
from layers.text import Text
from layers.workspace import Workspace

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest
    from gis.coverage.scenarios import Scenario

    Compared = tuple[CoverageRequest, tuple[Scenario, ...], tuple[str, ...]]

router = APIRouter(prefix="/api/scenarios", tags=["scenarios"], dependencies=[STAFF])
Name = Annotated[str, Path(description="方案名 / Name of the scenario", max_length=200)]
Nothing = Annotated[NoParameters, Query()]
IfMatch = Annotated[
    str | None,
    Header(description="看到的版本（ETag） / ETag of the version that was looked at", max_length=60),
]
_ONE = documented.answers(scenario_documented.SCENARIO)
_DELETED: documented.Answers = {204: {"description": "已删除 / Deleted"}}
_WRITTEN = documented.problems(400, 401, 404, 409, 413, 415)


@router.get(
    "",
    summary="方案列表 / Scenarios",
    responses=documented.answers(scenario_documented.SCENARIOS) | documented.problems(400, 401, 409),
)
def list_all(served: ServedHere, _: Nothing) -> dict[str, Any]:
    """List scenarios by name; one whose file cannot be read is there with what is wrong."""
    from gis.coverage.scenarios import list_scenarios  # noqa: PLC0415 - scipy loads with the first question

    return {"scenarios": [one.as_json() for one in list_scenarios(served.workspace)]}


@router.post(
    "",
    summary="新存方案 / Save a new scenario",
    status_code=201,
    responses=documented.answers(scenario_documented.SCENARIO, status=201) | _WRITTEN,
)
def save_new(body: NewScenarioBody, served: ServedHere, response: Response, _: Nothing) -> dict[str, Any]:
    """Keep a scenario under a name nobody has taken; 409 when one has."""
    from gis.coverage.scenarios import save_scenario  # noqa: PLC0415 - as above

    saved = save_scenario(served.workspace, scenario_from(served.workspace, body, body.name))
    return _told(saved, response)


@router.get(
    "/compare",
    summary="方案比选 / Scenarios side by side",
    response_class=Response,
    responses=documented.answers(scenario_documented.COMPARISON)
    | documented.problems(304, 400, 401, 404, 409, 422),
)
def compare_some(query: Annotated[CompareQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Measure things as they are and after each scenario: totals, units, people gained and lost, what each adds."""
    return answered(request, served, _compare, _compared(query, served.workspace))


@router.post(
    "/compare/jobs",
    status_code=202,
    summary="后台比选 / Scenarios side by side as a job",
    responses=documented.answers(documented.JOB, status=202) | documented.problems(400, 401, 404, 409, 503),
)
def start_comparing(
    query: Annotated[CompareQuery, Query()], request: Request, served: ServedHere
) -> dict[str, Any]:
    """Compare in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    return started(request, served, _compare, _compared(query, served.workspace))


@router.get(
    "/{name}", summary="一个方案 / One scenario", responses=_ONE | documented.problems(400, 401, 404, 409)
)
def show(name: Name, served: ServedHere, response: Response, _: Nothing) -> dict[str, Any]:
    """Give a scenario with its version, which replacing or deleting it asks for."""
    from gis.coverage.scenarios import load_scenario  # noqa: PLC0415 - as above

    return _told(load_scenario(served.workspace, name), response)


@router.put("/{name}", summary="替换方案 / Replace a scenario", responses=_ONE | _WRITTEN)
def replace(
    name: Name,
    body: ScenarioBody,
    served: ServedHere,
    response: Response,
    _: Nothing,
    if_match: IfMatch = None,
) -> dict[str, Any]:
    """Replace a scenario as it was looked at; 409 with the scenario as it is now when somebody else was faster."""
    from gis.coverage.scenarios import save_scenario  # noqa: PLC0415 - as above

    if body.name not in {"", name}:
        raise InputError(
            Text(
                f"正文写的名字“{body.name}”与地址里的“{name}”不同。",
                f"The body names {body.name!r}, the address {name!r}.",
            ),
            Text("要改名请另存再删除。", "To rename, save under the new name and delete the old one."),
        )
    version = body.version or _plain(if_match)
    if version is None:
        raise InputError(
            Text("没有给出看到的版本。", "The version that was looked at is missing."),
            Text("请给 version 或 If-Match。", "Give version or If-Match."),
        )
    wanted = scenario_from(served.workspace, body, name)
    return _told(save_scenario(served.workspace, wanted, version=version), response)


@router.delete(
    "/{name}",
    summary="删除方案 / Delete a scenario",
    status_code=204,
    responses=_DELETED | documented.problems(400, 401, 404, 409),
)
def delete(
    name: Name, served: ServedHere, query: Annotated[VersionQuery, Query()], if_match: IfMatch = None
) -> None:
    """Delete a scenario; with a version only as it was looked at."""
    from gis.coverage.scenarios import delete_scenario  # noqa: PLC0415 - as above

    delete_scenario(served.workspace, name, version=query.version or _plain(if_match))


def _compared(query: CompareQuery, workspace: Workspace) -> "Compared":
    from gis.coverage.scenarios import load_scenario  # noqa: PLC0415 - as above

    chosen = tuple(load_scenario(workspace, name) for name in query.name)
    return request_of(query, workspace), chosen, tuple(query.also)


def _compare(workspace: Workspace, wanted: "Compared", progress: Progress) -> dict[str, Any]:
    from gis.coverage.scenarios import compare  # noqa: PLC0415 - as above

    reach, chosen, also = wanted
    return compare(workspace, reach, chosen, definitions=also, progress=progress).as_json()


def _told(scenario: "Scenario", response: Response) -> dict[str, Any]:
    response.headers["ETag"] = f'"{scenario.version}"'
    return {**scenario.as_json(), "version": scenario.version}


def _plain(tag: str | None) -> str | None:
    return tag.removeprefix("W/").strip('"') if tag else None
