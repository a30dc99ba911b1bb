"""Words that a place forbids, or allows with consent only, in names of estates and buildings."""

from collections.abc import Iterator

from gis.names.listed import listed_hits
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from gis.names.words import Found
from layers.text import Text


@single_rule("restricted-word", reach=Reach.LISTED)
def restricted_word(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """本地限用词：本地规定禁止使用，或须经同意才能使用的词。

    What
    ----
    Finds the words that a province or city lists for residential areas and buildings beyond the national criteria:
    forbidden ones, and those that need a function of that rank or a written consent (国际, 中国, the name of the
    province or city), which ask for a review.

    Why
    ---
    The rules of the place, named in each finding; Art 9(2) of the regulation: the name fits the actual nature. The
    national pack has no such list.

    Exceptions
    ----------
    Institutions and firms of that name (江苏银行, 太平洋保险); approved names; names from before the local rules;
    settled and heritage names.
    """
    yield from listed_hits(case, setting, said=_said, passes_as="qualified-use")


def _said(found: Found) -> Text:
    return Text(
        f"“{found.word}”属于{found.listed.label.zh}。", f"{found.word} is one of the {found.listed.label.en}."
    )
