"""A name in use that is not the registered one."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from layers.text import Text


@single_rule("registered-name")
def registered_name(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """一地多名：在用名称与备案（标准）名称不一致。

    What
    ----
    Compares the name in use with the registered name, after width and spacing are evened out. A name that differs
    only in prefix, body or branch is the same.

    Why
    ---
    Art 15 and 18 of the regulation: the approved name is the standard name and must be used on signs, documents and
    maps.

    Exceptions
    ----------
    Heritage names ask for a review. Historic names are not judged.
    """
    del setting
    registered = case.candidate.registered_name
    if not registered or not registered.strip():
        return
    other = Case.of(type(case.candidate)(name=registered)).segments
    same = {case.segments.text, case.segments.stem} & {other.text, other.stem}
    if not same:
        yield Hit(
            word=registered,
            detail={"registered_name": registered},
            message=Text(
                f"在用名“{case.candidate.name}”与备案名“{registered}”不一致。",
                f"The name in use, {case.candidate.name}, is not the registered name {registered}.",
            ),
        )
