"""Whether a worst served fifth tells units apart, how far its verdict holds, and which facilities would settle it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.situation import Situation
from gis.kernels.arrays import Flags, Floats, Ints
from layers.text import Text

_LEAST_UNITS = 5
_MOST_SHARE = 0.5
_FIRST = 3


def no_verdict(units: int, worst_share: Mapping[str, float | None], agree: int) -> Text | None:
    """Say why no unit can be called short; None where units can be told apart.

    Parameters
    ----------
    units
        Units with people. Fewer than five make no fifth.
    worst_share
        Per kernel, the share of people in units that are in the worst fifth for sure. A kernel that puts more than
        half of the people there (units of one score are kept together) tells nobody apart.
    agree
        Kernels a shortage needs.
    """
    if units < _LEAST_UNITS:
        return Text(
            f"只有 {units} 个有人口的单元，分不出“最少的五分之一”：至少要 {_LEAST_UNITS} 个才能比较，"
            "请用更细的单元（如 --by village）。",
            f"Only {units} with people: no fifth can be told apart. A comparison needs {_LEAST_UNITS} units or more; "
            "take smaller ones (such as --by village).",
        )
    shares = sorted(one for one in worst_share.values() if one is not None)
    if sum(one <= _MOST_SHARE for one in shares) >= agree:
        return None
    most = f"{shares[-1] if shares else 1.0:.1%}"
    return Text(
        f"“最少的五分之一”占人口 {most}（得分相同的单元不拆开），分不出高低：要有更多得分不同的单元才能比较，"
        "请用更细的单元或放宽界限；够不着的人数见表。",
        f"The worst served 'fifth' holds {most} of the people (units of one score are kept together) and tells nobody "
        "apart. A comparison needs more units of different scores: take smaller ones or widen the limit; people out "
        "of reach stand in the table.",
    )


def agreement(sure: Flags, perhaps: Flags, heads: Floats) -> dict[str, float | None]:
    """Share out the people by what the verdict on their unit hangs on; the three shares make 1.

    Parameters
    ----------
    sure, perhaps
        (n_kernels, n_units): in the worst fifth whatever silent facilities hold, and in it if they hold little.
    heads
        (n_units,): people. Without any every share is None.

    Returns
    -------
    dict
        ``stable_share``: all kernels agree, whatever silent facilities hold; ``kernel_share``: it hangs on the kernel
        only; ``undecided_share``: it hangs on what silent facilities hold.
    """
    names = ("stable_share", "kernel_share", "undecided_share")
    if not heads.sum() > 0:
        return dict.fromkeys(names)
    stable = ~perhaps.any(axis=0) | sure.all(axis=0)
    open_ = undecided(sure, perhaps)
    parts = (stable, ~stable & ~open_, open_)
    return {
        name: float(heads[members].sum() / heads.sum()) for name, members in zip(names, parts, strict=True)
    }


def undecided(sure: Flags, perhaps: Flags) -> Flags:
    """Tell which units (n_units,) what silent facilities hold decides."""
    stable = ~perhaps.any(axis=0) | sure.all(axis=0)
    return np.asarray(~stable & (sure != perhaps).any(axis=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFill:
    """A facility that does not tell what it holds; ``people`` are those of undecided units who reach it."""

    id: str
    name: str
    people: float

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {"id": self.id, "name": self.name, "people": round(self.people, 1)}


def fill_first(
    here: Situation, held: tuple[Floats, csr_matrix], people: Floats, units: Ints
) -> tuple[ToFill, ...]:
    """Name the silent facilities most people of some units reach, at most three.

    Parameters
    ----------
    held
        What each facility holds, nan where it does not tell; and travel over the limit, (n_supply, n_demand).
    people
        (n_demand,): 0 where they are unknown.
    units
        Rows of the undecided units.
    """
    beds, share = held
    whom = np.where(np.isin(here.demand.unit, units), people, 0.0)
    silent = np.flatnonzero(np.isnan(beds))
    reach = share[silent].tocsr(copy=True)
    reach.data = (reach.data <= 1.0).astype(np.float64)
    count = np.asarray(reach @ whom)
    order = np.argsort(-count, kind="stable")[:_FIRST]
    return tuple(
        ToFill(
            id=here.supply.ids[silent[at]],
            name=here.supply.name(int(silent[at])),
            people=float(count[at]),
        )
        for at in order.tolist()
        if count[at] > 0
    )
