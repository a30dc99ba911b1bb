"""What a plan comes to, in a sentence: how many sites it takes, how far people walk, or why it opens none."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gis.coverage.next_sites.request import BY_COST, MODEL_LABELS, SiteRequest
from layers.text import Text, counted

if TYPE_CHECKING:
    from gis.coverage.next_sites.report import SiteReport

OBJECTIVE_UNITS: Mapping[str, str] = {
    "mclp": "people",
    "lscp": "sites",
    "p-median": "person_m",
    "p-center": "m",
    "capacitated": "people",
}
"""Unit of the objective and its bound: people covered, sites (standing ones counted), person-metres, metres."""
_KM = 1000.0


def model_label(request: SiteRequest) -> Text:
    """Say what was solved: with a share to reach or a budget the number of sites is an answer, not given."""
    if request.target_share is not None:
        share = f"{request.target_share:.1%}"
        return Text(
            f"最少数量：覆盖 {share} 的人口，站点最少", f"The fewest sites that cover {share} of the people"
        )
    if request.model in BY_COST and request.sites is None:
        named = MODEL_LABELS[request.model]
        return Text(named.zh.replace("给定数量", "给定预算"), f"{named.en}, within a budget")
    if request.model == "mclp" and request.sites is None:
        return Text("最大覆盖：给定预算，覆盖人口最多", "MCLP: the most people within a budget")
    return MODEL_LABELS[request.model]


def result_of(report: "SiteReport") -> tuple[Text, ...]:
    """Say the answer in the unit of the model; and where no site is placed, why."""
    request, placed = report.request, len(report.new_sites)
    said = [*_fewest(report, placed), *_walk(report), *report.rules]
    if placed or request.target_share is not None or request.model == "lscp":
        return tuple(said)
    if request.sites is not None and not any(one.people for one in report.unserved):
        said.append(
            Text("没有新增站点：现有设施已覆盖所有人。", "No new site: what stands covers everybody already.")
        )
    return tuple(said)


def _fewest(report: "SiteReport", placed: int) -> list[Text]:
    """Say how many sites are needed where that is what was asked."""
    request = report.request
    if request.target_share is not None:
        goal = Text(f"覆盖 {request.target_share:.1%}", f"To cover {request.target_share:.1%}")
    elif request.model == "lscp":
        goal = Text("覆盖所有够得着的人", "To cover everybody who can be reached")
    else:
        return []
    if not placed:
        return [
            Text(
                f"{goal.zh}：现有设施已经做到，不需要新增。",
                f"{goal.en}: what stands does it; no new site is needed.",
            )
        ]
    least = report.least if report.least is not None else round(report.plan.bound) - report.existing
    zh, en = _certainty(placed - least)
    return [
        Text(f"{goal.zh}：需新增 {placed} 处{zh}，连同现有共 {placed + report.existing} 处。",
             f"{goal.en}: {counted(placed, 'new site')}{en}, {placed + report.existing} with those that stand.")
    ]  # fmt: skip


def _certainty(fewer: int) -> tuple[str, str]:
    """Say that a number is proven to be the least, or how many fewer may do."""
    if fewer <= 0:
        return "（已证明最少）", " (proven to be the fewest)"
    return f"（未证明最少：至多可能再少 {fewer} 处）", f" (not proven: at most {fewer} fewer may do)"


def _walk(report: "SiteReport") -> list[Text]:
    """Say how far people go in all (p-median), or the one who goes farthest (p-centre), beside the bound."""
    plan, model = report.plan, report.request.model
    if model == "p-center":
        return [
            Text(f"最远的人到最近一处 {plan.objective:,.0f} 米，任何方案都不会低于 {plan.bound:,.0f} 米。",
                 f"The farthest walk is {plan.objective:,.0f} m; no plan makes it less than {plan.bound:,.0f} m.")
        ]  # fmt: skip
    if model != "p-median":
        return []
    reached = float(report.reached_people)
    mean = plan.objective / reached if reached > 0 else 0.0
    total, least = plan.objective / _KM, plan.bound / _KM
    return [
        Text(f"总里程 {total:,.1f} 人·公里，平均 {mean:,.0f} 米；任何方案都不会低于 {least:,.1f} 人·公里。",
             f"{total:,.1f} person-km in all, {mean:,.0f} m on average; no plan has less than {least:,.1f} person-km.")
    ]  # fmt: skip
