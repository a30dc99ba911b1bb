"""Which packs are for a place."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from gis.names.packs.source import pack_ids, pack_source
from layers.errors import InputError
from layers.text import Text

EVERYWHERE = "*"
"""Jurisdiction of the packs that are for the whole country."""

_LENGTHS = (2, 4, 6, 9, 12)
_PROVINCES = frozenset(
    """
    11 12 13 14 15
    21 22 23
    31 32 33 34 35 36 37
    41 42 43 44 45 46
    50 51 52 53 54
    61 62 63 64 65
    71 81 82
    """.split()  # noqa: SIM905 - a list would be one line a code
)
"""The 34 provinces of GB/T 2260."""


def packs_for(jurisdiction: str, *, folder: Path | None = None) -> tuple[str, ...]:
    """Return the packs of a place: the national one first, then the province's, then the city's.

    Parameters
    ----------
    jurisdiction
        Division code of two, four, six, nine or twelve digits (GB/T 2260 and 10114). Cities, counties and below
        need not be known; the province must be.
    folder
        Of a workspace, whose own packs count too.

    Raises
    ------
    InputError
        When it is no such code, or no province has its first two digits.
    """
    _refuse_malformed(jurisdiction)
    found: list[tuple[int, str]] = []
    for pack_id, jurisdictions in _shipped() if folder is None else _said(folder):
        reach = covers(jurisdictions, jurisdiction)
        if reach is not None:
            found.append((reach, pack_id))
    return tuple(pack_id for _, pack_id in sorted(found))


def covers(jurisdictions: Iterable[str], code: str) -> int | None:
    """Return how many leading digits of a code the jurisdictions share with it, 0 for everywhere; None for none."""
    digits = [
        0 if one == EVERYWHERE else len(one)
        for one in jurisdictions
        if one == EVERYWHERE or code.startswith(one)
    ]
    return max(digits, default=None)


@cache
def _shipped() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return _said(None)


def _said(folder: Path | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return every pack with the jurisdictions it names."""
    return tuple(
        (one, tuple(pack_source(one, folder).said.get("jurisdictions", ()))) for one in pack_ids(folder)
    )


def _refuse_malformed(code: str) -> None:
    form = Text(
        "请写 2、4、6、9 或 12 位数字的行政区划代码，如 320413。",
        "Give a division code of 2, 4, 6, 9 or 12 digits, such as 320413.",
    )
    if not (code.isascii() and code.isdigit() and len(code) in _LENGTHS):
        raise InputError(Text(f"“{code}”不是行政区划代码。", f"{code!r} is no division code."), form)
    if code[:2] not in _PROVINCES:
        raise InputError(
            Text(
                f"行政区划代码“{code}”的前两位“{code[:2]}”不是任何省级区域的代码。",
                f"No province has the code {code[:2]} that {code!r} begins with.",
            ),
            form,
        )
