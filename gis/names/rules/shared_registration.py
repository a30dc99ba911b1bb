"""Several names in use for what is registered under one name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gis.names.candidate import Candidate
from gis.names.duplicates import namesakes
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, register_rule
from layers.text import Text


@register_rule("shared-registration")
def shared_registration(cases: Sequence[Case], setting: RuleSetting) -> Iterator[tuple[int, Hit]]:
    """一地多名：几处不同的在用名称共用一个备案名称。

    What
    ----
    Finds things of one class inside the legal scope that go by different names and state the same registered name.
    Sections of one estate (东区, 西区) go by one name.

    Why
    ---
    Art 15 and 18 of the regulation: one place, one standard name. Either one place is called by several names, or the
    register gave one name to several places; which of the two, a person has to tell.

    Exceptions
    ----------
    Heritage names ask for a review like all others.
    """
    del setting
    for members in _by_registration(cases).values():
        for own in members:
            others = [at for at in members if cases[at].segments.stem != cases[own].segments.stem]
            if others:
                yield own, _hit(cases, own, others)


def _by_registration(cases: Sequence[Case]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, case in enumerate(cases):
        if case.candidate.registered_name:
            found[_registered(case)].append(at)
    return {name: members for name, members in found.items() if name and len(members) > 1}


def _registered(case: Case) -> str:
    name = case.candidate.registered_name or ""
    facts = Candidate(name=name, entity_class=case.candidate.entity_class)
    return Case.of(facts).segments.stem


def _hit(cases: Sequence[Case], own: int, others: Sequence[int]) -> Hit:
    registered = cases[own].candidate.registered_name or ""
    detail = namesakes(cases, own, others, grade="registered")
    nearest = detail["namesakes"][0]["name"]
    return Hit(
        word=registered,
        detail={**detail, "registered_name": registered},
        message=Text(
            f"与“{nearest}”共用备案名“{registered}”。",
            f"Shares the registered name {registered} with {nearest}.",
        ),
    )
