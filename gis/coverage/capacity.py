"""What facilities hold, how many people that is enough for, and who is then served (C7) or has enough (C8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.definitions import ON_CAPACITY
from gis.coverage.demand import Demand
from gis.coverage.kernels import DEFAULT, KERNELS, Kernel, within_share
from gis.coverage.outcome import Distances, Outcome, judged, placeless_note
from gis.coverage.plan import Plan
from gis.coverage.supply import Supply
from gis.kernels.arrays import Flags, Floats
from gis.siting.assigning import assign_within_capacity
from layers.errors import InputError
from layers.norms import NormProfile, NormValue
from layers.text import Text, counted

if TYPE_CHECKING:
    from layers.model import Field

AMOUNTS: Mapping[str, tuple[str, str]] = {
    "care_facility": ("beds", "beds_per_1000_elderly"),
    "meal_point": ("meals_per_day", "meal_need_per_1000"),
    "shelter": ("capacity", ""),
}
"""What facilities of a layer hold, and the norm that says how much of it 1,000 people need (none: one each)."""
_PER = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one facility holds and takes on.

    Attributes
    ----------
    amount, people_max
        Beds or meals, and the people they are enough for; None where the facility does not tell.
    used
        People assigned to it.
    """

    id: str
    name: str
    amount: float | None
    people_max: float | None
    used: float

    def as_json(self) -> dict[str, Any]:
        """Return JSON values; ``share`` is how full it is, None where unknown or where it holds nothing."""
        full = self.used / self.people_max if self.people_max else None
        return {
            "id": self.id,
            "name": self.name,
            "amount": self.amount,
            "people_max": None if self.people_max is None else round(self.people_max, 1),
            "used": round(self.used, 1),
            "share": None if full is None else round(full, 4),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What facilities hold, and the need it is set against.

    Attributes
    ----------
    amount
        Per facility; nan where it does not tell.
    need_per_1000
        What 1,000 people need of it.
    """

    field: "Field"
    amount: Floats
    need_per_1000: float
    norm: NormValue | None

    @property
    def people_max(self) -> Floats:
        """People each facility is enough for; nan where unknown."""
        return self.amount / self.need_per_1000 * _PER

    @property
    def silent(self) -> Flags:
        """Which facilities do not tell what they hold."""
        return np.asarray(np.isnan(self.amount))


def holding_of(plan: Plan, profile: NormProfile, supply: Supply) -> Holding:
    """Take what facilities hold from their layer, and the need from the request or the norm profile.

    Raises
    ------
    InputError
        When facilities of the layer hold nothing that can be counted.
    NotFoundError
        When the profile has no such need.
    """
    from layers.specs import spec_of  # noqa: PLC0415 - keeps the import of definitions light

    layer_id = plan.request.layer_id
    if layer_id not in AMOUNTS:
        raise InputError(
            Text(
                f"图层 {layer_id} 没有容量字段，不能计算 {plan.definition.id}。",
                f"Layer {layer_id} has no field of capacity, so {plan.definition.id} cannot be computed.",
            ),
            Text(
                f"可用：{'、'.join(AMOUNTS)}；或改用 C6。",
                f"Use one of: {', '.join(AMOUNTS)}; or ask for C6.",
            ),
        )
    name, param = AMOUNTS[layer_id]
    norm, need = None, plan.request.need_per_1000
    if need is None and param:
        norm, need = profile.value(param, on=plan.on), profile.number(param, on=plan.on)
    amount = np.asarray(supply.frame[name].to_numpy(dtype=float, na_value=np.nan), np.float64)
    return Holding(field=spec_of(layer_id).field(name), amount=amount, need_per_1000=need or _PER, norm=norm)


def held_reach(
    plan: Plan, demand: Demand, supply: Supply, distances: Distances, *, holding: Holding, travel: csr_matrix
) -> Outcome:
    """Judge C7 and C8 from the travel between facilities and demand, (n_supply, n_demand) in metres.

    ``travel`` has to hold everything within the widest limit of the plan. People in reach of a facility that does not
    tell what it holds, and not served by the others, are neither served nor unserved.

    Raises
    ------
    ValueError
        When the plan's definition is another one.
    """
    if plan.definition.id not in ON_CAPACITY:
        raise ValueError(f"{plan.definition.id} knows no capacity")
    widest = _within(travel, max(plan.limits_m))
    counted = judged(demand, distances, np.bincount(widest.indices, minlength=len(demand)) > 0)
    people = np.where(counted, demand.weight, 0.0)
    tables = [_within(travel, limit) for limit in plan.limits_m]
    notes: list[Text] = [*distances.assumptions, *placeless_note(demand), _need_note(plan, holding)]
    loads: tuple[Load, ...] = ()
    if plan.definition.id == "C7":
        capacity = np.nan_to_num(holding.people_max)
        found = [assign_within_capacity(table, people, capacity) for table in tables]
        served = np.stack([_share(one.served, people) for one in found])
        loads = _loads(supply, holding, found[plan.main].used)
    else:
        kernel = kernel_of(plan)
        shares = [within_share(one, limit) for one, limit in zip(tables, plan.limits_m, strict=True)]
        served = np.stack([_enough(share, holding, people, kernel) for share in shares])
        notes.append(_kernel_note(kernel))
    unjudged = np.stack([_unsaid(table, holding.silent) for table in tables]) * (1.0 - served)
    notes += _silent_notes(holding, float((unjudged[plan.main] * people).sum()))
    return Outcome(
        demand=demand,
        served=served,
        counted=counted,
        distances=distances,
        assumptions=tuple(notes),
        unjudged=unjudged,
        loads=loads,
        norms=() if holding.norm is None else (holding.norm,),
    )


def _within(travel: csr_matrix, limit_m: float) -> csr_matrix:
    kept = travel.data <= limit_m
    rows = np.repeat(np.arange(travel.shape[0]), np.diff(travel.indptr))[kept]
    ptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=travel.shape[0]))])
    return csr_matrix((travel.data[kept], travel.indices[kept], ptr), shape=travel.shape)


def _share(part: Floats, whole: Floats) -> Floats:
    share = np.divide(part, whole, out=np.zeros(len(whole)), where=whole > 0)
    return np.asarray(np.where(np.abs(share - 1.0) < 1e-9, 1.0, np.clip(share, 0.0, 1.0)))  # noqa: PLR2004 - rounding


def kernel_of(plan: Plan) -> Kernel:
    """Return the kernel of a question about C8."""
    return KERNELS[plan.request.kernel or DEFAULT]


def _enough(share: csr_matrix, holding: Holding, people: Floats, kernel: Kernel) -> Floats:
    index = kernel.scores(share, np.nan_to_num(holding.amount), people).values * _PER
    return np.asarray(index >= holding.need_per_1000 * (1.0 - 1e-9)).astype(np.float64)


def _unsaid(table: csr_matrix, silent: Flags) -> Floats:
    """Tell, as 0 or 1, which points reach a facility that does not tell what it holds."""
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    reached = np.zeros(table.shape[1])
    reached[table.indices[silent[rows]]] = 1.0
    return reached


def _loads(supply: Supply, holding: Holding, used: Floats) -> tuple[Load, ...]:
    ids = supply.frame["id"].astype(str).tolist()
    most = holding.people_max
    return tuple(
        Load(
            id=ids[at],
            name=supply.name(at),
            amount=None if holding.silent[at] else float(holding.amount[at]),
            people_max=None if holding.silent[at] else float(most[at]),
            used=float(used[at]),
        )
        for at in range(len(supply))
    )


def _kernel_note(kernel: Kernel) -> Text:
    label, steps = kernel.label, kernel.steps_text
    return Text(
        f"可达供给指数的衰减函数：{label.zh}（{kernel.source}）{steps.zh}；可用 --kernel 换，"
        "几种函数一起看用 fangyu access。",
        f"Kernel of the index of supply in reach: {label.en} ({kernel.source}){steps.en}; --kernel takes another, "
        "fangyu access shows several together.",
    )


def _need_note(plan: Plan, holding: Holding) -> Text:
    label, unit, need = holding.field.label, holding.field.unit, f"{holding.need_per_1000:g}"
    said = "按要求" if plan.request.need_per_1000 is not None else "按规范方案"
    asked = "as asked" if plan.request.need_per_1000 is not None else "by the norm profile"
    if holding.norm is None and plan.request.need_per_1000 is None:
        said, asked = "一人一位", "one for each"
    if plan.definition.id == "C8":
        return Text(
            f"标准：每千人可达的{label.zh}不少于 {need} {unit}（{said}）。",
            f"The standard: at least {need} of {label.en} in reach per 1,000 people ({asked}).",
        )
    return Text(
        f"容量：每千人需要 {need} {unit}{label.zh}（{said}），每处设施可服务人数 = {label.zh} ÷ {need} × 1000。",
        f"Capacity: 1,000 people need {need} of {label.en} ({asked}); people a facility is enough for = "
        f"{label.en} / {need} x 1,000.",
    )


def _silent_notes(holding: Holding, unjudged: float) -> list[Text]:
    silent = int(holding.silent.sum())
    if not silent:
        return []
    label = holding.field.label
    return [
        Text(
            f"{silent} 处设施没有填{label.zh}，容量未知，不按零计：{unjudged:,.0f} 人够得着它们而其他设施容不下，"
            "不能判断；分子是至少的数。",
            f"{counted(silent, 'facility does', 'facilities do')} not tell {label.en}: unknown, not zero. "
            f"{unjudged:,.0f} people reach them "
            "and find no room elsewhere, so nobody can say; the numerator is a least value.",
        )
    ]
