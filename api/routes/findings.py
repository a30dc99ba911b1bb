"""``/api/findings``: what the checks found."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.answers import FindingsFilter, findings_answer, places_in
from api.asking import STAFF, ServedHere
from api.queries import FindingsQuery
from api.replies import JSON, json_bytes, unchanged_or
from api.served import Served
from layers.progress import silent

if TYPE_CHECKING:
    from layers.findings import Finding

router = APIRouter(prefix="/api/findings", tags=["findings"], dependencies=[STAFF])


@router.get(
    "",
    summary="检查发现 / Findings",
    response_class=Response,
    responses=documented.answers(documented.FINDINGS) | documented.problems(304, 400, 401, 404, 409, 422),
)
def list_findings(query: Annotated[FindingsQuery, Query()], request: Request, served: ServedHere) -> Response:
    """List findings with the place of each, filtered and page by page; counts are over all of them."""
    on = query.on or served.workspace.day
    key = ("findings", served.versions(), served.workspace.settings, query, on)
    wanted = FindingsFilter(
        category=query.category, severity=query.severity, limit=query.limit, offset=query.offset
    )

    def make() -> bytes:
        found = _found(served, query.check, on)
        return json_bytes(findings_answer(found, wanted, places_in(served.workspace)))

    return unchanged_or(request, served.bodies, key, make, media_type=JSON)


def _found(served: Served, check: str, on: date) -> "list[Finding]":
    from gis.checks import run_checks  # noqa: PLC0415 - geopandas loads with the first question

    key = (served.versions(), served.workspace.settings, check, on)
    return served.findings.get(key, lambda: run_checks(served.workspace, check, on=on, progress=silent))
