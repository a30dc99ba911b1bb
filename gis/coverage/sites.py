"""Where the next sites go: what stands stays, new ones are chosen with a proven bound, and each says what it adds."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.candidates import GRID, Candidates, candidates_of
from gis.coverage.provenance import provenance
from gis.coverage.request import CoverageRequest
from gis.coverage.situation import Situation, situation_of, travel_m
from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting import SitingPlan, lscp, mclp, p_center, p_median
from layers.errors import InputError
from layers.norms import printed
from layers.progress import Progress, silent
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

Model = Literal["mclp", "lscp", "p-median", "p-center"]
MODEL_LABELS: Mapping[str, Text] = {
    "mclp": Text("最大覆盖：给定数量，覆盖人口最多", "MCLP: the most people with so many sites"),
    "lscp": Text("集合覆盖：全部覆盖，数量最少", "LSCP: everybody with the fewest sites"),
    "p-median": Text("中位：给定数量，步行总里程最少", "p-median: the least walking in all"),
    "p-center": Text("中心：给定数量，最远的人最近", "p-centre: the least walk of whoever is worst off"),
}
_FAR = 10.0
"""Times the limit within which median and centre look; whoever is farther counts as out of reach."""
_MOST_NEW = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRequest:
    """What is asked.

    Attributes
    ----------
    reach
        Layer, limit, day, population and filters, as for coverage; facilities in service are fixed.
    sites
        New sites; None with ``target_share`` or ``lscp``.
    target_share
        Share of the people to be covered; as many new sites as that takes (``mclp``).
    candidates
        A layer of the workspace, or ``grid``.
    spacing_m
        Spacing of the grid.
    exclude
        Layers of areas in which nothing may stand.
    time_limit_s, gap
        When a search may stop.
    """

    reach: CoverageRequest
    model: Model = "mclp"
    sites: int | None = None
    target_share: float | None = None
    candidates: str = GRID
    spacing_m: float = 500.0
    exclude: tuple[str, ...] = ()
    time_limit_s: float = 60.0
    gap: float = 0.0

    def command(self) -> str:
        """Return the command line that asks the same."""
        words = shlex.split(self.reach.command())
        words[1] = "site"
        words += ["--model", self.model, "--candidates", self.candidates]
        words += ["--spacing-m", f"{self.spacing_m:g}"] if self.candidates == GRID else []
        words += ["--sites", str(self.sites)] if self.sites is not None else []
        words += ["--target-share", f"{self.target_share:g}"] if self.target_share is not None else []
        words += [word for one in self.exclude for word in ("--exclude", one)]
        return shlex.join([*words, "--time-limit-s", f"{self.time_limit_s:g}", "--gap", f"{self.gap:g}"])


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """A chosen place; ``adds`` people are covered by it beyond those before it in the order.

    ``unit`` is the name of the unit it lies in, empty where that is not known.
    """

    id: str
    name: str
    lon: float
    lat: float
    unit: str
    adds: float

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "id": self.id,
            "name": self.name,
            "unit": self.unit,
            "lon": round(self.lon, 7),
            "lat": round(self.lat, 7),
            "adds": round(self.adds, 1),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """The plan, what it buys, and how sure that is.

    Attributes
    ----------
    before, after
        People covered by what stands, and with the plan; ``people`` is everybody of known number and place.
    unreachable
        People whom no candidate and no facility reaches within the limit.
    curve
        People covered by what stands and the first k new sites, k = 0, 1, …
    """

    request: SiteRequest
    new_sites: tuple[NewSite, ...]
    existing: int
    people: float
    unknown: int
    before: float
    after: float
    unreachable: float
    curve: tuple[float, ...]
    plan: SitingPlan
    assumptions: tuple[Text, ...]
    norms: Mapping[str, Any]
    made: Mapping[str, Any] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        share = (lambda part: part / self.people) if self.people > 0 else (lambda _: None)
        return {
            "model": self.request.model,
            "model_label": MODEL_LABELS[self.request.model]._asdict(),
            "request": self.request.reach.as_json(),
            "existing": self.existing,
            "new_sites": [
                {"order": order} | one.as_json() for order, one in enumerate(self.new_sites, start=1)
            ],
            "people": round(self.people, 1),
            "unknown": self.unknown,
            "before": {"people": round(self.before, 1), "share": share(self.before)},
            "after": {"people": round(self.after, 1), "share": share(self.after)},
            "unserved": round(self.people - self.after, 1),
            "unreachable": round(self.unreachable, 1),
            "curve": [
                {"sites": k, "people": round(one, 1), "share": share(one)} for k, one in enumerate(self.curve)
            ],
            "objective": self.plan.objective,
            "bound": self.plan.bound,
            "gap": self.plan.gap,
            "proven": self.plan.proven,
            "seconds": round(self.plan.seconds, 2),
            "notes": [one._asdict() for one in self.plan.notes],
            "assumptions": [one._asdict() for one in self.assumptions],
            "norms": self.norms,
            "provenance": self.made,
            "command": self.request.command(),
        }


def place_sites(workspace: "Workspace", request: SiteRequest, progress: Progress = silent) -> SiteReport:
    """Choose new sites for a layer of services; facilities in service stay where they are.

    Raises
    ------
    InputError
        When parameters contradict each other, candidates cannot be used, or the target cannot be reached.
    NotFoundError
        When a layer has no data, or nobody to be served is known.
    """
    _check(request)
    progress(Text("准备路网", "Preparing the road network"), 0, 3)
    here = situation_of(workspace, request.reach)
    limit_m = here.plan.limits_m[here.plan.main]
    offered = candidates_of(
        workspace, request.candidates, here.demand, spacing_m=request.spacing_m, exclude=request.exclude
    )
    progress(Text("计算到各候选点的距离", "Measuring to the candidates"), 1, 3)
    far = limit_m if request.model in {"mclp", "lscp"} else _FAR * limit_m
    table = _table(here, offered, far)
    known = np.isfinite(here.demand.weight) & np.isfinite(here.demand.lon)
    people = np.where(known, here.demand.weight, 0.0)
    progress(Text("求解", "Solving"), 2, 3)
    plan = _solved(request, table, people, len(here.supply))
    report = _report(workspace, request, here, offered, table, people, plan, limit_m)
    progress(Text("求解", "Solving"), 3, 3)
    return report


def _check(request: SiteRequest) -> None:
    if request.model not in get_args(Model):
        raise InputError(
            Text(f"没有模型“{request.model}”。", f"There is no model {request.model!r}."),
            Text(f"可用：{'、'.join(get_args(Model))}。", f"Models: {', '.join(get_args(Model))}."),
        )
    given = [request.sites is not None, request.target_share is not None]
    wanted = 0 if request.model == "lscp" else 1
    if sum(given) != wanted or (request.target_share is not None and request.model != "mclp"):
        raise InputError(
            Text(f"模型 {request.model} 的 sites 与 target_share 给得不对。",
                 f"sites and target_share do not fit the model {request.model}."),
            Text("mclp 给 sites 或 target_share 之一；p-median、p-center 给 sites；lscp 都不给。",
                 "mclp takes one of them, p-median and p-center take sites, lscp neither."),
        )  # fmt: skip
    if request.sites is not None and request.sites < 1:
        raise InputError(
            Text(
                f"新增站点数 {request.sites} 不是正整数。",
                f"The number of new sites, {request.sites}, is below one.",
            )
        )
    if request.target_share is not None and not 0 < request.target_share <= 1:
        raise InputError(
            Text(f"target_share 是 {request.target_share}，应在 0 与 1 之间。",
                 f"target_share is {request.target_share}; it has to lie between 0 and 1.")
        )  # fmt: skip


def _table(here: Situation, offered: Candidates, limit_m: float) -> csr_matrix:
    """Return metres (n_demand, existing + candidates); facilities in service come first."""
    lon = np.concatenate([here.supply.lon, offered.lon])
    lat = np.concatenate([here.supply.lat, offered.lat])
    return csr_matrix(travel_m(here, lon, lat, limit_m=limit_m).T)


def _solved(request: SiteRequest, table: csr_matrix, people: Floats, existing: int) -> SitingPlan:
    fixed = np.arange(existing)
    how: dict[str, Any] = {"time_limit_s": request.time_limit_s, "gap": request.gap}
    asked = np.flatnonzero(people > 0)
    if request.model == "lscp":
        return lscp(table[asked], fixed, **how)
    if request.model == "mclp":
        number = request.sites if request.sites is not None else _enough(request, table, people, existing)
        return mclp(table, people, existing + number, fixed, **how)
    sites = existing + int(request.sites or 0)
    if request.model == "p-median":
        return p_median(table, people, sites, fixed, **how)
    return p_center(table[asked], sites, fixed, **how)


def _enough(request: SiteRequest, table: csr_matrix, people: Floats, existing: int) -> int:
    """Find how few new sites reach the target, by bisection over plans within 1 %."""
    target, most = (
        float(request.target_share or 0.0) * people.sum(),
        min(table.shape[1] - existing, _MOST_NEW),
    )

    def covered(number: int) -> float:
        plan = mclp(
            table, people, existing + number, np.arange(existing), gap=0.01, time_limit_s=request.time_limit_s
        )
        return plan.objective

    if existing and _covered(table, people, np.arange(existing)).sum() >= target:
        return 0
    reached = covered(most)
    if reached < target:
        share = reached / people.sum() if people.sum() else 0.0
        raise InputError(
            Text(f"{most} 个新站点也只能覆盖 {share:.1%}，达不到 {request.target_share:.1%}。",
                 f"Even {most} new sites cover only {share:.1%}, not {request.target_share:.1%}."),
            Text("请放宽距离、增加候选点或降低目标。", "Allow a longer way, more candidates or a lower target."),
        )  # fmt: skip
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if covered(middle) >= target else (middle + 1, high)
    return low


def _covered(table: csr_matrix, people: Floats, columns: Ints, limit_m: float = np.inf) -> Floats:
    """Return the people of each demand that some of the columns reaches within the limit."""
    chosen = np.zeros(table.shape[1], bool)
    chosen[columns] = True
    hits = np.concatenate([[0], np.cumsum(chosen[table.indices] & (table.data <= limit_m))])
    return np.where(hits[table.indptr[1:]] > hits[table.indptr[:-1]], people, 0.0)


def _report(  # noqa: PLR0913, PLR0917 - the parts of one report
    workspace: "Workspace",
    request: SiteRequest,
    here: Situation,
    offered: Candidates,
    table: csr_matrix,
    people: Floats,
    plan: SitingPlan,
    limit_m: float,
) -> SiteReport:
    existing = len(here.supply)
    new = plan.sites[plan.sites >= existing]
    order, curve = _in_order(table, people, existing, new, limit_m)
    reachable = _covered(table, people, np.arange(table.shape[1]), limit_m)
    said = [*here.plan.assumptions, *here.supply.assumptions, *here.demand.assumptions, *offered.assumptions]
    said.append(
        Text(f"界限 {here.plan.limit_text.zh}；现有 {existing} 处在用设施保留不动。",
             f"The limit is {here.plan.limit_text.en}; the {existing} facilities in service stay.")
    )  # fmt: skip
    gains, homes = np.diff(curve), _unit_names(here, offered)
    return SiteReport(
        request=replace(request, reach=here.plan.request),
        new_sites=tuple(
            NewSite(
                id=offered.ids[at - existing],
                name=offered.names[at - existing],
                lon=float(offered.lon[at - existing]),
                lat=float(offered.lat[at - existing]),
                unit=homes[at - existing],
                adds=float(gain),
            )
            for at, gain in zip(order, gains, strict=True)
        ),
        existing=existing,
        people=float(people.sum()),
        unknown=int((~_known(here)).sum()),
        before=curve[0],
        after=curve[-1],
        unreachable=float(people.sum() - reachable.sum()),
        curve=tuple(curve),
        plan=plan,
        assumptions=tuple(dict.fromkeys(said)),
        norms=printed(here.profile, [*here.plan.norms, here.profile.value("snap_max_m", on=here.plan.on)]),
        made=provenance(workspace, (*here.layer_ids, request.candidates, *request.exclude), on=here.plan.on),
    )


def _unit_names(here: Situation, offered: Candidates) -> list[str]:
    """Name the unit each candidate lies in, at the level of the report."""
    level = here.plan.request.by
    inside = here.units.locate(offered.lon, offered.lat, [None] * len(offered), level)
    names = here.units.frame["name"].astype(str).tolist()
    return [names[at] if at >= 0 and not here.units.whole else "" for at in inside.tolist()]


def _known(here: Situation) -> Flags:
    return np.asarray(np.isfinite(here.demand.weight) & np.isfinite(here.demand.lon))


def _in_order(
    table: csr_matrix, people: Floats, existing: int, new: Ints, limit_m: float
) -> tuple[list[int], list[float]]:
    """Order new sites by what each adds to those before it; also return people covered after each."""
    covered = _covered(table, people, np.arange(existing), limit_m) > 0
    reach = {int(one): _covered(table, people, np.array([one]), limit_m) > 0 for one in new}
    order, curve = [], [float(people[covered].sum())]
    while reach:
        best = max(reach, key=lambda one: (float(people[reach[one] & ~covered].sum()), -one))
        covered |= reach.pop(best)
        order.append(best)
        curve.append(float(people[covered].sum()))
    return order, curve
