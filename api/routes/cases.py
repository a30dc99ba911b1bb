"""``/api/cases``: names under review, and what is decided about them."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from api import case_documented, documented
from api.asking import STAFF, ServedHere
from api.case_queries import BatchBody, CaseDecisionBody, CasesQuery, SummaryQuery
from api.outcomes import body_of_error
from api.queries import NoParameters
from api.replies import JSON, json_bytes, unchanged_or
from api.reviewing import cases_key, found_cases

router = APIRouter(prefix="/api/cases", tags=["cases"], dependencies=[STAFF])
CaseId = Annotated[str, Path(description="案件编号 / Case id", max_length=100)]
Nothing = Annotated[NoParameters, Query()]


@router.get(
    "",
    summary="审核案件 / Cases under review",
    response_class=Response,
    responses=documented.answers(case_documented.CASES) | documented.problems(304, 400, 401, 404, 409),
)
def list_of_cases(query: Annotated[CasesQuery, Query()], request: Request, served: ServedHere) -> Response:
    """List cases: overdue first, then by severity, then by name; counts say what each filter would give."""
    key = ("cases", cases_key(served), query)

    def make() -> bytes:
        from gis.names.review import list_cases  # noqa: PLC0415 - geopandas loads with the first question

        listed = list_cases(served.workspace, (), query.wanted(), found=found_cases(served))
        return json_bytes(listed.as_json())

    return unchanged_or(request, served.bodies, key, make, media_type=JSON)


@router.get(
    "/states",
    summary="状态、动作与排除原因 / States, actions and reasons",
    responses=documented.answers(case_documented.MACHINE) | documented.problems(400, 401),
)
def list_states(_: Nothing) -> dict[str, Any]:
    """Give the way of a case: states, actions with what they need, reasons for exclusion, categories."""
    from gis.names.review import machine_json  # noqa: PLC0415 - as above

    return machine_json()


@router.get(
    "/summary",
    summary="年报汇总 / Counts for the annual report",
    responses=documented.answers(case_documented.SUMMARY) | documented.problems(400, 401, 404, 409),
)
def summarise(query: Annotated[SummaryQuery, Query()], served: ServedHere) -> dict[str, Any]:
    """Count cases found in a period: found = rectified + pending + excluded, in all, by category and by town."""
    from gis.names.review import summarise_cases  # noqa: PLC0415 - as above

    return summarise_cases(served.workspace, found_cases(served), first=query.from_, last=query.to).as_json()


@router.get(
    "/{case_id}",
    summary="一个案件 / One case",
    responses=documented.answers(case_documented.DETAIL) | documented.problems(400, 401, 404, 409),
)
def show_case(case_id: CaseId, served: ServedHere, _: Nothing) -> dict[str, Any]:
    """Give a case with its findings, namesakes, history, and what can be done now."""
    from gis.names.review import case_detail  # noqa: PLC0415 - as above

    return case_detail(served.workspace, case_id, found_cases(served)).as_json()


@router.post(
    "/decisions",
    summary="批量处理 / Decide many cases",
    responses=documented.answers(case_documented.BATCH) | documented.problems(400, 401, 404, 409, 413, 415),
)
def decide_batch(body: BatchBody, served: ServedHere, _: Nothing) -> dict[str, Any]:
    """Take the same step with many cases; those that cannot be are refused one by one, and left as they are."""
    from gis.names.review import decide_many  # noqa: PLC0415 - as above

    cases = [(one.id, one.version) for one in body.cases]
    batch = decide_many(served.workspace, cases, body.decision(), found=found_cases(served))
    return {
        "done": [one.as_json() for one in batch.done],
        "refused": [{"id": one, "problem": body_of_error(error)} for one, error in batch.refused],
    }


@router.post(
    "/{case_id}/decisions",
    summary="处理案件 / Decide a case",
    responses=documented.answers(case_documented.DETAIL) | documented.problems(400, 401, 404, 409, 413, 415),
)
def decide_one(case_id: CaseId, body: CaseDecisionBody, served: ServedHere, _: Nothing) -> dict[str, Any]:
    """Take one step with a case; 409 with the case as it is now when somebody else was faster."""
    from gis.names.review import decide  # noqa: PLC0415 - as above

    return decide(
        served.workspace, case_id, body.decision(), version=body.version, found=found_cases(served)
    ).as_json()
