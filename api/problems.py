"""Every way a request can fail, answered with one body: code, message and hint in both languages.

Somebody at a browser who asked for a page gets them as a page, in one language.
"""

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.error_page import error_page, wants_page
from api.outcomes import BUG, BUG_HINT, body_of, body_of_error, status_of
from api.parameters import fault_of
from layers.errors import ConflictError, FangyuError
from layers.text import Text

_LOG = logging.getLogger("fangyu")
_NO_HINT = Text("", "")


class SignInError(Exception):
    """What was asked for needs a session."""


class TooManyTriesError(Exception):
    """Too many wrong keys were shown; ``wait_s`` says how long the door stays closed."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"wait {wait_s} s")


class QueueFullError(Exception):
    """Too much long work waits already: ``waiting`` pieces of it."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        super().__init__(f"{waiting} are waiting")


def answer_problems(app: FastAPI) -> None:
    """Register how each kind of failure is answered."""
    app.add_exception_handler(FangyuError, _ours)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(SignInError, _sign_in)
    app.add_exception_handler(TooManyTriesError, _too_many)
    app.add_exception_handler(QueueFullError, _queue_full)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(Exception, _bug)


def _answer(
    request: Request,
    code: str,
    message: Text,
    hint: Text = _NO_HINT,
    *,
    status: int,
    headers: Mapping[str, str] | None = None,
) -> Response:
    if not wants_page(request):
        return JSONResponse(body_of(code, message, hint), status, headers=headers)
    shown = error_page(request, message, hint, status=status)
    shown.headers.update(headers or {})
    return shown


def _ours(request: Request, error: Exception) -> Response:
    if not isinstance(error, FangyuError):
        raise error
    if isinstance(error, ConflictError):
        return JSONResponse(body_of_error(error), status_of(error))
    return _answer(request, error.code, error.message, error.hint, status=status_of(error))


def _bad_request(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    faults = [fault_of(one) for one in error.errors()]
    message = Text(
        "请求参数有误：" + "；".join(one.zh for one in faults) + "。",
        "Bad parameters: " + "; ".join(one.en for one in faults) + ".",
    )
    hint = Text("参数及取值范围见 /docs。", "Parameters and their ranges are in /docs.")
    return _answer(request, "input", message, hint, status=400)


def _sign_in(request: Request, _: Exception) -> Response:
    message = Text("需要登录。", "This needs a login.")
    hint = Text(
        "请用 fangyu serve 打印的工作人员链接登录。", "Sign in with the staff link that fangyu serve printed."
    )
    return _answer(request, "sign-in", message, hint, status=401)


def _too_many(request: Request, error: Exception) -> Response:
    wait_s = getattr(error, "wait_s", 60)
    message = Text("口令错误次数过多。", "Too many wrong keys.")
    hint = Text(f"请 {wait_s} 秒后再试。", f"Try again in {wait_s} s.")
    headers = {"Retry-After": str(wait_s)}
    return _answer(request, "too-many-tries", message, hint, status=429, headers=headers)


def _queue_full(request: Request, error: Exception) -> Response:
    waiting = getattr(error, "waiting", 0)
    message = Text(
        f"已有 {waiting} 项计算在排队，这一项没有开始。",
        f"{waiting} pieces of work are waiting already; this one was not started.",
    )
    hint = Text(
        "请过几分钟再试，或取消不要的。", "Try again in some minutes, or call off what is not needed."
    )
    return _answer(request, "queue-full", message, hint, status=503, headers={"Retry-After": "60"})


def _by_status(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    known = {
        404: ("not-found", Text("没有这个地址。", "There is no such address.")),
        405: ("method", Text("这个地址不接受这种请求方法。", "This address does not take that method.")),
    }
    code, message = known.get(error.status_code, ("http", Text("请求无法处理。", str(error.detail))))
    return _answer(request, code, message, status=error.status_code, headers=error.headers)


def _bug(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return _answer(request, "error", BUG, BUG_HINT, status=500)
