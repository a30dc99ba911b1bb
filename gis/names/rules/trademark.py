"""Names of firms and trademarks in the names of places."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from gis.names.terms import generic_terms
from layers.text import Text


@single_rule("trademark")
def trademark(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """企业名称：专名以开发商或企业的名称开头。

    What
    ----
    Finds the name of a developer at the beginning of a specific part. A note, with the word as evidence: whether the
    characters mean the firm is for the reviewer to say.

    Why
    ---
    Art 9(6) of the regulation: no names of firms or trademarks. Art 4 of the measures of 2024 lets them stand where
    the characters have no link to the firm.

    Exceptions
    ----------
    Characters without a link to the firm; approved and settled names.
    """
    del setting
    specific = case.segments.specific
    found = generic_terms().developer_of(specific)
    if found:
        yield Hit(
            word=found,
            start=case.segments.specific_start,
            message=Text(f"“{found}”是企业名称。", f"{found} is the name of a firm."),
        )
