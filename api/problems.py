"""Every way a request can fail, answered with one body: code, message and hint in both languages."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.outcomes import BUG, BUG_HINT, body_of, status_of
from layers.errors import FangyuError
from layers.text import Text

_LOG = logging.getLogger("fangyu")


class SignInError(Exception):
    """What was asked for needs a session."""


class TooManyTriesError(Exception):
    """Too many wrong keys were shown; ``wait_s`` says how long the door stays closed."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"wait {wait_s} s")


def answer_problems(app: FastAPI) -> None:
    """Register how each kind of failure is answered."""
    app.add_exception_handler(FangyuError, _ours)
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(SignInError, _sign_in)
    app.add_exception_handler(TooManyTriesError, _too_many)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(Exception, _bug)


def _ours(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, FangyuError):
        raise error
    return JSONResponse(body_of(error.code, error.message, error.hint), status_of(error))


def _bad_request(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    wrong = [_wrong(one) for one in error.errors()]
    message = Text(
        "请求参数有误：" + "；".join(f"{name}={value}" if value else name for name, value, _ in wrong) + "。",
        "Bad parameters: " + "; ".join(f"{name}={value}: {why}" for name, value, why in wrong) + ".",
    )
    hint = Text("参数及取值范围见 /docs。", "Parameters and their ranges are in /docs.")
    return JSONResponse(body_of("input", message, hint), 400)


def _wrong(error: dict[str, Any]) -> tuple[str, str, str]:
    name = ".".join(str(part) for part in error["loc"][1:]) or "body"
    value = "" if error["type"] == "missing" else str(error.get("input", ""))[:80]
    return name, value, str(error["msg"])


def _sign_in(_: Request, __: Exception) -> JSONResponse:
    message = Text("需要登录。", "This needs a login.")
    hint = Text(
        "请用 fangyu serve 打印的工作人员链接登录。", "Sign in with the staff link that fangyu serve printed."
    )
    return JSONResponse(body_of("sign-in", message, hint), 401)


def _too_many(_: Request, error: Exception) -> JSONResponse:
    wait_s = getattr(error, "wait_s", 60)
    message = Text("口令错误次数过多。", "Too many wrong keys.")
    hint = Text(f"请 {wait_s} 秒后再试。", f"Try again in {wait_s} s.")
    return JSONResponse(body_of("too-many-tries", message, hint), 429, headers={"Retry-After": str(wait_s)})


def _by_status(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    known = {
        404: ("not-found", Text("没有这个地址。", "There is no such address.")),
        405: ("method", Text("这个地址不接受这种请求方法。", "This address does not take that method.")),
    }
    code, message = known.get(error.status_code, ("http", Text("请求无法处理。", str(error.detail))))
    return JSONResponse(body_of(code, message), error.status_code, headers=error.headers)


def _bug(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return JSONResponse(body_of("error", BUG, BUG_HINT), 500)
