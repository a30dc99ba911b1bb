"""Every error raised on purpose.

::

    FangyuError
    ├── InputError          the user's file or value cannot be used        exit 2, HTTP 400
    │   ├── FileFormatError     unreadable, unknown or hostile file
    │   ├── EncodingError       the text encoding is unknown
    │   ├── CrsError            the coordinate system is unknown, implausible or not safely convertible
    │   └── ColumnError         a required column is missing, or named twice
    ├── NotFoundError       no such layer, feature, rule, norm or workspace exit 2, HTTP 404
    ├── WorkspaceError      the workspace itself is unusable                exit 2, HTTP 409
    ├── ConflictError       somebody else was faster                        exit 2, HTTP 409
    └── NetworkError        the road network cannot answer                  exit 2, HTTP 422

An error stops the work. What is wrong with one row of data is a reject or a finding, never an error.
"""

from collections.abc import Mapping
from typing import Any

from layers.text import Lang, Text


class FangyuError(Exception):
    """An error with a stable code, a message naming thing and value, and the next step.

    Parameters
    ----------
    message
        What is wrong, where, which value.
    hint
        What to do now.
    """

    code = "error"

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        self.message = message
        self.hint = hint or Text("", "")
        super().__init__(message.zh)

    def said(self, lang: Lang) -> str:
        """Return message and hint as one paragraph in ``lang``."""
        hint = self.hint.pick(lang)
        if not hint:
            return self.message.pick(lang)
        return f"{self.message.pick(lang)} {hint}" if lang == "en" else f"{self.message.pick(lang)}{hint}"


class InputError(FangyuError):
    """A file or value given by the user cannot be used."""

    code = "input"


class FileFormatError(InputError):
    """The file is unreadable, of an unknown kind, empty or hostile."""

    code = "file-format"


class EncodingError(InputError):
    """The text encoding of the file cannot be told."""

    code = "encoding"


class CrsError(InputError):
    """The coordinate system is unknown, implausible or cannot be converted safely."""

    code = "crs"


class ColumnError(InputError):
    """A column is missing or named twice."""

    code = "column"


class NotFoundError(FangyuError):
    """There is no such layer, feature, rule, norm or workspace."""

    code = "not-found"


class WorkspaceError(FangyuError):
    """The workspace is missing, damaged or already in use."""

    code = "workspace"


class ConflictError(FangyuError):
    """What was to be changed has been changed by somebody else since it was looked at.

    Parameters
    ----------
    current
        The thing as it is now, as JSON values; empty when it cannot be shown.
    """

    code = "conflict"

    def __init__(
        self, message: Text, hint: Text | None = None, *, current: Mapping[str, Any] | None = None
    ) -> None:
        self.current: Mapping[str, Any] = current or {}
        super().__init__(message, hint)


class NetworkError(FangyuError):
    """The road network cannot answer the question."""

    code = "network"
