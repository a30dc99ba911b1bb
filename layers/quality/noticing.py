"""How the quality checks say what they noticed: about one feature, about a whole layer, or about very many at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from layers.findings import Finding, Severity
from layers.model import Layer
from layers.text import Text, counted

CATEGORY = "数据质量"
MANY = 200
"""More hits of one rule in one layer than this point to one cause and become one finding."""
SHOWN = 20
"""So many ids stand in the evidence of a finding about many features."""

Mask = npt.NDArray[np.bool_]


def about(  # noqa: PLR0913 - the parts of a finding, by name
    layer: Layer,
    position: int,
    code: str,
    severity: Severity,
    message: Text,
    *,
    citation: str,
    evidence: Mapping[str, Any],
    subject: str = "",
) -> Finding:
    """Make a finding about the feature in row ``position``."""
    return Finding(
        code=f"quality.{code}",
        severity=severity,
        layer_id=layer.id,
        feature_id=str(layer.frame["id"].iloc[position]),
        feature_name=name_at(layer, position),
        message=message,
        citation=citation,
        category=CATEGORY,
        subject=subject,
        evidence=evidence,
    )


def about_layer(
    layer_id: str,
    code: str,
    severity: Severity,
    message: Text,
    *,
    citation: str,
    evidence: Mapping[str, Any],
    subject: str = "",
) -> Finding:
    """Make a finding about a whole layer."""
    return Finding(
        code=f"quality.{code}",
        severity=severity,
        layer_id=layer_id,
        message=message,
        citation=citation,
        category=CATEGORY,
        subject=subject,
        evidence=evidence,
    )


def each(
    layer: Layer,
    hits: Mask,
    one: Callable[[int], Finding],
    *,
    many: Text,
) -> Iterator[Finding]:
    """Give ``one(position)`` for every hit, or a single finding when there are very many.

    Parameters
    ----------
    many
        What is wrong with them, to follow "N 个要素" / "N features".
    """
    positions = np.flatnonzero(hits)
    if len(positions) <= MANY:
        yield from (one(int(position)) for position in positions)
        return
    sample = one(int(positions[0]))
    message = Text(
        f"{layer.spec.label.zh}有{len(positions)}个要素{many.zh}，可能出自同一原因（如整个文件的坐标系或列对应）。",
        f"{counted(len(positions), 'feature')} of {layer.id} {many.en}; one cause is likely (the file's system "
        "or columns).",
    )
    yield about_layer(
        layer.id,
        sample.code.removeprefix("quality."),
        sample.severity,
        message,
        citation=sample.citation,
        evidence={"count": len(positions), "of": len(layer), "ids": ids_at(layer, positions)},
        subject=f"many:{sample.subject}",
    )


def ids_at(layer: Layer, positions: Sequence[int] | npt.NDArray[np.intp]) -> list[str]:
    """Give the first ids, sorted, of the features in these rows."""
    return sorted(layer.frame["id"].iloc[positions].astype(str))[:SHOWN]


def name_at(layer: Layer, position: int) -> str:
    """Give the name of a feature, or an empty text."""
    if "name" not in layer.frame:
        return ""
    return layer.frame["name"].iloc[position] or ""


def called(layer: Layer, position: int) -> str:
    """Give what people call a feature: its name, else its id."""
    return name_at(layer, position) or str(layer.frame["id"].iloc[position])
