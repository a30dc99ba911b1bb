"""Two generic parts in a row."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from gis.names.terms import generic_terms
from layers.text import Text

_BUILT = frozenset({"residential", "building"})
_LONG = 2


@single_rule("doubled-generic")
def doubled_generic(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """通名重叠：两个通名连用（花园小区、大厦广场）。

    What
    ----
    Finds names of residential areas and buildings whose specific part itself ends in a generic part of two
    characters or more of such places, before the generic part of the name.

    Why
    ---
    Nanchang's rules of 2013 forbid two generic parts of two syllables in a row; a draft of Shandong of 2020 asks to
    avoid it. The national pack has no such rule.

    Exceptions
    ----------
    Approved names; names from before the local rules; settled and heritage names.
    """
    del setting
    outer, specific = case.segments.generic, case.segments.specific
    inner = generic_terms().classes.longest(specific)
    if len(outer) < _LONG or len(inner) < _LONG or generic_terms().classes[inner] not in _BUILT:
        return
    yield Hit(
        word=inner + outer,
        start=case.segments.specific_start + len(specific) - len(inner),
        message=Text(f"通名“{inner}”“{outer}”重叠。", f"Two generic parts in a row: {inner}, {outer}."),
    )
