"""Which language a request asks to be answered in."""

from typing import cast

from fastapi import Request

from layers.text import Lang

LANG_COOKIE = "fangyu_lang"


def asked_language(request: Request) -> Lang | None:
    """Return the language of the parameter ``lang``; None when there is none, or one we do not speak."""
    asked = request.query_params.get("lang")
    return cast("Lang", asked) if asked in {"zh", "en"} else None


def spoken_language(request: Request) -> Lang:
    """Return the language asked for, else the one remembered in the cookie, else Chinese."""
    return asked_language(request) or ("en" if request.cookies.get(LANG_COOKIE) == "en" else "zh")
