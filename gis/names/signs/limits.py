"""The limits of the checks of signs and plates: values of a norm profile, none of them in code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Self

from layers.errors import InputError, NotFoundError
from layers.norms import NormProfile
from layers.text import Text
from layers.vocabulary import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class SignLimits:
    """Limits and local rules.

    Attributes
    ----------
    sign_road_max_m, plate_street_max_m
        How far a sign or plate may stand from the centre line of its street.
    sign_end_m
        A sign this near to an end of its road stands for that end.
    road_min_m
        Class of road to the length from which it needs signs; other classes are not judged.
    gap_numbers
        Neighbouring numbers of one side may differ by this much.
    order_slack_m
        How far numbers may be out of order.
    odd_side
        Side of the odd numbers, looking the way numbers rise.
    setup_days, repair_days
        Days to set up or repair a sign; None where the profile has no value: then only the dates given count.
    """

    sign_road_max_m: float
    plate_street_max_m: float
    sign_end_m: float
    gap_numbers: int
    order_slack_m: float
    odd_side: Literal["left", "right"]
    road_min_m: Mapping[str, float] = field(default_factory=dict)
    setup_days: int | None = None
    repair_days: int | None = None

    @classmethod
    def of(cls, profile: NormProfile, on: date) -> Self:
        """Take the limits a norm profile gives on a day.

        Raises
        ------
        NotFoundError
            When the profile lacks one that is not optional.
        InputError
            When ``plate_odd_side`` is neither ``left`` nor ``right``.
        """
        lengths = {one: _number(profile, "sign_road_min_m", on, one) for one in vocabulary("road_class")}
        setup, repair = (_number(profile, name, on) for name in ("sign_days", "sign_repair_days"))
        return cls(
            sign_road_max_m=profile.number("sign_road_max_m", on=on),
            plate_street_max_m=profile.number("plate_street_max_m", on=on),
            sign_end_m=profile.number("sign_end_m", on=on),
            gap_numbers=int(profile.number("plate_gap_numbers", on=on)),
            order_slack_m=profile.number("plate_order_slack_m", on=on),
            odd_side=_side(profile, on),
            road_min_m={key: value for key, value in lengths.items() if value is not None},
            setup_days=None if setup is None else int(setup),
            repair_days=None if repair is None else int(repair),
        )


def _number(profile: NormProfile, param: str, on: date, applies_to: str = "") -> float | None:
    try:
        return profile.number(param, applies_to=applies_to, on=on)
    except NotFoundError:
        return None


def _side(profile: NormProfile, on: date) -> Literal["left", "right"]:
    said = profile.value("plate_odd_side", on=on).value
    if said == "left":
        return "left"
    if said == "right":
        return "right"
    raise InputError(
        Text(
            f"规范方案“{profile.id}”的 plate_odd_side 是“{said}”，应为 left 或 right。",
            f"plate_odd_side of norm profile {profile.id!r} is {said!r}, neither left nor right.",
        )
    )
