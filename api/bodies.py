"""What is sent to be kept: JSON only, and not too much of it.

A page of another site can make a browser send a form, but not JSON; together with the cookie that is never sent from
other sites this keeps strangers' pages from deciding anything.
"""

import json

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.outcomes import body_of
from layers.text import Text

MOST_BYTES = 1_000_000
"""Of one request."""
_GUARDED = ("/api/cases", "/api/whatif", "/api/scenarios")
_BODILESS = "/api/scenarios/compare/jobs"
_JSON_ONLY = Text("这个地址只接受 JSON（Content-Type: application/json）。", "This address takes JSON only.")
_TOO_LARGE = Text(
    f"请求太大：最多 {MOST_BYTES // 1000} 千字节。",
    f"The request is too large: {MOST_BYTES // 1000} kB at most.",
)


class Bodies:
    """ASGI middleware: refuses what is sent to be kept or measured unless it is JSON (415) and small (413)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        sends = scope["type"] == "http" and scope["method"] in {"POST", "PUT"}
        if not sends or not scope["path"].startswith(_GUARDED) or scope["path"] == _BODILESS:
            await self.app(scope, receive, send)
            return
        if (
            Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
            != "application/json"
        ):
            await _refuse(send, 415, "media-type", _JSON_ONLY)
            return
        body = await _read(receive)
        if body is None:
            await _refuse(send, 413, "too-large", _TOO_LARGE)
            return
        await self.app(scope, _again(body, receive), send)


async def _read(receive: Receive) -> bytes | None:
    """Read a body whole; None when it is too large."""
    parts, size, more = list[bytes](), 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read already to whoever asks next."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


async def _refuse(send: Send, status: int, code: str, message: Text) -> None:
    body = json.dumps(body_of(code, message), ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
