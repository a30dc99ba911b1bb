"""``/api/names`` and ``/naming``: may this name be given, how is it written, and the page that asks."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.asking import STAFF, InLanguage, ServedHere, SignedIn
from api.naming import Asked, LiveRegister, report_on, romanized
from api.naming_queries import PrecheckQuery, RomanizeQuery
from api.queries import PageQuery
from api.replies import JSON, json_bytes, page
from api.routes.pages import to_login
from api.served import Served

if TYPE_CHECKING:
    from gis.names.precheck import Place

router = APIRouter(tags=["names"])
_PROBLEMS = documented.problems(400, 401, 404, 409)
_FRESH = {"Cache-Control": "private, no-store"}
_TEXT = {"type": "object", "required": ["zh", "en"]}
_REPORT = {
    "type": "object",
    "required": [
        "name", "class", "status", "sentence", "findings", "namesakes", "location", "reading", "alternatives", "made",
    ],
    "properties": {
        "status": {"type": "string", "enum": ["clear", "review", "suspect"]},
        "sentence": _TEXT,
        **{one: {"type": "array", "items": {"type": "object"}} for one in ("findings", "namesakes", "alternatives")},
    },
}  # fmt: skip
_ROMANIZED = {
    "type": "object",
    "required": ["name", "pinyin", "sign_form", "unsure", "alternatives", "evidence"],
    "properties": {"unsure": {"type": "boolean"}, "alternatives": {"type": "array"}},
}
_PAGE = documented.answers(documented.HTML, media_type="text/html") | {
    303: {"description": "转到另一页 / Go to another page"}
}


def live_register(request: Request) -> LiveRegister:
    """Return the one register this application keeps."""
    state = request.app.state
    if not hasattr(state, "naming"):
        state.naming = LiveRegister()
    register: LiveRegister = state.naming
    return register


@router.get(
    "/api/names/precheck",
    summary="核名 / May this name be given",
    response_class=Response,
    responses=documented.answers(_REPORT) | _PROBLEMS,
    dependencies=[STAFF],
)
def check_one(query: Annotated[PrecheckQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Check a proposed name: rules, namesakes in scope, fit of its place, reading, and other names that would pass."""
    report = report_on(
        served.workspace,
        live_register(request).of(served.workspace),
        _asked(query),
        _place(served, query),
    )
    return Response(json_bytes(report.as_json()), media_type=JSON, headers=_FRESH)


@router.get(
    "/api/names/romanize",
    summary="注音 / Write a name in Hanyu Pinyin",
    response_class=Response,
    responses=documented.answers(_ROMANIZED) | _PROBLEMS,
    dependencies=[STAFF],
)
def romanize_one(query: Annotated[RomanizeQuery, Query()], served: ServedHere) -> Response:
    """Write a name with tone marks and as on signs, with its reading's evidence, and say when it is not sure."""
    said = romanized(served.workspace, query.name, query.entity_class)
    return Response(json_bytes(said), media_type=JSON, headers=_FRESH)


@router.get(
    "/naming",
    summary="核名页 / Naming page",
    response_class=Response,
    responses=_PAGE | documented.problems(400, 409),
)
def naming(
    _: Annotated[PageQuery, Query()],
    served: ServedHere,
    signed_in: SignedIn,
    lang: InLanguage,
    request: Request,
    response: Response,
) -> Response:
    """Show the page on which a name is tried; without a session go to the login."""
    from web.pages import naming_page  # noqa: PLC0415 - folium loads with the first page

    if not signed_in:
        return to_login(request)
    return page(naming_page(served.workspace, lang=lang, signed_in=True), like=response)


def _asked(query: PrecheckQuery) -> Asked:
    return Asked(
        name=query.name,
        entity_class=query.entity_class,
        county=query.county,
        site_m2=query.site_m2,
        floor_area_m2=query.floor_area_m2,
        floors=query.floors,
        green_rate=query.green_rate,
        on=query.on,
        with_alternatives=query.alternatives,
    )


def _place(served: Served, query: PrecheckQuery) -> "Place | None":
    from gis.names.precheck import place_of  # noqa: PLC0415 - geometry libraries load with the first question

    return place_of(served.workspace, lon=query.lon, lat=query.lat, place=query.place)
