"""An error as a small page, for people who typed an address into their browser."""

from html import escape

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.languages import spoken_language
from api.replies import page
from layers.text import Text

_FOR_PROGRAMS = ("/api", "/tiles", "/static", "/openapi.json")
_PAGE = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem; color: #1d2730;
  background: #fff }}
a {{ color: #0b5cad }}
</style></head>
<body><h1>{message}</h1><p>{hint}</p><p><a href="/">{back}</a></p></body>
</html>
"""


def wants_page(request: Request) -> bool:
    """Tell whether a browser asks for a page, rather than a program for data."""
    path = request.url.path
    for_programs = any(path == one or path.startswith(f"{one}/") for one in _FOR_PROGRAMS)
    return not for_programs and "text/html" in request.headers.get("accept", "")


def error_page(request: Request, message: Text, hint: Text, *, status: int) -> HTMLResponse:
    """Answer with message, hint and a link to the map, in the language of the request."""
    lang = spoken_language(request)
    html = _PAGE.format(
        lang="en" if lang == "en" else "zh-CN",
        title=escape(Text("方舆", "Fangyu").pick(lang)),
        message=escape(message.pick(lang)),
        hint=escape(hint.pick(lang)),
        back=escape(Text("回到地图", "Back to the map").pick(lang)),
    )
    return page(html, status=status)
