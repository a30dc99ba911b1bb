"""Side constraints of covering models: what may not stand together, how many per group, and the budget."""

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import checked_sites
from layers.errors import InputError
from layers.text import Text, counted


def _no_pairs() -> Ints:
    return np.empty((0, 2), np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """What a plan has to keep besides its number of sites.

    Attributes
    ----------
    conflicts
        (n, 2) pairs of columns of which at most one may be chosen: places closer together than the spacing.
    group
        (n_candidates,) number of the group (town, street) of each column, -1 for none; None where groups do not matter.
    at_most
        Most sites of a group, fixed ones counted; where fixed ones alone are more, none is added.
    at_least
        Fewest sites of every group that has a column, fixed ones counted.
    cost
        (n_candidates,) cost of each column, none negative; nan is unknown, and such a column is not chosen. Fixed
        sites stand already and cost nothing.
    budget
        Most that the chosen columns may cost together.
    """

    conflicts: Ints = field(default_factory=_no_pairs)
    group: Ints | None = None
    at_most: int | None = None
    at_least: int = 0
    cost: Floats | None = None
    budget: float | None = None

    @property
    def any(self) -> bool:
        """Tell whether there is anything to keep."""
        grouped = self.group is not None and (self.at_most is not None or self.at_least > 0)
        return bool(len(self.conflicts)) or grouped or self.budget is not None


@dataclass(frozen=True, slots=True)
class Rules:
    """Constraints over so many columns, checked, with fixed sites worked in.

    Attributes
    ----------
    near
        Symmetric table of the pairs in conflict.
    group, most, least
        Group of each column (-1: none), and how many of each group at most and at least.
    cost, budget
        Cost of each column, 0 for fixed ones; infinite budget where there is none.
    closed
        Columns that no plan can hold, because of what is fixed or costs too much.
    """

    must: Flags
    near: csr_matrix
    group: Ints
    most: Ints
    least: Ints
    cost: Floats
    budget: float
    closed: Flags

    def open_to(self, chosen: Flags) -> Flags:
        """Tell which columns can join those chosen without breaking a rule of "at most"."""
        crowded = np.asarray(self.near @ chosen.astype(np.int64)) > 0
        count = self.counts(chosen)
        full = (self.group >= 0) & (count >= self.most)[self.group] if len(count) else np.zeros_like(chosen)
        dear = self.cost > self.budget - float(self.cost[chosen].sum()) + 1e-9
        return np.asarray(~(chosen | crowded | full | dear | self.closed))

    def counts(self, chosen: Flags) -> Ints:
        """Count the chosen columns of each group."""
        return np.bincount(self.group[chosen & (self.group >= 0)], minlength=len(self.most))

    def lacking(self, chosen: Flags) -> Flags:
        """Tell which columns belong to a group that has fewer sites than it needs."""
        short = self.counts(chosen) < self.least
        return (self.group >= 0) & short[self.group] if len(short) else np.zeros(len(chosen), bool)

    def kept_by(self, chosen: Flags) -> bool:
        """Tell whether a choice keeps every rule."""
        pairs = self.near[np.flatnonzero(chosen)][:, np.flatnonzero(chosen)]
        count = self.counts(chosen)
        return bool(
            pairs.nnz == 0
            and (count <= self.most).all()
            and (count >= self.least).all()
            and self.cost[chosen].sum() <= self.budget + 1e-9
            and not (chosen & self.closed).any()
        )

    def over(self, columns: Ints) -> "Rules":
        """Return the rules over some of the columns, in that order; the others are in no plan."""
        return replace(
            self,
            must=self.must[columns],
            near=self.near[columns][:, columns],
            group=self.group[columns],
            cost=self.cost[columns],
            closed=self.closed[columns],
        )

    def beside(self, columns: Ints) -> "Rules":
        """Return what is left of the rules for some columns that are not fixed, after a first one for all that are.

        The first column stands, belongs to no group and costs nothing; what fixed sites use up is taken off.
        """
        standing, part = self.counts(self.must), self.over(columns)
        pairs, wide = part.near.tocoo(), len(columns) + 1
        apart = csr_matrix((pairs.data, (pairs.row + 1, pairs.col + 1)), shape=(wide, wide))
        return replace(
            part,
            must=np.concatenate([[True], np.zeros(len(columns), bool)]),
            near=apart,
            group=np.concatenate([[-1], part.group]),
            most=self.most - standing,
            least=np.maximum(self.least - standing, 0),
            cost=np.concatenate([[0.0], part.cost]),
            closed=np.concatenate([[False], part.closed]),
        )


def rules_of(constraints: Constraints, must: Flags) -> Rules:
    """Check constraints against the columns there are.

    Raises
    ------
    InputError
        When a pair or a group names a column that is not there, a cost is negative, budget or numbers make no sense,
        or two fixed sites are in conflict.
    """
    columns = len(must)
    near = _near(constraints.conflicts, must)
    group = _groups(constraints, columns)
    count = int(group.max(initial=-1)) + 1
    standing = np.bincount(group[must & (group >= 0)], minlength=count)
    most = np.full(count, columns if constraints.at_most is None else constraints.at_most)
    cost, budget = _costs(constraints, must)
    rules = Rules(
        must=must,
        near=near,
        group=group,
        most=np.maximum(most, standing),
        least=np.where(np.bincount(group[group >= 0], minlength=count) > 0, constraints.at_least, 0),
        cost=np.where(np.isnan(cost), np.inf, cost),
        budget=budget,
        closed=np.isnan(cost),
    )
    return replace(rules, closed=~must & ~rules.open_to(must))


def _near(pairs: Ints, must: Flags) -> csr_matrix:
    named, columns = np.asarray(pairs, np.int64).reshape(-1, 2), len(must)
    wrong = named[((named < 0) | (named >= columns)).any(axis=1) | (named[:, 0] == named[:, 1])]
    if len(wrong):
        raise InputError(
            Text(
                f"互斥的一对 {wrong[0].tolist()} 不是两个候选点，编号为 0 至 {columns - 1}。",
                f"The pair {wrong[0].tolist()} is not two candidates; they are numbered 0 to {columns - 1}.",
            )
        )
    both = named[must[named].all(axis=1)]
    if len(both):
        raise InputError(
            Text(
                f"固定点 {both[0, 0]} 与 {both[0, 1]} 相互排斥，不能同时保留。",
                f"Fixed sites {both[0, 0]} and {both[0, 1]} are in conflict: they cannot both stay.",
            ),
            Text("请去掉其中一个固定点，或放宽间距。", "Release one of them, or allow a smaller spacing."),
        )
    row, column = np.concatenate([named, named[:, ::-1]]).T if len(named) else (named[:, 0], named[:, 1])
    table = csr_matrix((np.ones(len(row), np.int64), (row, column)), shape=(columns, columns))
    table.data[:] = 1
    return table


def _groups(constraints: Constraints, columns: int) -> Ints:
    if constraints.group is None:
        return np.full(columns, -1, np.int64)
    group = np.asarray(constraints.group, np.int64).reshape(-1)
    if len(group) != columns:
        raise InputError(
            Text(
                f"分组有 {len(group)} 个，候选点有 {columns} 个，个数应相同。",
                f"There are {counted(len(group), 'group')} for {counted(columns, 'candidate')}.",
            )
        )
    most = columns if constraints.at_most is None else constraints.at_most
    if constraints.at_least < 0 or most < max(constraints.at_least, 0):
        raise InputError(
            Text(
                f"每组至少 {constraints.at_least} 个、至多 {most} 个，不能同时满足。",
                f"At least {constraints.at_least} and at most {most} of a group contradict each other.",
            )
        )
    return group


def _costs(constraints: Constraints, must: Flags) -> tuple[Floats, float]:
    if constraints.budget is None:
        return np.zeros(len(must)), np.inf
    given = constraints.cost
    cost = np.ones(len(must)) if given is None else np.asarray(given, np.float64).reshape(-1).copy()
    if len(cost) != len(must):
        raise InputError(
            Text(f"费用有 {len(cost)} 个，候选点有 {len(must)} 个，个数应相同。",
                 f"There are {len(cost)} costs for {counted(len(must), 'candidate')}.")
        )  # fmt: skip
    cost[must] = 0.0
    wrong = np.flatnonzero(cost < 0)
    if len(wrong):
        raise InputError(
            Text(f"候选点 {wrong[0]} 的费用是 {cost[wrong[0]]:g}，应为零或正数。",
                 f"The cost of candidate {wrong[0]} is {cost[wrong[0]]:g}, not zero or more.")
        )  # fmt: skip
    if not constraints.budget >= 0:
        raise InputError(
            Text(f"预算 {constraints.budget:g} 不是零或正数。",
                 f"The budget {constraints.budget:g} is not zero or more.")
        )  # fmt: skip
    return cost, float(constraints.budget)


def number_or_budget(sites: int | None, must: Flags, constraints: Constraints | None) -> int | None:
    """Check the number of sites; None is allowed where a budget decides. Raises InputError when neither is given."""
    if sites is not None:
        return checked_sites(sites, must)
    if constraints is None or constraints.budget is None:
        raise InputError(
            Text("没有给出站点数，也没有预算。", "Neither a number of sites nor a budget is given."),
            Text("请给出站点数，或带预算的约束。", "Give sites, or constraints with a budget."),
        )
    return None
