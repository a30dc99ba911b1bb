"""All names of one legal scope against each other: pairs are found through what they share, never one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import overload

from gis.names.namesakes.grades import Grade, Relation, relation
from gis.names.namesakes.keys import Keying, Keys
from gis.names.packs import RuleSetting
from gis.names.registry import Case

Alike = Mapping[int, Mapping[Grade, Sequence[tuple[int, Relation]]]]
"""Position of a name -> grade -> (position of the other, how they are alike), in the order of positions."""


class ScopeMembers(Sequence[Case]):
    """The names of one scope, compared once for all rules that ask."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._cases = tuple(cases)
        self._alike: dict[Keying, Alike] = {}

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._cases)

    @overload
    def __getitem__(self, at: int) -> Case: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Case]: ...
    def __getitem__(self, at: int | slice) -> Case | Sequence[Case]:
        """Return the name at a position."""
        return self._cases[at]

    def alike(self, keying: Keying) -> Alike:
        """Return who is like whom."""
        if keying not in self._alike:
            self._alike[keying] = compared([keying.keys(case) for case in self._cases])
        return self._alike[keying]


def alike_in(cases: Sequence[Case], setting: RuleSetting) -> Alike:
    """Return who is like whom among the names of one scope, as the parameters of the pack have it."""
    keying = Keying.of_parameters(setting.shared)
    if isinstance(cases, ScopeMembers):
        return cases.alike(keying)
    return compared([keying.keys(case) for case in cases])


def compared(keys: Sequence[Keys]) -> Alike:
    """Compare names by their keys, every pair that shares something once."""
    found: dict[int, dict[Grade, list[tuple[int, Relation]]]] = {}
    for one, other in sorted(_pairs(keys)):
        like = relation(keys[one], keys[other])
        if like is not None:
            found.setdefault(one, {}).setdefault(like.grade, []).append((other, like))
            found.setdefault(other, {}).setdefault(like.grade, []).append((one, like))
    return dict(sorted(found.items()))


def _pairs(keys: Sequence[Keys]) -> set[tuple[int, int]]:
    plain, toneless = _bucket([one.plain for one in keys]), _bucket([one.toneless for one in keys])
    shared = [plain, toneless]
    if any(one.stands_alone for one in keys):
        shared.append(_bucket([one.specific if one.stands_alone else 0 for one in keys]))
    shared += [_bucket([one.folded for one in keys]), _bucket([one.dialect for one in keys])]
    pairs = {
        pair
        for bucket in shared
        for members in bucket.values()
        if len(members) > 1
        for pair in combinations(members, 2)
    }
    for at, one in enumerate(keys):
        for key in one.shorter:
            pairs.update(_ordered(at, plain.get(key, ())))
        for key in one.alternatives:
            pairs.update(_ordered(at, toneless.get(key, ())))
    return pairs


def _bucket(shared: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at, key in enumerate(shared):
        if key:
            found.setdefault(key, []).append(at)
    return found


def _ordered(at: int, others: Iterable[int]) -> Iterator[tuple[int, int]]:
    return ((min(at, other), max(at, other)) for other in others if other != at)
