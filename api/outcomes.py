"""The one table: which family of error leaves as which HTTP status and exit code, and in what words."""

from typing import Any, Final

from layers.errors import ConflictError, FangyuError, InputError, NetworkError, NotFoundError, WorkspaceError
from layers.text import Text

CLEAN: Final = 0
FOUND_SOMETHING: Final = 1
FAILED: Final = 2

STATUS: Final[tuple[tuple[type[FangyuError], int], ...]] = (
    (InputError, 400),
    (NotFoundError, 404),
    (WorkspaceError, 409),
    (ConflictError, 409),
    (NetworkError, 422),
)
"""Families in the order they are tried; an error of no family is our own fault: 500."""

BUG = Text("程序出错了，这不是您的数据的问题。", "The program failed; this is not the fault of your data.")
BUG_HINT = Text(
    "设置环境变量 FANGYU_DEBUG=1 再运行一次可看到详情，请把它发给维护者。",
    "Run again with FANGYU_DEBUG=1 set to see the details, and send them to the maintainers.",
)


def status_of(error: FangyuError) -> int:
    """Return the HTTP status of an error."""
    return next((status for family, status in STATUS if isinstance(error, family)), 500)


def body_of(code: str, message: Text, hint: Text | None = None) -> dict[str, Any]:
    """Return the JSON body every error leaves with."""
    return {"code": code, "message": message._asdict(), "hint": (hint or Text("", ""))._asdict()}


def body_of_error(error: FangyuError) -> dict[str, Any]:
    """Return the JSON body an error leaves with; a conflict shows the thing as it is now under ``current``."""
    body = body_of(error.code, error.message, error.hint)
    return {**body, "current": dict(error.current)} if isinstance(error, ConflictError) else body
