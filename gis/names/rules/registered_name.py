"""A name in use that is not the registered one."""

from collections.abc import Iterator
from dataclasses import replace

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from layers.findings import Severity
from layers.text import Text


@single_rule("registered-name", reach=Reach.INFORMED)
def registered_name(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """一地多名：在用名称、推广名、旧名与备案（标准）名称不一致。

    What
    ----
    Compares the name in use, and the names the place is advertised under, with the registered name; where no registered
    name is known, the name itself is taken for it. Width, spacing, prefix, body and branch do not count. A name in use
    that is a former name of the place is told as such. A place with an advertised name beside a name in use that is
    the registered one asks for a review.

    Why
    ---
    Art 15 and 18 of the regulation: the approved name is the standard name and must be used on signs, documents and
    maps.

    Exceptions
    ----------
    Heritage names ask for a review. Historic names are not judged.
    """
    del setting
    standard = (case.candidate.registered_name or "").strip()
    if standard and not _same(case, standard):
        yield _in_use(case, standard, is_former=any(_same(case, one) for one in case.candidate.former_names))
    for advertised in dict.fromkeys(one.strip() for one in case.candidate.marketing_names):
        other = _as(case, advertised)
        if advertised and not _same(other, standard or case.candidate.name):
            yield _advertised(advertised, standard or case.candidate.name)


def _as(case: Case, name: str) -> Case:
    return Case.of(replace(case.candidate, name=name, specific=None, generic=None))


def _same(case: Case, name: str) -> bool:
    one, other = case.segments, _as(case, name).segments
    return bool({one.text, one.stem} & {other.text, other.stem})


def _in_use(case: Case, standard: str, *, is_former: bool) -> Hit:
    name = case.candidate.name
    if is_former:
        message = Text(
            f"在用名“{name}”是旧名，标准名称为“{standard}”。",
            f"The name in use, {name}, is a former one; the standard name is {standard}.",
        )
    else:
        message = Text(
            f"在用名“{name}”与备案名“{standard}”不一致。",
            f"The name in use, {name}, is not the registered name {standard}.",
        )
    return Hit(
        word=standard, detail={"registered_name": standard, "is_former_name": is_former}, message=message
    )


def _advertised(advertised: str, standard: str) -> Hit:
    return Hit(
        word=advertised,
        subject=f"{standard}|{advertised}",
        severity=Severity.REVIEW,
        detail={"registered_name": standard, "marketing_name": advertised},
        message=Text(
            f"推广名“{advertised}”与标准名称“{standard}”不一致。",
            f"The advertised name {advertised} is not the standard name {standard}.",
        ),
    )
