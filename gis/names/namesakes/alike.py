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
    """The names of one scope, compared once for all rules that ask.

    Parameters
    ----------
    only
        The one among them that the others are compared with; without it each is compared with each.
    """

    def __init__(self, cases: Iterable[Case], *, only: Case | None = None) -> None:
        self._cases = tuple(cases)
        self._only = next((at for at, one in enumerate(self._cases) if one is only), None)
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
            keys = keying.all_keys(self._cases)
            self._alike[keying] = compared(keys) if self._only is None else _compared_with(keys, self._only)
        return self._alike[keying]


def alike_in(cases: Sequence[Case], setting: RuleSetting) -> Alike:
    """Return who is like whom among the names of one scope, as the parameters of the pack have it."""
    keying = Keying.of_parameters(setting.shared)
    if isinstance(cases, ScopeMembers):
        return cases.alike(keying)
    return compared(keying.all_keys(cases))


def compared(keys: Sequence[Keys]) -> Alike:
    """Compare names by their keys, every pair that shares something once."""
    found: dict[int, dict[Grade, list[tuple[int, Relation]]]] = {}
    for one, other in sorted(_pairs(keys)):
        like = relation(keys[one], keys[other])
        if like is not None:
            found.setdefault(one, {}).setdefault(like.grade, []).append((other, like))
            found.setdefault(other, {}).setdefault(like.grade, []).append((one, like))
    return dict(sorted(found.items()))


def _compared_with(keys: Sequence[Keys], own: int) -> Alike:
    found: dict[Grade, list[tuple[int, Relation]]] = {}
    for other, other_keys in enumerate(keys):
        if other != own and (like := relation(keys[own], other_keys)) is not None:
            found.setdefault(like.grade, []).append((other, like))
    return {own: found} if found else {}


def _pairs(keys: Sequence[Keys]) -> set[tuple[int, int]]:
    plain, toneless = _Shared(one.plain for one in keys), _Shared(one.toneless for one in keys)
    shared = [plain, toneless]
    if any(one.stands_alone for one in keys):
        shared.append(_Shared(one.specific if one.stands_alone else 0 for one in keys))
    shared += [_Shared(one.folded for one in keys), _Shared(one.dialect for one in keys)]
    pairs = {pair for one in shared for members in one.together.values() for pair in combinations(members, 2)}
    for at, one in enumerate(keys):
        for key in one.shorter:
            pairs.update(_ordered(at, plain.members(key)))
        for key in one.alternatives:
            pairs.update(_ordered(at, toneless.members(key)))
    return pairs


class _Shared:
    """Positions by key; most keys belong to one position only and cost no list."""

    __slots__ = ("_first", "together")

    def __init__(self, shared: Iterable[int]) -> None:
        self._first: dict[int, int] = {}
        self.together: dict[int, list[int]] = {}
        entered, together = self._first.setdefault, self.together
        for at, key in enumerate(shared):
            if key and (first := entered(key, at)) != at:
                if key in together:
                    together[key].append(at)
                else:
                    together[key] = [first, at]

    def members(self, key: int) -> Sequence[int]:
        if key in self.together:
            return self.together[key]
        return (self._first[key],) if key in self._first else ()


def _ordered(at: int, others: Iterable[int]) -> Iterator[tuple[int, int]]:
    return ((min(at, other), max(at, other)) for other in others if other != at)
