"""Why no plan keeps every rule: which of them stand in the way, and what is lacking."""

from dataclasses import replace

import numpy as np

from gis.kernels.arrays import Flags
from gis.siting.constraints import Rules
from gis.siting.cover_programs import constrained
from gis.siting.highs import Program, solve
from layers.errors import InputError
from layers.text import Text, counted, joined

_SECONDS, _SHOWN = 5.0, 5


def contradiction(rules: Rules, number: int | None, program: Program | None = None) -> InputError:
    """Say which rules contradict each other: those without which a plan exists.

    Parameters
    ----------
    rules, number
        What was to be kept; at most ``number`` columns, None for any.
    program
        What a plan has to do besides; its first variables are the columns. None: nothing.
    """
    asked = _nothing_else(rules.must) if program is None else program
    loose = {
        Text("站点数", "the number of sites"): (rules, None),
        Text("最小间距", "the spacing"): (without(rules, near=True), number),
        Text("每组至少几处", "the least number per group"): (without(rules, least=True), number),
        Text("每组至多几处", "the most per group"): (without(rules, most=True), number),
        Text("预算", "the budget"): (without(rules, budget=True), number),
    }
    why = [name for name, (fewer, count) in loose.items() if _possible(asked, fewer, count)]
    zh = "、".join(one.zh for one in why) or "这些条件"
    en = ", ".join(one.en for one in why) or "the constraints"
    more = _lacking(rules, number)
    return InputError(
        Text(
            f"没有满足全部条件的方案，冲突在于：{zh}。{''.join(one.zh for one in more)}",
            " ".join(
                [f"No plan keeps every constraint; in the way: {en}.", *(one.en for one in more)],
            ),
        ),
        Text("放宽其中一项即有方案。", "Relaxing one of them makes a plan possible.")
        if why
        else Text("须同时放宽几项。", "More than one of them has to be relaxed."),
    )


def not_found_in_time() -> InputError:
    """Say that time ran out before a plan was found, which does not mean that there is none."""
    return InputError(
        Text("限时内没有找到满足全部条件的方案；这不等于没有。",
             "No plan that keeps every constraint was found in time; that does not mean there is none."),
        Text("请放宽时限。", "Allow more time."),
    )  # fmt: skip


def without(
    rules: Rules, *, near: bool = False, least: bool = False, most: bool = False, budget: bool = False
) -> Rules:
    """Return the rules without some of them."""
    apart = rules.near.copy()
    apart.data[:] = 0
    loose = replace(
        rules,
        near=apart if near else rules.near,
        least=np.zeros_like(rules.least) if least else rules.least,
        most=np.full_like(rules.most, len(rules.must)) if most else rules.most,
        budget=np.inf if budget else rules.budget,
        closed=~np.isfinite(rules.cost),
    )
    return replace(loose, closed=~rules.must & ~loose.open_to(rules.must))


def _lacking(rules: Rules, number: int | None) -> list[Text]:
    """Say which groups cannot have what they need, and how many sites all of them need together."""
    lacks = np.maximum(rules.least - rules.counts(rules.must), 0)
    free = rules.counts(~rules.closed & ~rules.must)
    said = []
    short = np.flatnonzero(lacks > free)
    if len(short):
        shown = joined([*map(str, short[:_SHOWN].tolist()), *(["…"] if len(short) > _SHOWN else [])])
        said.append(
            Text(f"{len(short)} 组的可用候选点不够：第 {shown.zh} 组。",
                 f"{counted(len(short), 'group has', 'groups have')} too few candidates that can be used: {shown.en}.")
        )  # fmt: skip
    room = None if number is None else number - int(rules.must.sum())
    if room is not None and lacks.sum() > room:
        said.append(
            Text(f"各组至少还要 {int(lacks.sum())} 处，只能新增 {room} 处。",
                 f"The groups need {counted(int(lacks.sum()), 'more site')}, and {room} may be added.")
        )  # fmt: skip
    return said


def _possible(program: Program, rules: Rules, number: int | None) -> bool:
    solved = solve(constrained(program, rules, number=number), time_limit_s=_SECONDS, gap=0.0)
    return solved.values is not None


def _nothing_else(must: Flags) -> Program:
    columns = len(must)
    return Program(
        cost=np.zeros(columns),
        lower=must.astype(float),
        upper=np.ones(columns),
        integer=np.ones(columns, bool),
        row_ptr=np.zeros(1, np.int64),
        columns=np.empty(0, np.int64),
        values=np.empty(0),
        row_lower=np.empty(0),
        row_upper=np.empty(0),
    )
