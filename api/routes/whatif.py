"""``/api/whatif``: what coverage would be after changes to the facilities, answered at once."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Response

from api import documented, scenario_documented
from api.asking import STAFF, ServedHere
from api.queries import NoParameters
from api.reach_queries import request_of
from api.replies import JSON, json_bytes
from api.scenario_queries import WhatIfBody
from api.served import Served

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest
    from gis.coverage.scenarios import Standing

router = APIRouter(prefix="/api/whatif", tags=["scenarios"], dependencies=[STAFF])


@router.post(
    "",
    summary="变动后的覆盖 / Coverage after changes",
    response_class=Response,
    responses=documented.answers(scenario_documented.WHAT_IF)
    | documented.problems(400, 401, 404, 409, 413, 415, 422),
)
def ask(body: WhatIfBody, served: ServedHere, _: Annotated[NoParameters, Query()]) -> Response:
    """Measure coverage after changes: totals before, the report after, units that changed, gaps, curve."""
    from gis.coverage.scenarios import what_if  # noqa: PLC0415 - scipy loads with the first question

    begun = time.perf_counter()
    wanted = request_of(body, served.workspace)
    changes = (*wanted.changes, *(one.change() for one in body.changes))
    said: dict[str, Any] = what_if(standing_of(served, wanted), changes).as_json()
    seconds = round(time.perf_counter() - begun, 4)
    return Response(json_bytes({**said, "seconds": seconds}), media_type=JSON)


def standing_of(served: Served, wanted: "CoverageRequest") -> "Standing":
    """Return the situation as the workspace has it, judged once for each version of the data and each question."""
    from gis.coverage.scenarios import judged  # noqa: PLC0415 - as above
    from gis.coverage.situation import prepare  # noqa: PLC0415

    asked = replace(wanted, changes=(), scenario="")
    key = (served.versions(), served.workspace.settings, asked, asked.on or served.workspace.day)
    return served.standings.get(key, lambda: judged(prepare(served.workspace, asked)))
