"""Strings shaped like transliterations, in no list."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from gis.names.terms import generic_terms
from gis.names.transliteration import LEAST_RUN, ForeignRun, foreign_run
from layers.findings import Severity
from layers.text import Text


@single_rule("transliteration")
def transliteration(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """译音形态：专名像外语的汉字译音，但不在任何词表里。

    What
    ----
    Weighs every stretch of three characters and more (after a developer's name and further generic parts are taken
    off) by how much likelier its characters, each after the one before it, are among foreign names than among names
    of communities; the weight of every character is shown, in half nats. From ``review_score`` on the name asks for a
    review, from ``suspect_score`` on it is suspect; a core of two characters needs ``short_review_score``.
    Places of China and Chinese words that sound foreign are left alone, and words that other rules list are left to
    them.

    Why
    ---
    The criteria of 2018 count the Chinese transliteration of a foreign word as 洋; Art 9(5) of the regulation
    forbids foreign personal and place names.

    Exceptions
    ----------
    Minority languages, which use the same characters; settled, heritage and approved names; firms. Names of
    divisions, villages and communities are not looked at: they come from too many languages for a guess.
    """
    if case.segments.specific in generic_terms().developers:
        return
    limits = setting.parameters
    run = foreign_run(case.segments.specific)
    if run is None or run.score < limits[_limit_for(run)] or _is_native(case, run, setting):
        return
    yield Hit(
        word=run.text,
        start=case.segments.specific_start + run.start,
        severity=None if run.score >= limits["suspect_score"] else Severity.REVIEW,
        detail={
            "score": run.score,
            "weights": [list(one) for one in zip(run.text, run.weights, strict=True)],
        },
        message=Text(
            f"“{run.text}”像外语译音（{run.score} 分：{_shown(run)}）。",
            f"{run.text} looks transliterated (score {run.score}: {_shown(run)}).",
        ),
    )


def _shown(run: ForeignRun) -> str:
    return " ".join(f"{one}{weight:+}" for one, weight in zip(run.text, run.weights, strict=True))


def _limit_for(run: ForeignRun) -> str:
    return "review_score" if len(run.text) >= LEAST_RUN else "short_review_score"


def _is_native(case: Case, run: ForeignRun, setting: RuleSetting) -> bool:
    """Tell whether at least half of the run is a word that is at home, or that another rule lists."""
    start = case.segments.specific_start + run.start
    end = start + len(run.text)
    fine = setting.passes.spans(case.text)
    return any(2 * (min(last, end) - max(first, start)) >= len(run.text) for first, last in fine)
