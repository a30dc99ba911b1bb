"""What is asked of a choice of sites, and whether it makes sense."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from gis.coverage.changes import digits
from gis.coverage.request import CoverageRequest
from layers.errors import InputError
from layers.text import Text
from layers.vocabulary import label_of

Model = Literal["mclp", "lscp", "p-median", "p-center", "capacitated"]
MODEL_LABELS: Mapping[str, Text] = {
    "mclp": Text("最大覆盖：给定数量，覆盖人口最多", "MCLP: the most people with so many sites"),
    "lscp": Text("集合覆盖：全部覆盖，数量最少", "LSCP: everybody with the fewest sites"),
    "p-median": Text("中位：给定数量，步行总里程最少", "p-median: the least walking in all"),
    "p-center": Text("中心：给定数量，最远的人最近", "p-centre: the least walk of whoever is worst off"),
    "capacitated": Text(
        "带容量的最大覆盖：每处服务的人不超过容量", "capacitated MCLP: no site serves more than it holds"
    ),
}
BY_COST = frozenset({"p-median", "p-center"})
"""Models of how far people go, which look beyond the limit."""
GRID, STOCK = "grid", "stock"
LEVELS = ("village", "town", "county")
_BY_DISTANCE = (None, "C5", "C6")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRequest:
    """What is asked.

    Attributes
    ----------
    reach
        Layer, limit, day, population, filters and changes, as for coverage; facilities in service are fixed.
    sites
        New sites; None with ``target_share``, ``lscp``, or where a budget decides.
    target_share
        Share of the people to be covered; as many new sites as that takes (``mclp``).
    budget
        Most that all new sites may cost together; beside ``sites`` or in its place.
    cost_new, cost_stock, cost_field
        Cost of a new site, of a converted one (None: the same), and the field of the candidates' layer that tells it.
    capacity, capacity_field
        People or places a new site holds (``capacitated``); the field that says what a facility holds, None takes the
        layer's own.
    candidates
        A layer of the workspace, ``grid``, or ``stock``: places of other services that could be converted.
    prefer_stock
        Stock is used unless a new site serves more than this share beyond it; None treats both alike.
    spacing_m
        Spacing of the grid.
    apart_m
        Least distance between new sites, and between new and standing ones, in a straight line; None has none.
    per, at_most_per, at_least_per
        Level of units, and how many sites each may have at most and needs at least, standing ones counted.
    exclude, review_buffer_m
        Layers of areas in which nothing may stand, and the distance around them that calls for a review.
    curve, alternatives, within
        Greatest number on the curve (None: twice the sites, at least 10), other plans wanted, and what they may lose.
    time_limit_s, gap
        When a search may stop.
    """

    reach: CoverageRequest
    model: Model = "mclp"
    sites: int | None = None
    target_share: float | None = None
    budget: float | None = None
    cost_new: float = 1.0
    cost_stock: float | None = None
    cost_field: str | None = None
    capacity: float | None = None
    capacity_field: str | None = None
    candidates: str = GRID
    prefer_stock: float | None = None
    spacing_m: float = 500.0
    apart_m: float | None = None
    per: str | None = None
    at_most_per: int | None = None
    at_least_per: int = 0
    exclude: tuple[str, ...] = ()
    review_buffer_m: float = 0.0
    curve: int | None = None
    alternatives: int = 5
    within: float = 0.01
    time_limit_s: float = 60.0
    gap: float = 0.0

    @property
    def constrained(self) -> bool:
        """Tell whether a plan has more to keep than its number."""
        return self.apart_m is not None or self.per is not None or self.budget is not None

    def command(self) -> str:
        """Return the command line that asks the same."""
        words = shlex.split(self.reach.command())
        words[1] = "site"
        words += ["--model", self.model, "--candidates", self.candidates]
        gridded = self.candidates == GRID or (self.candidates == STOCK and self.prefer_stock is not None)
        words += ["--spacing-m", digits(self.spacing_m)] if gridded else []
        for name, default in _OPTIONS.items():
            value = getattr(self, name)
            if value != default:
                written = digits(value) if isinstance(value, float) else str(value)
                words += [f"--{name.replace('_', '-')}", written]
        words += [word for one in self.exclude for word in ("--exclude", one)]
        return shlex.join([*words, "--time-limit-s", digits(self.time_limit_s), "--gap", digits(self.gap)])


_OPTIONS: Mapping[str, float | str | None] = {
    "sites": None,
    "target_share": None,
    "budget": None,
    "cost_new": 1.0,
    "cost_stock": None,
    "cost_field": None,
    "capacity": None,
    "capacity_field": None,
    "prefer_stock": None,
    "apart_m": None,
    "per": None,
    "at_most_per": None,
    "at_least_per": 0,
    "review_buffer_m": 0.0,
    "curve": None,
    "alternatives": 5,
    "within": 0.01,
}
"""Options written only where they differ from this."""


def check(request: SiteRequest) -> None:
    """Refuse what contradicts itself; raises InputError."""
    if request.model not in get_args(Model):
        raise InputError(
            Text(f"没有模型“{request.model}”。", f"There is no model {request.model!r}."),
            Text(f"可用：{'、'.join(get_args(Model))}。", f"Models: {', '.join(get_args(Model))}."),
        )
    _check_number(request)
    _check_range(request)
    _check_rules(request)
    if request.reach.definition not in _BY_DISTANCE:
        raise InputError(
            Text(f"选址按距离计算，不能用 {request.reach.definition}。",
                 f"Sites are chosen by distance; {request.reach.definition} knows none."),
            Text("请不写 --definition，或用 C5、C6。", "Leave --definition out, or use C5 or C6."),
        )  # fmt: skip


def _check_number(request: SiteRequest) -> None:
    number, share, budget = (one is not None for one in (request.sites, request.target_share, request.budget))
    fits = {
        "lscp": not (number or share or budget),
        "mclp": number + share == 1 or (budget and not share),
    }
    if not fits.get(request.model, (number or budget) and not share):
        raise InputError(
            Text(f"模型 {request.model} 的新增处数（--sites）、目标份额（--target-share）和预算（--budget）给得不对。",
                 f"--sites, --target-share and --budget as given do not fit the model {request.model}."),
            Text("最大覆盖 mclp 给处数或目标份额，或给预算；p-median、p-center、capacitated 给处数或预算；"
                 "全覆盖 lscp 都不给。",
                 "mclp takes --sites or --target-share, or --budget; p-median, p-center and capacitated take --sites "
                 "or --budget; lscp none."),
        )  # fmt: skip
    if request.sites is not None and request.sites < 1:
        raise InputError(
            Text(f"新增站点数 {request.sites} 不是正整数。",
                 f"The number of new sites, {request.sites}, is below one.")
        )  # fmt: skip
    if request.target_share is not None and not 0 < request.target_share <= 1:
        raise InputError(
            Text(f"目标份额（--target-share）是 {request.target_share}，应在 0 与 1 之间。",
                 f"The share to cover, --target-share, is {request.target_share}; it has to lie between 0 and 1.")
        )  # fmt: skip


def _check_range(request: SiteRequest) -> None:
    names = ("budget", "cost_new", "cost_stock", "capacity", "prefer_stock", "apart_m", "review_buffer_m",
             "at_most_per", "at_least_per", "curve", "alternatives", "within")  # fmt: skip
    for name in names:
        value, option = getattr(request, name), f"--{name.replace('_', '-')}"
        if value is not None and not 0 <= value < float("inf"):
            raise InputError(
                Text(f"{option} 是 {value}，应为零或正数。", f"{option} is {value}, not zero or more.")
            )


def _check_rules(request: SiteRequest) -> None:
    if request.per is not None and request.per not in LEVELS:
        raise InputError(
            Text(f"单元级别（--per）不能是“{request.per}”。", f"--per cannot be {request.per!r}."),
            Text(f"可用：{'、'.join(LEVELS)}。", f"Use one of: {', '.join(LEVELS)}."),
        )
    if request.per is None and (request.at_most_per is not None or request.at_least_per):
        raise InputError(
            Text("给了每个单元的数量，没有说是哪一级单元。", "Numbers per unit are given, but not of which level."),
            Text("请加 --per town。", "Add --per town."),
        )  # fmt: skip
    most = request.at_most_per
    if most is not None and request.at_least_per > most:
        level = label_of("unit_level", str(request.per))
        raise InputError(
            Text(f"每个{level.zh}至少 {request.at_least_per} 处、至多 {most} 处，不能同时满足。",
                 f"At least {request.at_least_per} and at most {most} in each {level.en} contradict each other."),
            Text("请改 --at-least-per 或 --at-most-per。", "Change --at-least-per or --at-most-per."),
        )  # fmt: skip
    if request.prefer_stock is not None and (request.model != "mclp" or request.constrained):
        raise InputError(
            Text("优先用存量只用于 mclp，且不能与间距、每单元数量或预算同时给。",
                 "--prefer-stock goes with mclp only, without spacing, numbers per unit or a budget."),
            Text("有预算时可用 --cost-stock 表示存量更便宜。",
                 "With a budget, --cost-stock says that stock is cheaper."),
        )  # fmt: skip
