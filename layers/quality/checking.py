"""All checks of data quality, in one call."""

from collections.abc import Iterator, Mapping
from datetime import date

from layers.findings import NO_DATA, Finding, Severity
from layers.model import Layer
from layers.progress import Progress, silent
from layers.quality.characters import check_characters
from layers.quality.dates import check_dates
from layers.quality.noticing import about_layer
from layers.quality.places import Ground, check_places
from layers.quality.shapes import check_shapes
from layers.quality.shift import check_shift
from layers.quality.topology import check_unit_areas
from layers.quality.units import UNITS, check_unit_references, check_unit_tree
from layers.quality.values import check_values
from layers.specs import SPECS
from layers.text import Text
from layers.workspace import Workspace

_STAGE = Text("检查数据质量", "Checking data quality")


def check_quality(
    workspace: Workspace, progress: Progress = silent, *, on: date | None = None
) -> list[Finding]:
    """Check every layer of a workspace.

    Parameters
    ----------
    on
        The day dates are judged from; today when not given.

    Returns
    -------
    list of Finding
        Codes ``quality.*``, category 数据质量. What cannot be judged is of severity *unknown*.
        Independent of row order.
    """
    layers = {
        layer_id: layer for layer_id in SPECS if (layer := workspace.layer_or_none(layer_id)) is not None
    }
    day = on or workspace.day
    return check_layers(layers, on=day, progress=progress)


def check_layers(layers: Mapping[str, Layer], *, on: date, progress: Progress = silent) -> list[Finding]:
    """Check layers by id, as they are known on a day; see ``check_quality``."""
    units = layers.get(UNITS)
    ground = Ground.of(units)
    found: list[Finding] = [] if layers else [_nothing()]
    for done, layer in enumerate(layers.values()):
        progress(_STAGE, done, len(layers))
        found += _check_layer(layer, units, ground, on)
    if units is not None:
        found += [*check_unit_tree(units), *check_unit_areas(units)]
    progress(_STAGE, len(layers), len(layers))
    return found


def _check_layer(layer: Layer, units: Layer | None, ground: Ground | None, on: date) -> Iterator[Finding]:
    yield from check_shapes(layer)
    yield from check_values(layer)
    yield from check_characters(layer)
    yield from check_dates(layer, on)
    yield from check_unit_references(layer, units)
    yield from check_places(layer, ground)
    yield from check_shift(layer, ground)


def _nothing() -> Finding:
    message = Text(
        "工作区里还没有任何图层，无从检查。请先导入：fangyu import 图层 文件名。",
        "The workspace has no layer yet, so there is nothing to check. First: fangyu import LAYER FILE.",
    )
    return about_layer("", "nothing-imported", Severity.UNKNOWN, message, citation=NO_DATA, evidence={})
