"""How the beds a workspace has would be spread most evenly over the facilities it has, beside how they are."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.amounts import amounts_held, counting_note, supply_label
from gis.coverage.calling import called
from gis.coverage.catchments.accessing import (
    AccessRequest,
    access_words,
    checked_access,
    known_people,
    share_of_limit,
)
from gis.coverage.catchments.equity import deviation, gini
from gis.coverage.changes import digits
from gis.coverage.kernels import KERNELS
from gis.coverage.request import CoverageRequest
from gis.coverage.shown import Tabular
from gis.coverage.situation import Situation, situation_of
from gis.kernels.arrays import Floats, Ints
from gis.siting.redistribution import Redistribution, proportional, redistribute, whole
from layers.errors import InputError
from layers.norms import printed
from layers.progress import Progress, silent
from layers.text import Text, counted

if TYPE_CHECKING:
    from layers.workspace import Workspace

_PER = 1000.0
SPREADS: Mapping[str, Text] = {
    "now": Text("现状", "as it is"),
    "proportional": Text("按可达人口比例", "in proportion to the people in reach"),
    "best": Text("最均衡（凸二次规划）", "most even (convex QP)"),
    "best_whole": Text("最均衡，取整", "most even, whole numbers"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RedistributionRequest:
    """What is asked.

    Attributes
    ----------
    reach
        Layer, limit, level, day, population and filters, as for coverage.
    supply_field
        Field that counts what a facility holds; None takes the layer's own; ``amounts.COUNT`` counts each as 1.
    kernel
        Id of ``KERNELS``: how the pull of a facility falls with the way.
    supply_total
        What there is to spread; None takes what the facilities hold now.
    max_per_site
        Most for one facility; None is no limit.
    keep_existing
        Whether nobody loses any: each facility keeps at least what it holds.
    """

    reach: CoverageRequest
    supply_field: str | None = None
    kernel: str = "gaussian"
    supply_total: float | None = None
    max_per_site: float | None = None
    keep_existing: bool = False

    def command(self) -> str:
        """Return the command line that asks the same."""
        words = access_words(self.reach)
        words += ["--redistribute", "--supply", str(self.supply_field), "--kernel", self.kernel]
        for option, value in (("--supply-total", self.supply_total), ("--max-per-site", self.max_per_site)):
            words += [] if value is None else [option, digits(value)]
        return shlex.join([*words, *(["--keep-existing"] if self.keep_existing else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteShare:
    """One facility: what it holds now, and what it would hold; ``people`` are those who reach it."""

    id: str
    name: str
    people: float
    now: float
    proportional: float
    best: float
    best_whole: float

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "id": self.id,
            "name": self.name,
            "people_in_reach": round(self.people, 1),
            "now": self.now,
            "proportional": round(self.proportional, 2),
            "best": round(self.best, 2),
            "best_whole": self.best_whole,
            "change": round(self.best_whole - self.now, 2),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RedistributionReport(Tabular):
    """How beds would be spread, and how even that is.

    Attributes
    ----------
    spreads
        Per way of ``SPREADS``: mean and standard deviation per 1,000 people, their ratio, and Gini, all over people at
        their points of demand, those out of reach included.
    sd_bound
        Standard deviation per 1,000 people below which no spread can go.
    left_out
        Facilities that do not tell what they hold or where they are.
    """

    request: RedistributionRequest
    rows: tuple[SiteShare, ...]
    total: float
    spreads: Mapping[str, Mapping[str, float | None]]
    sd_bound: float
    found: Redistribution
    people: float
    people_out_of_reach: float
    unknown_people: int
    left_out: int
    assumptions: tuple[Text, ...]
    norms: Mapping[str, Any]
    made: Mapping[str, Any] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        asked = self.request
        return {
            "request": asked.reach.as_json()
            | {
                "supply_field": asked.supply_field,
                "kernel": asked.kernel,
                "supply_total": asked.supply_total,
                "max_per_site": asked.max_per_site,
                "keep_existing": asked.keep_existing,
            },
            "kernel": KERNELS[asked.kernel].as_json(),
            "total": self.total,
            "people": round(self.people, 1),
            "people_out_of_reach": round(self.people_out_of_reach, 1),
            "unknown": self.unknown_people,
            "left_out": self.left_out,
            "idle_sites": len(self.found.idle),
            "spreads": {
                name: {"label": SPREADS[name]._asdict()} | dict(one) for name, one in self.spreads.items()
            },
            "sd_bound": round(self.sd_bound, 4),
            "gap": float(f"{self.found.gap:.3g}"),
            "proven": self.found.proven,
            "rows": [one.as_json() for one in self.rows],
            "assumptions": [one._asdict() for one in self.assumptions],
            "norms": self.norms,
            "provenance": self.made,
            "command": asked.command(),
        }


@dataclass(frozen=True, slots=True)
class _Sites:
    """Facilities that tell what they hold and where they are: rows of the supply, what they hold, their pulls."""

    rows: Ints
    now: Floats
    pulls: csr_matrix


def redistribution(
    workspace: "Workspace", request: RedistributionRequest, progress: Progress = silent
) -> RedistributionReport:
    """Spread what the facilities hold so that access is as even as can be, and measure it beside other spreads.

    Raises
    ------
    InputError
        When parameters are unknown, contradict each other or leave no room for the total, no facility tells what it
        holds, or nobody reaches any.
    NotFoundError
        When the layer of facilities has no data, or nobody to be served is known.
    """
    asked = _checked(request)
    progress(Text("准备路网", "Preparing the road network"), 0, 2)
    here = situation_of(workspace, asked.reach)
    people, known = known_people(here)
    held = amounts_held(here, str(asked.supply_field))
    progress(Text("计算最均衡的分配", "Finding the most even spread"), 1, 2)
    placed = np.flatnonzero(np.isfinite(held) & np.isfinite(here.supply.lon))
    pulls = KERNELS[asked.kernel].pulls(share_of_limit(here))[placed]
    report = _report(asked, here, _Sites(placed, held[placed], pulls), people, int((~known).sum()))
    progress(Text("计算最均衡的分配", "Finding the most even spread"), 2, 2)
    return report


def _checked(request: RedistributionRequest) -> RedistributionRequest:
    filled = checked_access(
        AccessRequest(reach=request.reach, supply_field=request.supply_field, kernels=(request.kernel,))
    )
    for option, value in (("--supply-total", request.supply_total), ("--max-per-site", request.max_per_site)):
        if value is not None and not 0 <= value < float("inf"):
            raise InputError(
                Text(f"{option} 是 {value:g}，应为零或正数。", f"{option} is {value:g}, not zero or more.")
            )
    if request.keep_existing and request.supply_total is None:
        raise InputError(
            Text(
                "现有的都不动，又没有新增：没有可分配的。",
                "All keep what they hold and nothing is added: there is nothing to spread.",
            ),
            Text("请用 --supply-total 给出总量。", "Give the total with --supply-total."),
        )
    return RedistributionRequest(
        reach=filled.reach,
        supply_field=filled.supply_field,
        kernel=filled.kernels[0],
        supply_total=request.supply_total,
        max_per_site=request.max_per_site,
        keep_existing=request.keep_existing,
    )


def _report(
    asked: RedistributionRequest, here: Situation, sites: _Sites, people: Floats, unknown: int
) -> RedistributionReport:
    total = float(sites.now.sum()) if asked.supply_total is None else asked.supply_total
    lower = sites.now if asked.keep_existing else np.zeros(len(sites.now))
    upper = np.full(len(sites.now), np.inf if asked.max_per_site is None else asked.max_per_site)
    _check_bounds(here, sites, asked)
    found = redistribute(sites.pulls, people, total, lower, upper)
    by_way = {
        "now": sites.now,
        "proportional": proportional(sites.pulls, people, total, lower, upper),
        "best": found.supply,
        "best_whole": whole(found.supply, upper),
    }
    reached = np.diff(sites.pulls.tocsc().indptr) > 0
    return RedistributionReport(
        request=_resolved(asked, here),
        rows=_rows(here, sites, people, by_way),
        total=total,
        spreads={name: _evenness(sites.pulls, people, supply) for name, supply in by_way.items()},
        sd_bound=float(np.sqrt(found.bound / people.sum())) * _PER,
        found=found,
        people=float(people.sum()),
        people_out_of_reach=float(people[~reached].sum()),
        unknown_people=unknown,
        left_out=len(here.supply) - len(sites.rows),
        assumptions=_assumptions(asked, here, len(here.supply) - len(sites.rows), found),
        norms=printed(here.profile, [*here.plan.norms, here.profile.value("snap_max_m", on=here.plan.on)]),
        made=here.made,
    )


def _check_bounds(here: Situation, sites: _Sites, asked: RedistributionRequest) -> None:
    """Refuse a most per site below what a facility keeps, by the name of the one that holds most."""
    if not asked.keep_existing or asked.max_per_site is None:
        return
    above = np.flatnonzero(sites.now > asked.max_per_site)
    if not len(above):
        return
    at = int(above[np.argmax(sites.now[above])])
    row = int(sites.rows[at])
    who, most, now = called(here.supply.name(row), here.supply.ids[row]), asked.max_per_site, sites.now[at]
    raise InputError(
        Text(
            f"--keep-existing 与 --max-per-site {digits(most)} 冲突：{who.zh}现有 {now:g}，已超过每处上限"
            f"（共 {len(above)} 处如此）。",
            f"--keep-existing and --max-per-site {digits(most)} contradict each other: {who.en} holds {now:g} already "
            f"({counted(len(above), 'facility holds', 'facilities hold')} more than that).",
        ),
        Text(
            f"请把 --max-per-site 改为 {now:g} 或更大，或去掉 --keep-existing。",
            f"Give --max-per-site {now:g} or more, or leave out --keep-existing.",
        ),
    )


def _resolved(asked: RedistributionRequest, here: Situation) -> RedistributionRequest:
    return RedistributionRequest(
        reach=here.plan.request,
        supply_field=asked.supply_field,
        kernel=asked.kernel,
        supply_total=asked.supply_total,
        max_per_site=asked.max_per_site,
        keep_existing=asked.keep_existing,
    )


def _rows(
    here: Situation, sites: _Sites, people: Floats, by_way: Mapping[str, Floats]
) -> tuple[SiteShare, ...]:
    heads = (sites.pulls > 0) @ people
    ids = here.supply.frame["id"].to_numpy(object)
    rows = [
        SiteShare(
            id=str(ids[row]),
            name=here.supply.name(int(row)),
            people=float(heads[at]),
            now=float(by_way["now"][at]),
            proportional=float(by_way["proportional"][at]),
            best=float(by_way["best"][at]),
            best_whole=float(by_way["best_whole"][at]),
        )
        for at, row in enumerate(sites.rows.tolist())
    ]
    return tuple(sorted(rows, key=lambda one: (one.now - one.best_whole, one.id)))


def _evenness(pulls: csr_matrix, people: Floats, supply: Floats) -> dict[str, float | None]:
    asked = pulls @ people
    access = pulls.T @ np.divide(supply, asked, out=np.zeros(len(asked)), where=asked > 0)
    if not access @ people > 0:
        return dict.fromkeys(("mean", "sd", "relative_sd", "gini"))
    mean, sd = float(access @ people / people.sum()), deviation(access, people)
    return {
        "mean": round(mean * _PER, 3),
        "sd": round(sd * _PER, 4),
        "relative_sd": round(sd / mean, 4),
        "gini": round(gini(access, people), 4),
    }


def _assumptions(
    asked: RedistributionRequest, here: Situation, left_out: int, found: Redistribution
) -> tuple[Text, ...]:
    said = [*here.plan.assumptions, *here.supply.assumptions, *here.demand.assumptions]
    said += counting_note(str(asked.supply_field))
    label = supply_label(here.plan.request.layer_id, str(asked.supply_field))
    if left_out:
        said.append(
            Text(
                f"{left_out} 处设施没有填{label.zh}或没有位置，没有参与分配。",
                f"Facilities that do not tell {label.en.lower()} or their place, and took no part: {left_out}.",
            )
        )
    if len(found.idle):
        said.append(
            Text(
                f"{len(found.idle)} 处设施在界限内没有人，只保留下限。",
                f"{counted(len(found.idle), 'facility has', 'facilities have')} nobody within the limit and "
                "keep only their least.",
            )
        )
    said.append(
        Text(
            f"设施位置不变，使各处人口的可达供给方差最小；界限 {here.plan.limit_text.zh}。只供比较，不是搬迁建议。",
            f"Facilities stay where they are; the variance of what people reach is least. The limit is "
            f"{here.plan.limit_text.en}. An optimum to compare with, not advice to move beds.",
        )
    )
    return tuple(dict.fromkeys(said))
