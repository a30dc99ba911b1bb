"""What was typed, turned into values; what cannot be understood is refused with the way to write it."""

import getpass
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from layers.errors import InputError
from layers.store.protocol import By
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage.changes import Change


def day(written: str | None) -> date | None:
    """Read a date written ``YYYY-MM-DD``; None stays None.

    Raises
    ------
    InputError
        When it is no such date.
    """
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InputError(
            Text(f"日期“{written}”读不懂。", f"{written!r} is no date."),
            Text("请写成 2026-06-30 的样子。", "Write it like 2026-06-30."),
        ) from None


def pairs(written: Sequence[str], *, option: str) -> dict[str, str]:
    """Read ``key=value`` pairs, given one by one or joined by commas; a comma inside a value is kept.

    Raises
    ------
    InputError
        When the first part has no ``=``, or a key is empty or given twice.
    """
    found: dict[str, str] = {}
    for group in written:
        for part in _parts(group):
            key, equals, value = (piece.strip() for piece in part.partition("="))
            if not equals or not key or key in found:
                raise _no_pair(part, option)
            found[key] = value
    return found


def changes(written: Sequence[str]) -> "tuple[Change, ...]":
    """Read changes to facilities written ``action:id@lon,lat;name;beds=40``, in their order.

    Raises
    ------
    InputError
        When the action is unknown or the change cannot be read.
    """
    from gis.coverage.changes import Change  # noqa: PLC0415 - light, but not for every command

    parts = [one.partition(":") for one in written]
    return tuple(Change.read(action, words) for action, _, words in parts)  # type: ignore[arg-type]


def _parts(group: str) -> list[str]:
    """Split at the commas (Chinese ones as well) that a ``key=`` follows."""
    return re.split(r"[,，](?=[^,，=]*=)", group)


def _no_pair(part: str, option: str) -> InputError:
    return InputError(
        Text(
            f"{option} 的“{part}”读不懂，或写了两次。", f"{option} {part!r} is not understood or given twice."
        ),
        Text(f"请写成 {option} 字段=值。", f"Write it as {option} key=value."),
    )


def signed(who: str | None, why: str) -> By:
    """Say who makes a change; without a name it is the user of the operating system."""
    if who:
        return By(who, why)
    try:
        return By(getpass.getuser(), why)
    except (OSError, KeyError):
        return By("unknown", why)


def local_minute(at: datetime | str) -> str:
    """Write a moment (or its ISO 8601 text) as local time to the minute, such as ``2025-03-01 09:30``."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
