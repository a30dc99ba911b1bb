"""What every request passes: the host it asks for must be ours, and every answer carries safe headers."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.outcomes import body_of
from layers.text import Text

OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]", "testserver"})
_INLINE_SCRIPT = re.compile(
    r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=()",
}


class Guard:
    """ASGI middleware: refuses foreign hosts (so that no other site can reach us by its own name) and adds headers.

    Parameters
    ----------
    hosts
        Names beside ``OWN_HOSTS`` under which we may be asked for; ``0.0.0.0`` or ``::`` allow any.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = OWN_HOSTS | {host.casefold() for host in hosts}
        self.any_host = bool(self.hosts & {"0.0.0.0", "::"})  # noqa: S104 - compared, not bound

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (_HEADERS | {"Content-Security-Policy": content_policy("")}).items():
                    headers.setdefault(name, value)
            await send(message)

        if self._is_ours(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send_safely)
        else:
            await _refuse_host(send_safely)

    def _is_ours(self, host: str) -> bool:
        name = re.sub(r":\d+$", "", host).casefold()
        return self.any_host or name in self.hosts


async def _refuse_host(send: Send) -> None:
    message = Text("请求的主机名不是本服务的。", "The host asked for is not this server.")
    hint = Text("请用 fangyu serve 打印的地址访问。", "Use the address that fangyu serve printed.")
    body = json.dumps(body_of("host", message, hint), ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def content_policy(page: str) -> str:
    """Return the Content-Security-Policy of a page: our own files, and its inline scripts by their hash."""
    hashes = sorted({_hash(found["body"]) for found in _INLINE_SCRIPT.finditer(page) if found["body"]})
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
