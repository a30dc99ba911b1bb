"""Does a layer lie better in its units when its coordinates are taken for GCJ-02 or BD-09?"""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer

from layers.crs import bd09_to_wgs84, gcj02_to_wgs84
from layers.findings import Finding, Severity
from layers.model import Layer
from layers.quality.noticing import about_layer
from layers.quality.places import Ground
from layers.text import Text, counted
from layers.unit_codes import full_code

_FEWEST = 20
_ENOUGH = 2000
_GAIN = 0.15
"""A hypothesis must put this share more of the points into the units they name."""

Degrees = npt.NDArray[np.float64]

_HYPOTHESES: Mapping[str, Callable[[npt.ArrayLike, npt.ArrayLike], tuple[Degrees, Degrees]]] = {
    "GCJ-02": gcj02_to_wgs84,
    "BD-09": bd09_to_wgs84,
}


def check_shift(layer: Layer, ground: Ground | None) -> Iterator[Finding]:
    """Say when most points of a layer fall into the unit they name only after a GCJ-02 or BD-09 shift is undone.

    Needs twenty points whose unit has an area, looks at two thousand of them evenly spread over the ids, and trusts
    the units. With fewer points nothing can be said and nothing is.
    """
    if ground is None or "unit_code" not in layer.frame:
        return
    shapes = layer.frame.geometry.to_numpy()
    codes = layer.frame["unit_code"].map(full_code, na_action="ignore")
    areas = np.array([ground.units.get(code) for code in codes], dtype=object)
    usable = (shapely.get_type_id(shapes) == 0) & ~shapely.is_empty(shapes) & ~shapely.is_missing(areas)
    if usable.sum() < _FEWEST:
        return
    rows = np.flatnonzero(usable)[np.argsort(layer.frame["id"].to_numpy(dtype=str)[usable])]
    rows = rows[:: max(1, len(rows) // _ENOUGH)]
    lon, lat = shapely.get_coordinates(shapes[rows]).T
    to_metric = Transformer.from_crs(4490, ground.crs, always_xy=True)
    inside = {"as given": _share_inside(to_metric, lon, lat, areas[rows])}
    for name, undo in _HYPOTHESES.items():
        inside[name] = _share_inside(to_metric, *undo(lon, lat), areas[rows])
    best = max(inside, key=lambda name: inside[name])
    if inside[best] - inside["as given"] >= _GAIN:
        yield _suspicion(layer, best, inside, len(rows))


def _share_inside(
    to_metric: Transformer,
    lon: Degrees,
    lat: Degrees,
    areas: npt.NDArray[np.object_],
) -> float:
    x, y = to_metric.transform(lon, lat)
    return float(np.mean(shapely.intersects(areas, shapely.points(x, y))))


def _suspicion(layer: Layer, best: str, inside: Mapping[str, float], points: int) -> Finding:
    message = Text(
        f"{layer.spec.label.zh}的坐标疑为{best}：按原样只有{inside['as given']:.0%}的点落在所登记的村居内，"
        f"按{best}还原后为{inside[best]:.0%}（{points}个点）。请核实来源，撤销该次导入后用 --crs 重新导入。",
        f"{layer.id} seems to be in {best}: {inside['as given']:.0%} of "
        f"{counted(points, 'point lies', 'points lie')} in the unit they name"
        f" as given, {inside[best]:.0%} after undoing {best}. Ask where they come from, undo the import and"
        " repeat it with --crs.",
    )
    return about_layer(
        layer.id,
        "shifted",
        Severity.SUSPECT,
        message,
        citation="以行政区划范围为准检验三种坐标假设",
        evidence={
            "points": points,
            "share_inside": {name: round(share, 3) for name, share in inside.items()},
        },
        subject=best,
    )
