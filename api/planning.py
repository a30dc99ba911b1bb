"""What both doors to the planning set read alike: tiers, definitions, file names."""

from collections.abc import Sequence

from layers.errors import InputError
from layers.text import Text

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
FILE_NAME = Text("布局规划图册", "planning-set")
_LONGEST_MIN = 600.0


def tiers_of(written: str) -> tuple[float, ...]:
    """Read minutes joined by commas (Chinese ones as well).

    Raises
    ------
    InputError
        When a part is no number above 0 and up to 600.
    """
    found = []
    for part in written.replace("，", ",").split(","):
        try:
            minutes = float(part)
        except ValueError:
            minutes = -1.0
        if not 0 < minutes <= _LONGEST_MIN:
            raise InputError(
                Text(f"分钟数“{part.strip()}”读不懂。", f"{part.strip()!r} is no number of minutes."),
                Text("写成 5,10,15。", "Write 5,10,15."),
            )
        found.append(minutes)
    return tuple(found)


def definitions_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the definitions named; all of them when none is, or ``all`` is."""
    from gis.coverage import DEFINITIONS  # noqa: PLC0415 - scipy loads with the first question

    return tuple(DEFINITIONS) if not names or "all" in names else tuple(dict.fromkeys(names))
