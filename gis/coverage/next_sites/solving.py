"""From a question to a plan: the model asked for, the fewest sites that reach a target, or stock before new sites."""

from typing import Any

import numpy as np

from gis.coverage.next_sites.explaining import unserved_of
from gis.coverage.next_sites.question import Question
from gis.coverage.next_sites.stock_first import stock_first
from gis.siting import SitingPlan, capacitated_mclp, lscp, mclp, p_center, p_median
from layers.errors import InputError
from layers.text import Text

_MOST_NEW = 200
_NAMED = 3


def solved(question: Question) -> SitingPlan:
    """Solve the model.

    Raises
    ------
    InputError
        When there are fewer candidates than sites wanted, constraints contradict each other, or a target cannot be
        reached.
    """
    request, table = question.request, question.table
    how: dict[str, Any] = {"time_limit_s": request.time_limit_s, "gap": request.gap}
    asked = np.flatnonzero(question.people > 0)
    _check_enough(question)
    if request.model == "lscp":
        return lscp(table[asked], question.fixed, constraints=question.constraints, **how)
    if request.model == "p-median":
        return p_median(table, question.people, _in_all(question), question.fixed, **how)
    if request.model == "p-center":
        return p_center(table[asked], _in_all(question), question.fixed, **how)
    number = None if request.sites is None else _in_all(question)
    if request.target_share is not None:
        number = question.existing + _enough(question)
    if question.room is not None:
        return capacitated_mclp(
            table,
            question.people,
            question.room,
            number,
            question.fixed,
            constraints=question.constraints,
            **how,
        )
    if request.prefer_stock is not None and number is not None:
        return stock_first(question, number)
    return mclp(table, question.people, number, question.fixed, constraints=question.constraints, **how)


def _in_all(question: Question) -> int:
    return question.existing + int(question.request.sites or 0)


def _check_enough(question: Question) -> None:
    wanted, there = question.request.sites or 0, len(question.offered)
    if wanted > there:
        raise InputError(
            Text(f"要新增 {wanted} 处，只有 {there} 个候选点。",
                 f"{wanted} new sites are wanted, but there are only {there} candidates."),
            Text("请减少站点数或增加候选点。", "Ask for fewer sites or give more candidates."),
        )  # fmt: skip


def _enough(question: Question) -> int:
    """Find how few new sites reach the target, by bisection over plans within 1 %."""
    people, request = question.people, question.request
    target = float(request.target_share or 0.0) * people.sum()
    most = min(len(question.offered), _MOST_NEW)

    def covered(number: int) -> float:
        return mclp(
            question.table,
            people,
            question.existing + number,
            question.fixed,
            gap=0.01,
            time_limit_s=request.time_limit_s,
            constraints=question.constraints,
        ).objective

    if question.existing and question.covered(question.fixed).sum() >= target:
        return 0
    reached = covered(most)
    if reached < target:
        raise _out_of_reach(question, most, reached)
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if covered(middle) >= target else (middle + 1, high)
    return low


def _out_of_reach(question: Question, most: int, reached: float) -> InputError:
    """Say how far the target is missed, and who cannot be served, and why."""
    people, target = question.people, question.request.target_share
    share = reached / people.sum() if people.sum() else 0.0
    everything = np.arange(question.table.shape[1])
    left = unserved_of(question, people - question.covered(everything), question.fixed)
    worst = left[:_NAMED]
    zh = "；".join(f"{one.unit} {one.people:,.0f} 人（{one.text.zh}）" for one in worst)
    en = "; ".join(f"{one.unit}: {one.people:,.0f} ({one.text.en})" for one in worst)
    return InputError(
        Text(f"{most} 个新站点也只能覆盖 {share:.1%}，达不到 {target:.1%}。{zh and f'够不着的：{zh}。'}",
             f"Even {most} new sites cover only {share:.1%}, not {target:.1%}.{en and f' Out of reach: {en}.'}"),
        Text("请放宽距离、增加候选点或降低目标。", "Allow a longer way, more candidates or a lower target."),
    )  # fmt: skip
