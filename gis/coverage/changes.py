"""Changes to what stands: a facility added, moved, closed, opened or resized. A scenario is a named list of them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from layers.errors import InputError
from layers.text import Text

Action = Literal["add", "move", "close", "open", "resize"]
_PLACED = ("add", "move")
ACTION_LABELS: Mapping[str, Text] = {
    "add": Text("新增", "add"),
    "move": Text("迁移", "move"),
    "close": Text("关停", "close"),
    "open": Text("启用", "open"),
    "resize": Text("改规模", "resize"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change to the facilities of a layer.

    Attributes
    ----------
    action
        ``add`` a facility at a place, ``move`` one there, ``close`` one (an outage, too), ``open`` one that is planned,
        suspended or closed, ``resize`` what one holds.
    id
        Of the facility; of an added one a new id.
    lon, lat
        Where, for ``add`` and ``move``; degrees, EPSG:4490.
    name
        Of an added facility.
    amounts
        What it holds, field and number: ``(("beds", 40.0),)``.
    """

    action: Action
    id: str
    lon: float | None = None
    lat: float | None = None
    name: str = ""
    amounts: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what makes no change; raises InputError."""
        if self.action not in get_args(Action):
            raise InputError(
                Text(f"没有“{self.action}”这种变动。", f"There is no change {self.action!r}."),
                Text(f"可用：{'、'.join(get_args(Action))}。", f"Use one of: {', '.join(get_args(Action))}."),
            )
        if not self.id:
            raise InputError(Text("变动没有写设施编号。", "The change names no facility."))
        placed = _is_degrees(self.lon, 180.0) and _is_degrees(self.lat, 90.0)
        if self.action in _PLACED and not placed:
            raise InputError(
                Text(
                    f"{ACTION_LABELS[self.action].zh} {self.id} 的经纬度不对：{_said(self.lon)}，{_said(self.lat)}。",
                    f"{self.action} {self.id} has no place on earth: {_said(self.lon)}, {_said(self.lat)}.",
                ),
                _place_hint(self.lon, self.lat),
            )
        wrong = [(name, value) for name, value in self.amounts if not 0 <= value < math.inf]
        if wrong:
            name, value = wrong[0]
            raise InputError(
                Text(
                    f"{self.id} 的 {name} 是 {value}，应为零或正数。",
                    f"{name} of {self.id} is {value}, not zero or more.",
                )
            )

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "action": self.action,
            "id": self.id,
            "lon": self.lon,
            "lat": self.lat,
            "name": self.name,
            "amounts": dict(self.amounts),
        }

    def written(self) -> str:
        """Write the change the way the command line takes it: ``id``, then ``;name`` and ``;beds=40``."""
        place = f"@{self.lon:.7f},{self.lat:.7f}" if self.action in _PLACED else ""
        more = [self.name] if self.name else []
        more += [f"{name}={digits(value)}" for name, value in self.amounts]
        return ";".join([f"{self.id}{place}", *more])

    @classmethod
    def read(cls, action: Action, words: str) -> "Change":
        """Read what ``written`` wrote; raises InputError where a place or an amount is no number."""
        first, *rest = words.split(";")
        id_, _, place = first.partition("@")
        lon, _, lat = place.partition(",")
        named = [one.strip() for one in rest if "=" not in one and one.strip()]
        amounts = [one.partition("=") for one in rest if "=" in one]
        return cls(
            action=action,
            id=id_.strip(),
            lon=_number(lon, words) if place else None,
            lat=_number(lat, words) if place else None,
            name=named[0] if named else "",
            amounts=tuple((name.strip(), _number(value, words)) for name, _, value in amounts),
        )

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Change":
        """Read what ``as_json`` wrote; raises InputError for what makes no change."""
        amounts = tuple((str(name), float(value)) for name, value in dict(said.get("amounts") or {}).items())
        return cls(
            action=said["action"],
            id=str(said["id"]),
            lon=said.get("lon"),
            lat=said.get("lat"),
            name=str(said.get("name") or ""),
            amounts=amounts,
        )


def digits(value: float) -> str:
    """Write a number as short as it can be read back unchanged: ``500`` for 500.0, ``1234.5678`` in full."""
    short = f"{value:g}"
    return short if float(short) == value else repr(float(value))


def _said(degrees: float | None) -> str:
    return "–" if degrees is None else f"{degrees:g}"


def _number(written: str, words: str) -> float:
    if not written.strip():
        raise InputError(
            Text(f"“{words}”里少写了一个数：@ 后面要有经度和纬度，= 后面要有数量。",
                 f"A number is missing in {words!r}: longitude and latitude after @, an amount after =."),
            Text("写法：编号@经度,纬度;名称;beds=40", "Write: id@lon,lat;name;beds=40"),
        )  # fmt: skip
    try:
        return float(written)
    except ValueError:
        raise InputError(
            Text(
                f"“{words}”里的“{written.strip()}”不是数。", f"{written.strip()!r} in {words!r} is no number."
            ),
            Text("写法：编号@经度,纬度;名称;beds=40", "Write: id@lon,lat;name;beds=40"),
        ) from None


def _place_hint(lon: float | None, lat: float | None) -> Text:
    if _is_degrees(lat, 180.0) and _is_degrees(lon, 90.0):
        return Text(
            f"经纬度顺序像是反了，请写经度在前：{lat},{lon}。",
            f"The order looks swapped; longitude comes first: {lat},{lon}.",
        )
    return Text("请写经度,纬度（CGCS2000）。", "Give longitude, latitude (CGCS2000).")


def _is_degrees(value: float | None, most: float) -> bool:
    return value is not None and -most <= value <= most
