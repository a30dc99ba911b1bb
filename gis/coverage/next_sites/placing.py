"""Where the next sites go: what stands stays, new ones are chosen with a proven bound, and each says what it adds."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.changes import Change
from gis.coverage.next_sites.binding import already, binding
from gis.coverage.next_sites.exclusions import STATES
from gis.coverage.next_sites.explaining import unserved_of
from gis.coverage.next_sites.others import curve_of, others_of
from gis.coverage.next_sites.question import Question, capacity_field, question_of
from gis.coverage.next_sites.report import NewSite, SiteReport, Standing
from gis.coverage.next_sites.request import SiteRequest, check
from gis.coverage.next_sites.rule_costs import rule_costs
from gis.coverage.next_sites.serving import Served, served_by_plan
from gis.coverage.next_sites.solving import Answer, solved
from gis.coverage.outcome import off_road_note
from gis.coverage.shown import Shown
from gis.coverage.situation import made_of, situation_of
from gis.kernels.arrays import Floats
from gis.siting import SitingPlan
from layers.norms import printed
from layers.progress import Progress, silent
from layers.text import Text, counted

if TYPE_CHECKING:
    from layers.workspace import Workspace


def place_sites(workspace: "Workspace", request: SiteRequest, progress: Progress = silent) -> SiteReport:
    """Choose new sites for a layer of services; facilities in service stay where they are.

    Raises
    ------
    InputError
        When parameters contradict each other, candidates cannot be used, constraints leave no plan, or the target
        cannot be reached.
    NotFoundError
        When a layer has no data, or nobody to be served is known.
    """
    check(request)
    progress(Text("准备路网", "Preparing the road network"), 0, 3)
    here = situation_of(workspace, request.reach)
    progress(Text("计算到各候选点的距离", "Measuring to the candidates"), 1, 3)
    question = question_of(workspace, request, here)
    progress(Text("求解", "Solving"), 2, 3)
    report = _report(workspace, question, solved(question))
    progress(Text("求解", "Solving"), 3, 3)
    return report


def _report(workspace: "Workspace", question: Question, answer: Answer) -> SiteReport:
    request, here, plan = question.request, question.here, answer.plan
    served = served_by_plan(question, plan)
    swaps, others = others_of(question, plan)
    new_sites = _new_sites(question, served)
    layers = (*question.offered.layers, *request.exclude)
    used = [*here.plan.norms, here.profile.value("snap_max_m", on=here.plan.on)]
    used += [question.norm] if question.norm is not None else []
    everything = np.arange(question.table.shape[1])
    return SiteReport(
        request=replace(request, reach=here.plan.request),
        new_sites=new_sites,
        existing=question.existing,
        existing_excluded=_standing(question),
        people=float(question.people.sum()),
        unknown=int((~question.known).sum()),
        before=served.before,
        after=served.after,
        perhaps=served.perhaps,
        unreachable=float(question.people.sum() - question.covered(everything).sum()),
        beyond=_beyond(question, plan),
        unserved=unserved_of(question, served.left, plan.sites),
        curve=curve_of(question, served.order),
        swaps=swaps,
        others=others,
        plan=plan,
        least=answer.least,
        rules=(*binding(question, plan), *rule_costs(question, plan), *already(question)),
        changes=_changes(question, new_sites),
        assumptions=_assumptions(question),
        norms=printed(here.profile, used),
        made=made_of(workspace, here, layers),
        shown=Shown(here.units.frame, here.supply.frame),
    )


def _beyond(question: Question, plan: SitingPlan) -> float:
    if question.request.model != "p-median":
        return 0.0
    return float(question.people[plan.assignment < 0].sum())


def _new_sites(question: Question, served: Served) -> tuple[NewSite, ...]:
    offered, at = question.offered, served.order - question.existing
    states = question.zones.states(offered.lon[at], offered.lat[at])
    units = _unit_names(question)
    costs = None if question.constraints is None else question.constraints.cost
    return tuple(
        NewSite(
            id=offered.ids[one],
            name=offered.names[one],
            layer=offered.layers[one],
            lon=float(offered.lon[one]),
            lat=float(offered.lat[one]),
            unit=units[one],
            adds=float(served.adds[row]),
            serves=float(served.serves[row]),
            capacity=_finite(question.room, question.existing + one),
            cost=_finite(costs, question.existing + one),
            stock=bool(offered.stock[one]),
            standing={name: STATES[state[row]] for name, state in states.items()},
        )
        for row, one in enumerate(at.tolist())
    )


def _finite(values: Floats | None, at: int) -> float | None:
    return None if values is None or not np.isfinite(values[at]) else float(values[at])


def _unit_names(question: Question) -> list[str]:
    """Name the unit each candidate lies in, at the level of the report."""
    here, offered = question.here, question.offered
    inside = here.units.locate(offered.lon, offered.lat, [None] * len(offered), here.plan.request.by)
    names = here.units.frame["name"].astype(str).tolist()
    return [names[at] if at >= 0 and not here.units.whole else "" for at in inside.tolist()]


def _standing(question: Question) -> tuple[Standing, ...]:
    supply, units = question.here.supply, question.here.units
    inside = units.locate(supply.lon, supply.lat, [None] * len(supply), question.here.plan.request.by)
    named = ["" if units.whole or at < 0 else str(units.frame["name"].iloc[at]) for at in inside.tolist()]
    states = question.zones.states(supply.lon, supply.lat)
    return tuple(
        Standing(id=str(supply.frame["id"].iloc[at]), name=supply.name(at), unit=named[at], layer=name)
        for name, state in states.items()
        for at in np.flatnonzero(state == STATES.index("prohibited")).tolist()
    )


def _changes(question: Question, sites: tuple[NewSite, ...]) -> tuple[Change, ...]:
    """Write the plan as changes, so that it can be kept as a scenario and measured again."""
    field, per_person = capacity_field(question.request), question.need_per_1000 / 1000.0
    return tuple(
        Change(
            action="add",
            id=f"new-{order}-{_plain(one.id)}",
            lon=round(one.lon, 7),
            lat=round(one.lat, 7),
            name=_plain(one.name),
            amounts=((field, one.capacity * per_person),) if field and one.capacity is not None else (),
        )
        for order, one in enumerate(sites, start=1)
    )


def _plain(text: str) -> str:
    """Take out what has a meaning in the written form of a change."""
    return text.translate(str.maketrans(";=@,", "；－－，"))


def _assumptions(question: Question) -> tuple[Text, ...]:
    here = question.here
    said = [*here.plan.assumptions, *here.supply.assumptions, *here.demand.assumptions]
    said += [*question.offered.assumptions, *question.assumptions]
    if here.network is not None:
        joined = here.homes.snapped(here.network).found
        said += off_road_note(here.demand, joined, snap_max_m=here.snap_max_m)
    said.append(
        Text(f"界限 {here.plan.limit_text.zh}；现有 {question.existing} 处在用设施保留不动。",
             f"The limit is {here.plan.limit_text.en}; those in service "
             f"({counted(question.existing, 'facility', 'facilities')}) stay.")
    )  # fmt: skip
    return tuple(dict.fromkeys(said))
