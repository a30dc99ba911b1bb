"""Norm profiles: the numbers the checks rest on, each with its unit, jurisdiction, clause, dates and standing.

Almost every number differs by province, city, tier and date, so none of them stands in code. A profile is a file in
``data/norms``; it may extend another one, whose values it overlays.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from data import ROOT, shipped
from layers.errors import NotFoundError
from layers.text import Text


@dataclass(frozen=True, slots=True)
class NormValue:
    """One value of one parameter.

    Attributes
    ----------
    unit
        Unit of ``value``; empty for a ratio or a text.
    applies_to
        What the value is for, when a parameter has several (``new_quarter``); empty when it has one.
    effective_from, effective_to
        First and last day in force; None when not known.
    verified
        True only where the words of the rule itself were read. False marks an editable default.
    """

    param: str
    value: float | str
    unit: str
    label: Text
    jurisdiction: str
    source: str
    verified: bool
    applies_to: str = ""
    clause: str = ""
    effective_from: date | None = None
    effective_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Tell whether the value is in force on a day; unknown dates do not exclude it."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.effective_to is None or on <= self.effective_to)

    def as_json(self) -> dict[str, Any]:
        """Return what a result prints of the value it used."""
        return {
            "param": self.param,
            "value": self.value,
            "unit": self.unit,
            "applies_to": self.applies_to,
            "label": self.label._asdict(),
            "jurisdiction": self.jurisdiction,
            "source": self.source,
            "clause": self.clause,
            "verified": self.verified,
        }


@dataclass(frozen=True, slots=True)
class NormProfile:
    """The values of one jurisdiction; ``values`` lists its own first, then those it inherits."""

    id: str
    label: Text
    values: tuple[NormValue, ...]

    def value(self, param: str, *, applies_to: str = "", on: date | None = None) -> NormValue:
        """Return the value in force on a day (today when not said), own values before inherited ones.

        Raises
        ------
        NotFoundError
            When the profile has no such parameter, or none for ``applies_to``, or none in force that day.
        """
        day = on or date.today()  # noqa: DTZ011 - norms are dated by the office's calendar
        fitting = [one for one in self.values if one.param == param and one.applies_to == applies_to]
        for one in fitting:
            if one.in_force(day):
                return one
        raise self._missing(param, applies_to, day if fitting else None)

    def number(self, param: str, *, applies_to: str = "", on: date | None = None) -> float:
        """Return the value as a number; raises as ``value`` does, also when it is a text."""
        found = self.value(param, applies_to=applies_to, on=on).value
        if isinstance(found, str):
            raise NotFoundError(
                Text(
                    f"{self.id} 的 {param} 不是数字：{found}。",
                    f"{param} of {self.id} is no number: {found}.",
                )
            )
        return float(found)

    def _missing(self, param: str, applies_to: str, day: date | None) -> NotFoundError:
        asked = f"{param} [{applies_to}]" if applies_to else param
        if day is not None:
            return NotFoundError(
                Text(
                    f"规范方案“{self.id}”的 {asked} 在 {day} 没有有效的取值。",
                    f"Norm profile {self.id!r} has no value of {asked} in force on {day}.",
                )
            )
        known = sorted({one.param for one in self.values})
        return NotFoundError(
            Text(
                f"规范方案“{self.id}”没有参数 {asked}。",
                f"Norm profile {self.id!r} has no parameter {asked}.",
            ),
            Text(f"现有参数：{'、'.join(known)}。", f"Its parameters: {', '.join(known)}."),
        )


def profile_ids() -> tuple[str, ...]:
    """List the ids of the shipped profiles."""
    return tuple(sorted(path.stem for path in (ROOT / "norms").glob("*.toml")))


@cache
def load_profile(profile_id: str) -> NormProfile:
    """Read a shipped profile with everything it inherits.

    Raises
    ------
    NotFoundError
        When no profile of that id is shipped.
    """
    if profile_id not in profile_ids():
        raise NotFoundError(
            Text(f"没有规范方案“{profile_id}”。", f"There is no norm profile {profile_id!r}."),
            Text(f"可用的方案：{'、'.join(profile_ids())}。", f"Profiles: {', '.join(profile_ids())}."),
        )
    with shipped(f"norms/{profile_id}.toml").open("rb") as file:
        said = tomllib.load(file)
    own = tuple(_value(entry) for entry in said.get("norm", ()))
    inherited = load_profile(said["extends"]).values if "extends" in said else ()
    return NormProfile(said["id"], Text(said["zh"], said["en"]), own + inherited)


def printed(profile: NormProfile, values: Sequence[NormValue]) -> dict[str, Any]:
    """Return the profile id and the values used, the way every result prints them."""
    return {
        "profile": profile.id,
        "label": profile.label._asdict(),
        "values": [one.as_json() for one in values],
    }


def _value(entry: Mapping[str, Any]) -> NormValue:
    labels = Text(entry["zh"], entry["en"])
    rest = {key: value for key, value in entry.items() if key not in {"zh", "en"}}
    return NormValue(label=labels, **rest)
