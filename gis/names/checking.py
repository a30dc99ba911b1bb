"""Judging names: every rule of a pack, every exception, one finding per thing noticed."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gis.names.candidate import Candidate
from gis.names.judgements import (
    RANK,
    judgements,
    judgements_on,
    single_judgements,
    single_rules,
    today,
)
from gis.names.packs import Pack, load_packs
from gis.names.registry import Case
from layers.findings import Finding, Severity

if TYPE_CHECKING:
    from layers.model import Layer


def check_name(
    candidate: Candidate, pack: Pack | str = "national-2022", *, on: date | None = None
) -> list[Finding]:
    """Judge one name by itself.

    Parameters
    ----------
    candidate
        The name and what is known about it. A historic name is not judged as a current one; an empty name
        gives no finding.
    pack
        A loaded pack, or the id of a shipped one.
    on
        Day of the judgement, for names in use for so many years; today by default.

    Returns
    -------
    list[Finding]
        Most severe first. Suspect, review or note, never a verdict: 可改可不改的不改.

    Raises
    ------
    NotFoundError
        When there is no such pack.
    """
    chosen = load_packs((pack,)) if isinstance(pack, str) else pack
    judged = single_judgements([Case.of(candidate)], single_rules(chosen).found, on or today())
    return sorted((one.finding() for one in judged), key=_order)


def check_candidates(candidates: Iterable[Candidate], pack: Pack, *, on: date | None = None) -> list[Finding]:
    """Judge many names, each by itself and against the others of its legal scope.

    The order of the candidates changes neither the findings nor their keys.
    """
    named = sorted((one for one in candidates if one.name.strip()), key=lambda one: (one.id, one.name))
    cases = [Case.of(one) for one in named]
    judged = judgements(cases, pack, on or today())
    return sorted((one.finding() for one in judged), key=_order)


def check_among(
    candidate: Candidate, others: Iterable[Candidate], pack: Pack, *, on: date | None = None
) -> list[Finding]:
    """Judge one name by itself and against others of its legal scope; nothing is said of the others.

    Returns
    -------
    list[Finding]
        What ``check_candidates`` would say of this name among the others. Empty for an empty name.
    """
    if not candidate.name.strip():
        return []
    cases = [Case.of(one) for one in others if one.name.strip()]
    judged = judgements_on(Case.of(candidate), cases, pack, on or today())
    return sorted((one.finding() for one in judged), key=_order)


def check_names(
    layer: "Layer",
    packs: Sequence[str],
    district_code: str,
    *,
    on: date | None = None,
    folder: Path | None = None,
) -> list[Finding]:
    """Judge all names of a layer.

    Parameters
    ----------
    layer
        ``place_name``, or any layer with ``id`` and ``name`` (roads, residential quarters …).
    packs
        Ids of rule packs, later ones overlaying earlier ones.
    district_code
        Jurisdiction of names that have no division code of their own.
    on
        Day of the judgement, for names in use for so many years; today by default.
    folder
        Of a workspace, whose own packs may be named too.

    Returns
    -------
    list[Finding]
        Most severe first, then by name. Empty for a layer without names.

    Raises
    ------
    NotFoundError
        When there is no such pack.
    """
    from gis.names.register import candidates_from_layer  # noqa: PLC0415 - a list of names needs no tables

    pack = load_packs(tuple(packs), folder=folder)
    return check_candidates(candidates_from_layer(layer, district_code), pack, on=on)


def status_of(findings: Iterable[Finding]) -> str:
    """Sum findings on one name up as ``clear``, ``review`` or ``suspect``; notes leave it clear."""
    worst = max((RANK[one.severity] for one in findings), default=0)
    if worst >= RANK[Severity.SUSPECT]:
        return "suspect"
    return "review" if worst > 0 else "clear"


def _order(finding: Finding) -> tuple[int, str, str, str, str]:
    return (
        -RANK[finding.severity],
        finding.feature_name,
        finding.feature_id,
        finding.code,
        finding.subject,
    )
