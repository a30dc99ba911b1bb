"""Access in a workspace: what each place can reach of beds or meals, under several kernels, and how evenly."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.amounts import COUNT, amounts_held, counting_note, supply_label
from gis.coverage.catchments.stability import changes, fifths, worst_fifth
from gis.coverage.catchments.sums import by_unit, evenness_of, people_by_unit, reaching_silent, worst_share
from gis.coverage.catchments.verdict import ToFill, agreement, fill_first, no_verdict, undecided
from gis.coverage.kernels import KERNELS, Scored, within_share
from gis.coverage.request import CoverageRequest
from gis.coverage.shown import Shown, Tabular
from gis.coverage.situation import Situation, made_of, situation_of, travel_m
from gis.kernels.arrays import Flags, Floats
from layers.errors import InputError
from layers.model import Kind
from layers.norms import printed
from layers.progress import Progress, silent
from layers.specs import spec_of
from layers.text import Text, counted

if TYPE_CHECKING:
    from layers.workspace import Workspace

SUPPLY_FIELDS: Mapping[str, str] = {
    "care_facility": "beds",
    "meal_point": "meals_per_day",
    "shelter": "capacity",
}
"""What counts as supply when a question does not say."""
_PER = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRequest:
    """What is asked.

    Attributes
    ----------
    reach
        Layer, limit, level, day, population and filters, as for coverage.
    supply_field
        Field that counts what a facility holds; None takes the layer's own (beds, meals a day); ``COUNT`` counts every
        facility as 1.
    kernels
        Ids of ``KERNELS``; all of them by default.
    agree
        Kernels that have to put a unit among the worst served fifth before it is called short.
    """

    reach: CoverageRequest
    supply_field: str | None = None
    kernels: tuple[str, ...] = tuple(KERNELS)
    agree: int | None = None

    def command(self) -> str:
        """Return the command line that asks the same."""
        words = access_words(self.reach)
        words += ["--supply", str(self.supply_field)]
        words += [word for one in self.kernels for word in ("--kernel", one)]
        return shlex.join([*words, "--agree", str(self.agree)])


def access_words(reach: CoverageRequest) -> list[str]:
    """Return the first words of a command line about access: the layer, the limit and whom it is about."""
    travel = reach.travel or ("straight" if reach.definition == "C5" else None)
    asked = replace(reach, definition=None, need_per_1000=None, kernel=None, travel=travel)
    return ["fangyu", "access", *shlex.split(asked.command())[2:]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """One unit: people, what they reach per 1,000 under each kernel, and how many kernels call it worst served.

    Attributes
    ----------
    per_1000
        The least, where ``at_least`` is not 0: what silent facilities hold comes on top.
    worst_in, may_be_worst_in
        Kernels that put the unit into the worst served fifth whatever silent facilities hold, and those that may.
    short
        None where what silent facilities hold decides it, or units cannot be compared.
    at_least
        People who reach a facility that does not tell what it holds.
    """

    code: str
    name: str
    people: float
    per_1000: tuple[float | None, ...]
    worst_in: int
    may_be_worst_in: int
    short: bool | None
    out_of_reach: float
    at_least: float

    def as_json(self, kernels: tuple[str, ...]) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "code": self.code,
            "name": self.name,
            "people": round(self.people, 1),
            "per_1000": {
                name: None if value is None else round(value, 3)
                for name, value in zip(kernels, self.per_1000, strict=True)
            },
            "bound": "at_least" if self.at_least > 0 else "exact",
            "worst_in": self.worst_in,
            "may_be_worst_in": self.may_be_worst_in,
            "short": self.short,
            "people_at_least": round(self.at_least, 1),
            "people_out_of_reach": round(self.out_of_reach, 1),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReport(Tabular):
    """What is reached, how evenly, and how far that hangs on the kernel.

    Attributes
    ----------
    people, unknown_people
        People of known place; points of demand whose number or place is unknown.
    supply, idle
        All that the facilities hold, and the part nobody reaches.
    no_verdict
        Why no unit can be called short: too few units, or a worst fifth that holds most of the people; else None.
    agreement
        Shares of people by what the verdict on their unit hangs on: see ``gis.coverage.catchments.verdict.agreement``;
        None where there is no verdict.
    fill_first
        The facilities whose silence leaves most people undecided.
    worst_share
        Per kernel, the share of people in units that are in the worst fifth for sure: more than a fifth where many
        units have the same.
    classes
        Of the people in units that reach no silent facility.
        How far fifths of the people hang on the kernel: see ``gis.coverage.catchments.stability.changes``.
    evenness
        Per kernel: Gini and standard deviation at the level of the rows and at the points of demand, the Lorenz curve
        and the Palma-style share.
    shown
        What it can be drawn on.
    """

    request: AccessRequest
    rows: tuple[AccessRow, ...]
    people: float
    unknown_people: int
    supply: float
    idle: float
    no_supply_known: int
    no_verdict: Text | None
    agreement: Mapping[str, float | None]
    fill_first: tuple[ToFill, ...]
    worst_share: Mapping[str, float | None]
    classes: Mapping[str, float | None]
    evenness: Mapping[str, Mapping[str, Any]]
    assumptions: tuple[Text, ...]
    norms: Mapping[str, Any]
    made: Mapping[str, Any] = field(repr=False)
    shown: Shown | None = field(default=None, repr=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        kernels = self.request.kernels
        asked = self.request.reach.as_json()
        return {
            "request": asked | {"supply_field": self.request.supply_field, "agree": self.request.agree},
            "kernels": {name: KERNELS[name].as_json() for name in kernels},
            "people": round(self.people, 1),
            "unknown": self.unknown_people,
            "supply": self.supply,
            "idle_supply": self.idle,
            "facilities_without_supply": self.no_supply_known,
            "people_short": round(sum(row.people for row in self.rows if row.short), 1),
            "people_unsettled": round(sum(row.people for row in self.rows if row.short is None), 1),
            "people_at_least": round(sum(row.at_least for row in self.rows), 1),
            "worst_share": dict(self.worst_share),
            "no_verdict": self.no_verdict._asdict() if self.no_verdict else None,
            **self.agreement,
            "fill_first": [one.as_json() for one in self.fill_first],
            "classes": dict(self.classes),
            "evenness": dict(self.evenness),
            "rows": [row.as_json(kernels) for row in self.rows],
            "assumptions": [one._asdict() for one in self.assumptions],
            "norms": self.norms,
            "provenance": self.made,
            "command": self.request.command(),
        }


def access(workspace: "Workspace", request: AccessRequest, progress: Progress = silent) -> AccessReport:
    """Score every unit by the supply its people reach, under each kernel.

    A unit is short only where at least ``agree`` kernels (most of them, when not said) put it into the worst served
    fifth of the people, whatever the facilities hold that do not tell: which units a single kernel names hangs on the
    choice of the kernel more than on the place.

    Raises
    ------
    InputError
        When parameters are unknown, contradict each other, or no facility tells what it holds.
    NotFoundError
        When the layer of facilities has no data, or nobody to be served is known.
    """
    asked = checked_access(request)
    progress(Text("准备路网", "Preparing the road network"), 0, 2)
    here = situation_of(workspace, asked.reach)
    beds = amounts_held(here, str(asked.supply_field))
    people, known = known_people(here)
    progress(Text("计算可达供给", "Searching supply in reach"), 1, 2)
    share = share_of_limit(here)
    scores = [KERNELS[name].scores(share, np.nan_to_num(beds), people) for name in asked.kernels]
    report = _report(workspace, asked, here, (people, known), (beds, share), scores)
    progress(Text("计算可达供给", "Searching supply in reach"), 2, 2)
    return report


def checked_access(request: AccessRequest) -> AccessRequest:
    """Fill in what was left open; raises InputError for what is unknown or no amount."""
    unknown = [name for name in request.kernels if name not in KERNELS]
    if unknown or not request.kernels:
        raise InputError(
            Text(
                f"没有名为“{'、'.join(unknown)}”的衰减函数。",
                f"There is no kernel called {', '.join(unknown)}.",
            ),
            Text(f"可用：{'、'.join(KERNELS)}。", f"Kernels: {', '.join(KERNELS)}."),
        )
    if request.reach.definition not in {None, "C5", "C6"}:
        raise InputError(
            Text(
                f"可达供给按距离计算，不能用 {request.reach.definition}。",
                f"Access is about distances: {request.reach.definition} is of no use.",
            ),
            Text(
                "可用 C5（直线）或 C6（路网），也可以不写。",
                "Use C5 (straight) or C6 (by road), or leave it out.",
            ),
        )
    kernels = tuple(dict.fromkeys(request.kernels))
    agree = request.agree if request.agree is not None else len(kernels) // 2 + 1
    if not 1 <= agree <= len(kernels):
        raise InputError(
            Text(f"几种算法一致才算（--agree）是 {agree}，应在 1 与衰减函数个数 {len(kernels)} 之间。",
                 f"--agree is {agree}; it has to lie between 1 and the number of kernels, {len(kernels)}.")
        )  # fmt: skip
    layer = request.reach.layer_id
    name = request.supply_field or SUPPLY_FIELDS.get(layer)
    if name is None:
        raise InputError(
            Text(f"图层 {layer} 没有默认的供给量字段。", f"Layer {layer} has no field of supply of its own."),
            Text(
                f"请用 --supply 指明字段，或写 --supply {COUNT}：每处设施计 1。",
                f"Name the field with --supply, or give --supply {COUNT}: every facility counts 1.",
            ),
        )
    if name != COUNT and spec_of(layer).field(name).kind not in {Kind.INT, Kind.FLOAT}:
        raise InputError(Text(f"{layer} 的 {name} 不是数量。", f"{name} of {layer} is no amount."))
    return replace(request, kernels=kernels, agree=agree, supply_field=name)


def known_people(here: Situation) -> tuple[Floats, Flags]:
    """Return the people at each point of demand, 0 where they or their place are unknown, and which are known."""
    known = np.isfinite(here.demand.weight) & np.isfinite(here.demand.lon)
    return np.where(known, here.demand.weight, 0.0), known


def share_of_limit(here: Situation) -> csr_matrix:
    """Return the way from every facility to every point of demand in reach, as a share of the limit."""
    limit_m = here.plan.limits_m[here.plan.main]
    table = travel_m(here, here.supply.lon, here.supply.lat, limit_m=limit_m)
    return within_share(table, limit_m)


def _report(
    workspace: "Workspace",
    asked: AccessRequest,
    here: Situation,
    whom: tuple[Floats, Flags],
    held: tuple[Floats, csr_matrix],
    scores: list[Scored],
) -> AccessReport:
    (people, known), (beds, share) = whom, held
    per_unit, heads, units = by_unit(here, people, scores)
    lost = people_by_unit(here, people, scores[0].out, units)
    open_ = people_by_unit(here, people, reaching_silent(share, beds), units)
    bounds = [worst_fifth(least, np.where(open_ > 0, np.inf, least), heads) for least in per_unit]
    sure, perhaps = (np.array([one[side] for one in bounds]) for side in (0, 1))
    count, most = sure.sum(axis=0), perhaps.sum(axis=0)
    agree, shares = asked.agree or 1, worst_share(asked.kernels, sure, heads)
    mute = no_verdict(len(units), shares, agree)
    unknown = units[undecided(sure, perhaps)]
    rows = tuple(
        AccessRow(
            code=str(here.units.frame["code"].iloc[unit]),
            name=str(here.units.frame["name"].iloc[unit]),
            people=float(heads[at]),
            per_1000=tuple(float(values[at] * _PER) for values in per_unit),
            worst_in=int(count[at]),
            may_be_worst_in=int(most[at]),
            short=_short(int(count[at]), int(most[at]), agree) if mute is None else None,
            out_of_reach=float(lost[at]),
            at_least=float(open_[at]),
        )
        for at, unit in enumerate(units.tolist())
    )
    return AccessReport(
        request=replace(asked, reach=here.plan.request),
        rows=tuple(sorted(rows, key=lambda row: (-row.worst_in, -row.may_be_worst_in, row.code))),
        people=float(people.sum()),
        unknown_people=int((~known).sum()),
        supply=float(np.nansum(beds)),
        idle=float(np.nansum(beds[scores[0].idle])),
        no_supply_known=int(np.isnan(beds).sum()),
        no_verdict=mute,
        agreement=agreement(sure, perhaps, heads if mute is None else np.zeros(len(heads))),
        fill_first=fill_first(here, held, people, unknown) if mute is None else (),
        worst_share=shares,
        classes=changes([fifths(values, heads) for values in per_unit], np.where(open_ > 0, 0.0, heads)),
        evenness={
            name: evenness_of(here, values, heads, one.values, people)
            for name, values, one in zip(asked.kernels, per_unit, scores, strict=True)
        },
        assumptions=_assumptions(here, asked, beds),
        norms=printed(here.profile, [*here.plan.norms, here.profile.value("snap_max_m", on=here.plan.on)]),
        made=made_of(workspace, here),
        shown=Shown(here.units.frame, here.supply.frame),
    )


def _short(sure: int, perhaps: int, agree: int) -> bool | None:
    """Tell whether enough kernels put a unit into the worst fifth; None where silent facilities decide it."""
    return True if sure >= agree else False if perhaps < agree else None


def _assumptions(here: Situation, asked: AccessRequest, beds: Floats) -> tuple[Text, ...]:
    said = [*here.plan.assumptions, *here.supply.assumptions, *here.demand.assumptions]
    silent_ones = int(np.isnan(beds).sum())
    said += counting_note(str(asked.supply_field))
    name = supply_label(asked.reach.layer_id, str(asked.supply_field))
    if silent_ones:
        said.append(
            Text(
                f"{silent_ones} 处设施没有填{name.zh}，供给量未知：够得着它们的人，得分只是下限（至少），"
                "所在单元不论它们有多少都属最少的五分之一才称短缺，否则列为不能判断；基尼系数和标准差只按已填的供给量计。",
                f"{counted(silent_ones, 'facility does', 'facilities do')} not tell {name.en.lower()}: what "
                "people who reach them have is a least, "
                "and their unit is called short only where it is so whatever these hold, else unsettled; Gini and "
                "standard deviation count what is told only.",
            )
        )
    said.append(
        Text(
            f"界限 {here.plan.limit_text.zh}；“短缺”指 {len(asked.kernels)} 种衰减函数中至少 {asked.agree} 种"
            "把该单元列入可达供给最少的五分之一人口。",
            f"The limit is {here.plan.limit_text.en}. A unit is short where at least {asked.agree} of "
            f"{len(asked.kernels)} kernels put it into the worst served fifth of the people.",
        )
    )
    return tuple(dict.fromkeys(said))
