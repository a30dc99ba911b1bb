"""A question about sites as arrays: who, from where to where, what each holds and costs, and what has to be kept."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.spatial import KDTree

from gis.coverage.capacity import AMOUNTS
from gis.coverage.catchments.accessing import SUPPLY_FIELDS
from gis.coverage.next_sites.candidates import MOST, Candidates, of_grid, of_layer, plane, together
from gis.coverage.next_sites.exclusions import Exclusions, allowed, exclusions_of
from gis.coverage.next_sites.request import BY_COST, GRID, STOCK, SiteRequest
from gis.coverage.next_sites.stock import stock_of
from gis.coverage.situation import Situation, travel_m
from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting import Constraints
from layers.errors import InputError
from layers.norms import NormValue
from layers.text import Text, counted
from layers.vocabulary import label_of

if TYPE_CHECKING:
    from layers.workspace import Workspace

_FAR = 10.0
"""Times the limit within which median and centre look; whoever is farther counts as out of reach."""
_EXACT = 1e-9
_PER = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is solved. Columns are the facilities in service first, then the candidates.

    Attributes
    ----------
    table
        Metres (n_demand, existing + candidates) within ``far_m``; a stored 0 is no distance.
    excluded
        Candidates that lie in an exclusion and take no part.
    people
        (n_demand,); 0 where number or place is not known, see ``known``.
    room
        People each column can hold, nan where it is not known; None where capacity does not matter.
    need_per_1000, norm
        Units of capacity that 1,000 people need (``capacitated``), and the norm that says so.
    constraints
        None where there is nothing to keep.
    """

    request: SiteRequest
    here: Situation
    offered: Candidates
    excluded: Candidates
    zones: Exclusions
    table: csr_matrix
    people: Floats
    known: Flags
    room: Floats | None
    need_per_1000: float
    norm: NormValue | None
    constraints: Constraints | None
    limit_m: float
    assumptions: tuple[Text, ...]

    @property
    def existing(self) -> int:
        """Count the facilities in service."""
        return len(self.here.supply)

    @property
    def fixed(self) -> Ints:
        """Columns of the facilities in service."""
        return np.arange(self.existing)

    def covered(self, columns: Ints) -> Floats:
        """Return the people of each demand that some of the columns reaches within the limit."""
        chosen = np.zeros(self.table.shape[1], bool)
        chosen[columns] = True
        hits = np.concatenate(
            [[0], np.cumsum(chosen[self.table.indices] & (self.table.data <= self.limit_m))]
        )
        reached = hits[self.table.indptr[1:]] > hits[self.table.indptr[:-1]]
        return np.where(reached, self.people, 0.0)

    def name(self, column: int) -> str:
        """Name a column: a facility, or a candidate."""
        at = column - self.existing
        if at < 0:
            return self.here.supply.name(column)
        return self.offered.names[at] or self.offered.ids[at]

    def id(self, column: int) -> str:
        """Return the id of a facility or a candidate."""
        at = column - self.existing
        return str(self.here.supply.frame["id"].iloc[column]) if at < 0 else self.offered.ids[at]


def question_of(workspace: "Workspace", request: SiteRequest, here: Situation) -> Question:
    """Turn a request into arrays.

    Raises
    ------
    InputError
        When candidates cannot be used, there are too many, or nobody's capacity is known.
    NotFoundError
        When a layer of candidates has no data.
    """
    limit_m = here.plan.limits_m[here.plan.main]
    zones = exclusions_of(workspace, request.exclude, buffer_m=request.review_buffer_m, on=here.plan.on)
    offered, excluded = allowed(_placed(here, _offered(workspace, request, here)), zones)
    if len(offered) > MOST:
        raise InputError(
            Text(f"候选点有 {len(offered)} 个，超过 {MOST} 个。",
                 f"There are {counted(len(offered), 'candidate')}, more than {MOST}."),
            Text("请加大网格间距或换一个候选图层。", "Use a wider grid or another layer."),
        )  # fmt: skip
    far = _FAR * limit_m if request.model in BY_COST else limit_m
    lon = np.concatenate([here.supply.lon, offered.lon])
    lat = np.concatenate([here.supply.lat, offered.lat])
    known = np.asarray(np.isfinite(here.demand.weight) & np.isfinite(here.demand.lon))
    constraints, notes = _constraints(request, here, offered)
    need, norm = _need(request, here)
    room, more = _room(request, here, offered, need)
    return Question(
        request=request,
        here=here,
        offered=offered,
        excluded=excluded,
        zones=zones,
        table=csr_matrix(travel_m(here, lon, lat, limit_m=far).T),
        people=np.where(known, here.demand.weight, 0.0),
        known=known,
        room=room,
        need_per_1000=need,
        norm=norm,
        constraints=constraints,
        limit_m=limit_m,
        assumptions=(*notes, *more),
    )


def capacity_field(request: SiteRequest) -> str | None:
    """Return the field that says what a facility holds; None where the layer has none of its own."""
    return request.capacity_field or SUPPLY_FIELDS.get(request.reach.layer_id)


def _offered(workspace: "Workspace", request: SiteRequest, here: Situation) -> Candidates:
    holds, source = capacity_field(request), request.candidates
    parts = []
    if source == STOCK or request.prefer_stock is not None:
        parts.append(stock_of(workspace, here, holds=holds, cost=request.cost_field))
    if source not in {GRID, STOCK}:
        parts.append(of_layer(workspace.layer(source), holds=holds, cost=request.cost_field))
    elif source == GRID or request.prefer_stock is not None:
        parts.append(of_grid(here.demand, request.spacing_m))
    return together(parts)


def _constraints(
    request: SiteRequest, here: Situation, offered: Candidates
) -> tuple[Constraints | None, list[Text]]:
    if not request.constrained:
        return None, []
    group, notes = _groups(request, here, offered)
    most = request.at_most_per
    if request.per is not None and most is None and not request.at_least_per:
        most = 1
    return Constraints(
        conflicts=_close_pairs(request, here, offered),
        group=group,
        at_most=most,
        at_least=request.at_least_per,
        cost=_costs(request, here, offered),
        budget=request.budget,
    ), notes


def _close_pairs(request: SiteRequest, here: Situation, offered: Candidates) -> Ints:
    """Return pairs closer than the spacing, in a straight line; pairs of standing facilities do not count."""
    if not request.apart_m:
        return np.empty((0, 2), np.int64)
    lon = np.concatenate([here.supply.lon, offered.lon])
    lat = np.concatenate([here.supply.lat, offered.lat])
    placed = np.flatnonzero(np.isfinite(lon))
    x, y = plane(lon[placed], lat[placed])
    pairs = KDTree(np.column_stack([x, y])).query_pairs(request.apart_m * (1 - _EXACT), output_type="ndarray")
    pairs = placed[pairs.reshape(-1, 2)]
    return np.asarray(pairs[(pairs >= len(here.supply)).any(axis=1)])


def _groups(request: SiteRequest, here: Situation, offered: Candidates) -> tuple[Ints | None, list[Text]]:
    if request.per is None:
        return None, []
    if not len(here.units.at(request.per)):
        level = label_of("unit_level", request.per)
        raise InputError(
            Text(f"没有“{level.zh}”一级的单元。", f"There are no units of level {level.en!r}."),
            Text("请先导入行政区划，或换一级。", "Import the units first, or take another level."),
        )
    lon = np.concatenate([here.supply.lon, offered.lon])
    lat = np.concatenate([here.supply.lat, offered.lat])
    group = here.units.locate(lon, lat, [None] * len(lon), request.per)
    empty = np.setdiff1d(here.units.at(request.per), group)
    notes = []
    if request.at_least_per and len(empty):
        names = here.units.frame["name"].iloc[empty].astype(str).tolist()
        notes.append(
            Text(f"{len(names)} 个单元没有候选点也没有现有设施，无法满足至少 {request.at_least_per} 处："
                 f"{'、'.join(names[:5])}。",
                 f"{counted(len(names), 'unit has', 'units have')} neither candidates nor facilities, so they "
                 "cannot have "
                 f"{request.at_least_per}: {', '.join(names[:5])}.")
        )  # fmt: skip
    return group, notes


def _costs(request: SiteRequest, here: Situation, offered: Candidates) -> Floats | None:
    if request.budget is None:
        return None
    stock_cost = request.cost_new if request.cost_stock is None else request.cost_stock
    cost = np.where(offered.stock, stock_cost, request.cost_new)
    if request.cost_field is not None:
        cost = offered.cost
    return np.concatenate([np.zeros(len(here.supply)), cost])


def _placed(here: Situation, offered: Candidates) -> Candidates:
    """Name points of a grid after the unit they lie in."""
    grid = np.flatnonzero(np.array([one == GRID for one in offered.layers], bool))
    if here.units.whole or not len(grid):
        return offered
    inside = here.units.locate(offered.lon[grid], offered.lat[grid], [None] * len(grid), here.plan.request.by)
    unit, names = here.units.frame["name"].astype(str).tolist(), list(offered.names)
    for at, one in zip(grid.tolist(), inside.tolist(), strict=True):
        names[at] = f"{unit[one]} {offered.ids[at]}" if one >= 0 else offered.ids[at]
    return replace(offered, names=tuple(names))


def _need(request: SiteRequest, here: Situation) -> tuple[float, NormValue | None]:
    """Return what 1,000 people need of the capacity, as for C7: as asked, else by the norm profile, else one each."""
    asked, layer_id = request.reach.need_per_1000, request.reach.layer_id
    if asked is not None or request.model != "capacitated":
        return asked or _PER, None
    name, param = AMOUNTS.get(layer_id, ("", ""))
    if not param or capacity_field(request) != name:
        return _PER, None
    on = here.plan.on
    return here.profile.number(param, on=on), here.profile.value(param, on=on)


def _room(
    request: SiteRequest, here: Situation, offered: Candidates, need: float
) -> tuple[Floats | None, tuple[Text, ...]]:
    """Return how many people each column can hold, by what 1,000 people need of it."""
    if request.model != "capacitated":
        return None, ()
    name = capacity_field(request)
    frame = here.supply.frame
    if name is None or name not in frame:
        raise InputError(
            Text(f"图层 {request.reach.layer_id} 没有容量字段。",
                 f"Layer {request.reach.layer_id} has no field of capacity."),
            Text("请用 --capacity-field 指明字段。", "Name the field with --capacity-field."),
        )  # fmt: skip
    standing = np.asarray(frame[name].to_numpy(dtype=float, na_value=np.nan))
    new = offered.holds if request.capacity is None else np.full(len(offered), float(request.capacity))
    if not np.isfinite(new).any():
        raise InputError(
            Text("候选点的容量都不知道。", "The capacity of no candidate is known."),
            Text("请用 --capacity 给出每个新站点的容量。", "Say with --capacity what a new site holds."),
        )
    per_person = need / _PER
    whence = "按要求" if request.reach.need_per_1000 is not None else "按规范方案，与 C7 相同"
    why = "as asked" if request.reach.need_per_1000 is not None else "by the norm profile, as for C7"
    note = (
        Text("一个人占一个容量单位。", "One person takes one unit of capacity.")
        if need == _PER
        else Text(f"每千人需要 {need:g} 个容量单位（{whence}）。",
                  f"1,000 people need {need:g} units of capacity ({why}).")
    )  # fmt: skip
    with np.errstate(divide="ignore"):
        return np.concatenate([standing, new]) / per_person, (note,)
