"""Specific parts of one character."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from layers.text import Text


@single_rule("single-character-specific")
def single_character_specific(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """单字专名：专名只有一个字。

    What
    ----
    Finds names with a known generic part before which a single character stands.

    Why
    ---
    A draft of Shandong of 2020 asks to avoid single-character specific parts, which are hard to tell apart by ear. A
    draft only, so the finding is a note. The national pack has no such rule.

    Exceptions
    ----------
    Settled and heritage names, divisions and villages.
    """
    del setting
    specific = case.segments.specific
    if len(specific) != 1 or not case.segments.generic:
        return
    yield Hit(
        word=specific,
        start=case.segments.specific_start,
        message=Text(f"专名“{specific}”只有一个字。", f"The specific part {specific} is one character."),
    )
