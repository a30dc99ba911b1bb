"""What findings about cemeteries have in common: category, citation of a norm, severity by how well it is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from layers.errors import NotFoundError
from layers.findings import Finding, Severity, unjudged
from layers.norms import NormProfile, NormValue
from layers.text import Text

CATEGORY = "殡葬"
CEMETERIES = "cemetery"
ZONES = "no_burial_zone"


def about(  # noqa: PLR0913 - the parts of a finding, by name
    row: Mapping[str, Any],
    code: str,
    severity: Severity,
    message: Text,
    *,
    citation: str,
    evidence: Mapping[str, Any],
    subject: str = "",
    exceptions: tuple[Text, ...] = (),
) -> Finding:
    """Make a finding about one cemetery; ``row`` has its ``id`` and ``name``."""
    return Finding(
        code=f"cemeteries.{code}",
        severity=severity,
        layer_id=CEMETERIES,
        feature_id=str(row["id"]),
        feature_name=str(row["name"] or ""),
        message=message,
        citation=citation,
        category=CATEGORY,
        subject=subject,
        evidence=evidence,
        exceptions=exceptions,
    )


def unknown(code: str, message: Text, *, layer_id: str = CEMETERIES, **evidence: Any) -> Finding:  # noqa: ANN401
    """Say for the whole layer what could not be checked: unknown is not clear."""
    return unjudged(f"cemeteries.{code}", layer_id, message, category=CATEGORY, **evidence)


def cited(norm: NormValue) -> str:
    """Cite a norm value, and say so when the words of the rule were not read."""
    return f"{norm.source}{norm.clause}" + ("" if norm.verified else "（未经核对）")


def broken(norm: NormValue) -> Severity:
    """How far a value beyond a norm goes: an error only where the words of the rule were read."""
    return Severity.ERROR if norm.verified else Severity.SUSPECT


def norm_or_none(norms: NormProfile, param: str, applies_to: str, on: date) -> NormValue | None:
    """Return a norm value, or None where the profile has none in force."""
    try:
        return norms.value(param, applies_to=applies_to, on=on)
    except NotFoundError:
        return None
