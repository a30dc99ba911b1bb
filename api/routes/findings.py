"""``/api/findings``: what the checks found."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.answers import FindingsFilter, dismissed_keys, findings_answer, places_in
from api.asking import STAFF, ServedHere
from api.queries import FindingsQuery
from api.replies import JSON, json_bytes, unchanged_or
from api.reviewing import cases_key, findings_of

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
    key = ("findings", cases_key(served), query, on)
    wanted = FindingsFilter(
        category=query.category, severity=query.severity, limit=query.limit, offset=query.offset
    )

    def make() -> bytes:
        found = findings_of(served, query.check, on)
        aside = dismissed_keys(served.workspace, found)
        return json_bytes(findings_answer(found, wanted, places_in(served.workspace), dismissed=aside))

    return unchanged_or(request, served.bodies, key, make, media_type=JSON)
