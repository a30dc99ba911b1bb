"""How far a marker may be from where it should be before somebody has to look."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from layers.norms import NormProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerances:
    """Limits of the boundary checks; the defaults are those of the national norm profile.

    Attributes
    ----------
    single_m
        A single marker stands on its line; farther off than this calls for a look.
    group_m
        Double and triple markers stand on the banks; this leaves room for half a wide river.
    junction_m
        Ends of lines, and a marker and an end, nearer to each other than this are at one meeting of lines.
    order_m
        Two serials in the wrong order along the line by less than this are taken to be in order.
    inspection_years
        Years after which a joint inspection is due again.
    """

    single_m: float = 50.0
    group_m: float = 1000.0
    junction_m: float = 50.0
    order_m: float = 20.0
    inspection_years: int = 5

    @classmethod
    def of(cls, profile: NormProfile, on: date) -> Self:
        """Take the limits a norm profile gives on a day.

        Raises
        ------
        NotFoundError
            When the profile lacks one of them.
        """
        return cls(
            single_m=profile.number("marker_line_tolerance_m", on=on),
            group_m=profile.number("marker_pair_line_tolerance_m", on=on),
            junction_m=profile.number("marker_unit_tolerance_m", on=on),
            inspection_years=int(profile.number("boundary_inspection_years", on=on)),
        )
