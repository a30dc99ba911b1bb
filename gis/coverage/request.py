"""What is asked of a coverage report, and the command that asks it again."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from gis.coverage.changes import Change, digits
from layers.errors import InputError
from layers.text import Text

SERVICE_LAYERS = ("care_facility", "meal_point", "shelter", "cemetery", "point_of_interest")
"""Layers whose features serve people."""
Travel = Literal["network", "straight"]
Mode = Literal["walk", "e-bike", "drive"]


_WORDS = (
    "definition",
    "within_min",
    "within_m",
    "travel",
    "by",
    "on",
    "population_field",
    "norms",
    "need_per_1000",
    "kernel",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRequest:
    """What is asked.

    Attributes
    ----------
    layer_id
        One of ``SERVICE_LAYERS``.
    definition
        ``C1``, ``C2``, ``C3``, ``C5`` or ``C6``; None chooses by the other parameters.
    within_min, within_m
        Walking minutes, or metres; at most one of them.
    travel
        ``network`` (by road) or ``straight``; None means by road where there is a road layer.
    by
        Level of the rows: ``village``, ``town``, ``county``.
    on
        Day on which facilities must be in service; None is today.
    population_field
        Which people count: a field of the population and unit layers.
    where
        Field and value pairs a facility must fit, ``{"kind": "hospital"}``; codes or words of the vocabulary.
    mode
        How people go: ``walk``, ``e-bike`` or ``drive``.
    slope
        Whether walking minutes by road count the way up and the way down (``incline_percent`` of the roads).
    norms
        Norm profile; None takes the workspace's own.
    barriers
        Layers of lines or areas that roads do not cross, bridges and tunnels apart.
    need_per_1000
        What 1,000 people need of what facilities hold (``C7``, ``C8``); None takes the profile's.
    kernel
        Id of ``KERNELS`` by which what is in reach counts (``C8`` only); None is ``rectangle``: all alike.
    changes
        Changes to what stands, in order: a scenario.
    scenario
        Name of the scenario, for the reader.
    """

    layer_id: str = "care_facility"
    definition: str | None = None
    within_min: float | None = None
    within_m: float | None = None
    travel: Travel | None = None
    by: str = "village"
    on: date | None = None
    population_field: str = "pop_65_plus"
    where: Mapping[str, str] | tuple[tuple[str, str], ...] = ()
    mode: Mode = "walk"
    slope: bool = False
    norms: str | None = None
    barriers: tuple[str, ...] = ()
    need_per_1000: float | None = None
    kernel: str | None = None
    changes: tuple[Change, ...] = ()
    scenario: str = ""

    def __post_init__(self) -> None:
        """Keep ``where`` as pairs, so that a request can be compared and hashed; raises InputError."""
        said: Any = self.where
        given = (said,) if isinstance(said, str) else said
        pairs = given.items() if isinstance(given, Mapping) else given
        object.__setattr__(self, "where", tuple(_pair(one) for one in pairs))

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """Pairs of field and value a facility must fit."""
        return tuple(_pair(one) for one in self.where)

    def as_json(self) -> dict[str, Any]:
        """Return every parameter as JSON values."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            **said,
            "on": self.on.isoformat() if self.on else None,
            "where": dict(self.filters),
            "barriers": list(self.barriers),
            "changes": [one.as_json() for one in self.changes],
        }

    def command(self) -> str:
        """Return the command line that asks the same."""
        words = ["fangyu", "cover", self.layer_id]
        for name in _WORDS:
            value = getattr(self, name)
            if value is not None:
                words += [
                    f"--{name.replace('_', '-')}",
                    digits(value) if isinstance(value, float) else str(value),
                ]
        for name, value in self.filters:
            words += ["--where", f"{name}={value}"]
        words += ["--mode", self.mode] if self.mode != "walk" else []
        words += ["--slope"] if self.slope else []
        words += [word for one in self.barriers for word in ("--barrier", one)]
        for change in self.changes:
            words += [f"--{change.action}", change.written()]
        return shlex.join(words)


def _pair(written: object) -> tuple[str, str]:
    """Read one condition: a pair, or ``field=value``."""
    parts = written.split("=", 1) if isinstance(written, str) else written
    if not isinstance(parts, tuple | list) or len(parts) != 2 or not str(parts[0]).strip():  # noqa: PLR2004 - a pair
        raise InputError(
            Text(f"where 的 {written!r} 读不懂。", f"where: {written!r} is not understood."),
            Text("请写成 {'字段': '值'} 或 '字段=值'。", "Write {'field': 'value'} or 'field=value'."),
        )
    return str(parts[0]).strip(), str(parts[1]).strip()
