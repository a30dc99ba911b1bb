"""What routes ask of a request: the workspace served, whether there is a session, the language."""

from typing import Annotated, cast

from fastapi import Depends, Path, Request, Response

from api.languages import LANG_COOKIE, asked_language, spoken_language
from api.problems import SignInError
from api.served import Served
from api.session import COOKIE
from layers.text import Lang


def served_by(request: Request) -> Served:
    """Return what this process serves."""
    return cast("Served", request.app.state.served)


def has_session(request: Request) -> bool:
    """Tell whether the request carries a good session cookie."""
    return served_by(request).sessions.accepts(request.cookies.get(COOKIE))


def need_session(request: Request) -> None:
    """Raise SignInError unless the request carries a good session cookie."""
    if not has_session(request):
        raise SignInError


def language(request: Request, response: Response) -> Lang:
    """Return the language asked for (``lang=``, else the cookie, else Chinese); what is asked for is remembered."""
    asked = asked_language(request)
    if asked:
        response.set_cookie(LANG_COOKIE, asked, samesite="strict", max_age=365 * 24 * 3600)
    return spoken_language(request)


LayerPath = Annotated[str, Path(description="图层编号 / Layer id", max_length=100)]
ServedHere = Annotated[Served, Depends(served_by)]
SignedIn = Annotated[bool, Depends(has_session)]
InLanguage = Annotated[Lang, Depends(language)]
STAFF = Depends(need_session)
