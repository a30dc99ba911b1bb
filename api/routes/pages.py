"""The pages: the public map, the planner, the reviewer, and the login."""

from typing import Annotated
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from api import documented
from api.asking import InLanguage, ServedHere, SignedIn
from api.problems import TooManyTriesError
from api.queries import LoginQuery, PageQuery
from api.replies import page
from api.served import Served
from api.session import COOKIE, LASTS_S
from layers.errors import InputError
from layers.text import Lang, Text

router = APIRouter(tags=["pages"], default_response_class=Response)
_HTML = documented.answers(documented.HTML, media_type="text/html")
_FORM_BYTES = 4096
_REDIRECT: documented.Answers = {303: {"description": "转到另一页 / Go to another page"}}
_FORM_AGAIN = documented.answers(documented.HTML, media_type="text/html", status=401)
_LOGIN_ANSWERS = _HTML | _REDIRECT | _FORM_AGAIN | documented.problems(400, 429)
Shown = Annotated[PageQuery, Query()]


@router.get("/", summary="公众地图 / Public map", responses=_HTML | documented.problems(400, 409))
def public(
    _: Shown, served: ServedHere, signed_in: SignedIn, lang: InLanguage, response: Response
) -> Response:
    """Show the public map."""
    from web.pages import public_page  # noqa: PLC0415 - folium loads with the first page

    return page(public_page(served.workspace, lang=lang, signed_in=signed_in), like=response)


@router.get("/plan", summary="规划页 / Planner", responses=_HTML | _REDIRECT | documented.problems(400, 409))
def plan(
    _: Shown, served: ServedHere, signed_in: SignedIn, lang: InLanguage, request: Request, response: Response
) -> Response:
    """Show the coverage planner; without a session go to the login."""
    from web.pages import plan_page  # noqa: PLC0415 - folium loads with the first page

    if not signed_in:
        return to_login(request)
    return page(plan_page(served.workspace, lang=lang, signed_in=True), like=response)


@router.get(
    "/review", summary="审核页 / Reviewer", responses=_HTML | _REDIRECT | documented.problems(400, 409)
)
def review(
    _: Shown, served: ServedHere, signed_in: SignedIn, lang: InLanguage, request: Request, response: Response
) -> Response:
    """Show the findings on the map; without a session go to the login."""
    from web.pages import review_page  # noqa: PLC0415 - folium loads with the first page

    if not signed_in:
        return to_login(request)
    return page(review_page(served.workspace, lang=lang, signed_in=True), like=response)


@router.get("/login", summary="登录 / Sign in", responses=_LOGIN_ANSWERS)
def login(
    query: Annotated[LoginQuery, Query()], request: Request, served: ServedHere, lang: InLanguage
) -> Response:
    """Trade the key for a session cookie; without a key show the form."""
    if query.key is None:
        return _form(served, lang, query.next)
    return _try_key(request, served, query.key, query.next, lang)


@router.post("/login", summary="登录 / Sign in", responses=_LOGIN_ANSWERS)
async def login_by_form(request: Request, served: ServedHere, lang: InLanguage) -> Response:
    """Trade the key of a form (``key``, ``next``) for a session cookie."""
    body = await _form_body(request)
    sent = {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    return await run_in_threadpool(
        _try_key, request, served, sent.get("key", ""), sent.get("next", "/plan"), lang
    )


@router.post("/logout", summary="退出 / Sign out", status_code=303, responses=_REDIRECT)
def logout() -> Response:
    """Forget the session and go to the public map."""
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


async def _form_body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _FORM_BYTES:
            raise InputError(
                Text("登录表单太大。", "The login form is too large."),
                Text("请重新打开登录页。", "Open the login page again."),
            )
    return body


def _try_key(request: Request, served: Served, key: str, goal: str, lang: Lang) -> Response:
    client = request.client.host if request.client else ""
    wait_s = served.wrong_keys.wait_s(client)
    if wait_s:
        raise TooManyTriesError(wait_s)
    if not served.sessions.opens(key):
        served.wrong_keys.add(client)
        return _form(served, lang, goal, wrong=True)
    answer = RedirectResponse(_own_page(goal), 303)
    answer.set_cookie(COOKIE, served.sessions.issue(), max_age=LASTS_S, httponly=True, samesite="strict")
    return answer


def _form(served: Served, lang: Lang, goal: str, *, wrong: bool = False) -> Response:
    from web.pages import login_page  # noqa: PLC0415 - templates load with the first page

    html = login_page(served.workspace, lang=lang, next_path=_own_page(goal), wrong_key=wrong)
    return page(html, status=401 if wrong else 200)


def _own_page(goal: str) -> str:
    """Return a path of ours: no other site, no scheme, no backslash trick."""
    ours = goal.startswith("/") and not goal.startswith(("//", "/\\")) and goal.isprintable()
    return quote(goal, safe="/?&=#,.-_~%:") if ours else "/plan"


def to_login(request: Request) -> Response:
    """Send somebody without a session to the login, which leads back here."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/login?next={quote(request.url.path + query, safe='/')}", 303)
