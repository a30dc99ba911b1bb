"""Answers that a browser may keep for as long as the data behind them stay the same."""

import hashlib
import json
from collections.abc import Callable, Hashable
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from api.guard import content_policy
from api.remembering import Remembered

JSON = "application/json"
GEOJSON = "application/geo+json"
TILE = "application/vnd.mapbox-vector-tile"


def unchanged_or(
    request: Request, bodies: Remembered[bytes], key: Hashable, make: Callable[[], bytes], *, media_type: str
) -> Response:
    """Answer 304 when the browser has this already, else the body, made at most once.

    Parameters
    ----------
    key
        Everything the body depends on: data versions, settings, parameters, who looks. Its text makes the ETag.
    """
    tag = f'W/"{hashlib.blake2b(repr(key).encode(), digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(bodies.get(key, make), media_type=media_type, headers=headers)


def json_bytes(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Write a JSON value as UTF-8; raises ValueError for a number that is none."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def attached(content: bytes, name: str, media_type: str) -> Response:
    """Answer with a file to be kept under a name, of whatever script it is."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def page(html: str, *, status: int = 200, like: Response | None = None) -> HTMLResponse:
    """Answer with a page whose own inline scripts are allowed by their hash, and no others.

    Cookies set on ``like`` are carried over.
    """
    headers = {"Content-Security-Policy": content_policy(html), "Cache-Control": "no-store"}
    answer = HTMLResponse(html, status, headers)
    for name, value in like.raw_headers if like else ():
        if name == b"set-cookie":
            answer.raw_headers.append((name, value))
    return answer
