"""The map of one case: the place, the roads around it and its namesakes by number; readable in grey, without fonts.

All lettering is digits, ``N`` and metres, so that no Chinese font is needed; who the numbers are stands beside the map.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from PIL import Image

from layers.crs import metric_crs
from layers.errors import NotFoundError
from layers.model import STORAGE_CRS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.workspace import Workspace

_SIZE_IN = (6.3, 3.9)
_DPI = 180
_COLOURS = 32
_LEAST_HALF_M = 400.0
_REACH_M = 15_000.0
"""A namesake farther away stands in the list, not on the map."""
MOST_NAMESAKES = 6
_PAD = 1.25
_DARK, _ROAD, _WATER, _LINE = "#0b3c5d", "#8c8c8c", "#d4dfe6", "#5a5a5a"
_ROAD_WIDTHS: Mapping[str, float] = {
    "motorway": 2.4, "trunk": 2.2, "primary": 2.0, "secondary": 1.6, "tertiary": 1.3, "residential": 0.9,
}  # fmt: skip
_THIN_ROAD = 0.6
_WIDE_M = 3_000.0
"""On a map wider than this lanes, paths and service roads would only be noise."""
_WATER_PARTS = frozenset("江河湖海塘溪浜泾渠港库荡池浦")
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A namesake with the number it bears on the map and in the list; ``on_map`` when near enough to be drawn."""

    number: int
    name: str
    distance_m: float | None
    grade: str
    on_map: bool
    lon: float | None
    lat: float | None


def numbered(case: Mapping[str, Any]) -> list[Numbered]:
    """Give numbers to the namesakes of a case, nearest first, those without a place last; at most six."""
    far = float("inf")
    listed = sorted(
        case.get("namesakes") or (),
        key=lambda one: (far if one.get("distance_m") is None else one["distance_m"], str(one.get("id"))),
    )
    return [
        Numbered(
            number=number,
            name=str(one.get("name", "")),
            distance_m=one.get("distance_m"),
            grade=str(one.get("grade", "")),
            on_map=_placed(one) and (one.get("distance_m") or 0) <= _REACH_M,
            lon=one.get("lon"),
            lat=one.get("lat"),
        )
        for number, one in enumerate(listed[:MOST_NAMESAKES], 1)
    ]


def _placed(one: Mapping[str, Any]) -> bool:
    return one.get("lon") is not None and one.get("lat") is not None


def draw(workspace: "Workspace", case: Mapping[str, Any]) -> bytes | None:
    """Draw the map of a case as PNG; None when nobody knows where the place is.

    The projection is the local metric one of the place; north is up. The same data give the same bytes.
    """
    if not _placed(case):
        return None
    shown = [one for one in numbered(case) if one.on_map]
    spots = gpd.GeoSeries(
        shapely.points([(case["lon"], case["lat"]), *((one.lon, one.lat) for one in shown)]), crs=STORAGE_CRS
    )
    crs = metric_crs(tuple(spots.total_bounds))
    places = spots.to_crs(crs)
    frame = _frame(places)
    figure = Figure(figsize=_SIZE_IN, dpi=_DPI)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    _limits(axes, frame)
    _ground(axes, workspace, spots, frame, crs)
    _place(axes, workspace, case, places.iloc[0], crs)
    for one, spot in zip(shown, places.iloc[1:], strict=True):
        _number(axes, spot, str(one.number))
    _north(axes)
    _scale(axes, frame)
    return png_of(figure)


def png_of(figure: Figure, *, colours: int = _COLOURS) -> bytes:
    """Draw the figure into a palette of few colours: a fraction of the size, and no word of the program in it."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    picture = Image.fromarray(pixels[:, :, :3].copy())
    file = io.BytesIO()
    picture.quantize(colours, dither=Image.Dither.NONE).save(file, format="PNG", optimize=True)
    return file.getvalue()


def _frame(places: gpd.GeoSeries) -> tuple[float, float, float, float]:
    """Give the window in metres: everything numbered with room around it, in the shape of the picture."""
    west, south, east, north = places.total_bounds
    half_x = max((east - west) / 2 * _PAD, _LEAST_HALF_M)
    half_y = max((north - south) / 2 * _PAD, _LEAST_HALF_M)
    shape = _SIZE_IN[0] / _SIZE_IN[1]
    half_x, half_y = max(half_x, half_y * shape), max(half_y, half_x / shape)
    x, y = (west + east) / 2, (south + north) / 2
    return x - half_x, y - half_y, x + half_x, y + half_y


def _limits(axes: "Axes", frame: tuple[float, float, float, float]) -> None:
    axes.set_xlim(frame[0], frame[2])
    axes.set_ylim(frame[1], frame[3])
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_linewidth(1.2)


def _ground(
    axes: "Axes",
    workspace: "Workspace",
    spots: gpd.GeoSeries,
    frame: tuple[float, float, float, float],
    crs: Any,  # noqa: ANN401 - pyproj is untyped here
) -> None:
    """Draw what lies there: water, outlines of units, roads."""
    corners = gpd.GeoSeries([shapely.box(*frame)], crs=crs).to_crs(spots.crs)
    box = tuple(float(one) for one in corners.total_bounds)
    names = _near(workspace, "place_name", box, crs)
    if names is not None:
        water = names[names["name"].fillna("").str[-1:].isin(_WATER_PARTS)]
        _areas(axes, water.geometry, fill=_WATER)
        _lines(axes, water.geometry, color=_WATER, width=2.6, order=1)
    units = _near(workspace, "admin_unit", box, crs)
    if units is not None:
        outlines = gpd.GeoSeries([shapely.line_merge(shapely.union_all(units.geometry.boundary.to_numpy()))])
        _lines(axes, outlines, color=_LINE, width=0.8, order=4, dashes=(5, 3))
    roads = _near(workspace, "road", box, crs)
    if roads is not None:
        for road_class, some in roads.groupby(roads["road_class"].fillna("")):
            width = _ROAD_WIDTHS.get(str(road_class), _THIN_ROAD)
            if width > _THIN_ROAD or frame[2] - frame[0] <= _WIDE_M:
                _lines(axes, some.geometry, color=_ROAD, width=width, order=3)


def _near(workspace: "Workspace", layer_id: str, box: Any, crs: Any) -> gpd.GeoDataFrame | None:  # noqa: ANN401
    """Read what lies in the window, in metres; None when the layer is not there or nothing lies there."""
    if layer_id not in workspace.store.layer_ids():
        return None
    frame = workspace.store.read(layer_id, bbox=box).frame
    there = frame[frame.geometry.notna()]
    return None if there.empty else there.to_crs(crs)


def _lines(
    axes: "Axes",
    shapes: gpd.GeoSeries,
    *,
    color: str,
    width: float,
    order: int,
    dashes: tuple[int, int] | None = None,
) -> None:
    parts = shapely.get_parts(shapes.to_numpy())
    lines = [shapely.get_coordinates(one) for one in parts if one.geom_type in {"LineString", "LinearRing"}]
    style = (0, dashes) if dashes else "solid"
    axes.add_collection(
        LineCollection(
            lines, colors=color, linewidths=width, zorder=order, linestyles=[style], capstyle="round"
        ),
        autolim=False,
    )


def _areas(axes: "Axes", shapes: gpd.GeoSeries, *, fill: str) -> None:
    for part in shapely.get_parts(shapes.to_numpy()):
        if part.geom_type == "Polygon":
            axes.fill(*shapely.get_coordinates(part.exterior).T, color=fill, linewidth=0, zorder=1)


def _place(
    axes: "Axes",
    workspace: "Workspace",
    case: Mapping[str, Any],
    spot: Any,  # noqa: ANN401 - shapely is untyped
    crs: Any,  # noqa: ANN401
) -> None:
    """Draw the place itself: its line or outline, and a star at the point of the case."""
    shapes = _own_shape(workspace, case, crs)
    if shapes is not None:
        _lines(axes, shapes, color=_DARK, width=3.0, order=5)
        for part in shapely.get_parts(shapes.to_numpy()):
            if part.geom_type == "Polygon":
                x, y = shapely.get_coordinates(part.exterior).T
                axes.fill(x, y, facecolor="none", edgecolor=_DARK, linewidth=2.2, hatch="////", zorder=5)
    axes.plot(spot.x, spot.y, marker="*", markersize=19, color="black", markeredgecolor="white", zorder=8)


def _own_shape(workspace: "Workspace", case: Mapping[str, Any], crs: Any) -> gpd.GeoSeries | None:  # noqa: ANN401
    try:
        frame = workspace.store.feature(str(case.get("layer", "")), str(case.get("feature_id", ""))).frame
    except NotFoundError:
        return None
    there = frame.geometry[frame.geometry.notna()]
    return None if there.empty else there.to_crs(crs)


def _number(axes: "Axes", spot: Any, text: str) -> None:  # noqa: ANN401 - shapely is untyped
    axes.text(
        spot.x,
        spot.y,
        text,
        fontsize=9,
        fontweight="bold",
        ha="center",
        va="center",
        zorder=9,
        bbox={"boxstyle": "circle,pad=0.25", "facecolor": "white", "edgecolor": "black", "linewidth": 1.3},
    )


def _north(axes: "Axes") -> None:
    look = {"arrowstyle": "-|>", "color": "black", "linewidth": 1.6}
    axes.annotate(
        "", xy=(0.955, 0.93), xytext=(0.955, 0.80), xycoords="axes fraction", arrowprops=look, zorder=10
    )
    axes.text(0.955, 0.94, "N", transform=axes.transAxes, ha="center", va="bottom", fontsize=11, zorder=10)


def bar_length_m(width_m: float) -> float:
    """Choose a round length (1, 2 or 5 times a power of ten) of about a fifth of the width of the map."""
    wanted, power = width_m / 5, 1.0
    while power * 10 <= wanted:
        power *= 10
    return max(step * power for step in _STEPS if step * power <= max(wanted, power))


def _scale(axes: "Axes", frame: tuple[float, float, float, float]) -> None:
    width = frame[2] - frame[0]
    bar = bar_length_m(width)
    share = bar / width
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5}
    said = f"{bar / 1000:g} km" if bar >= 1000 else f"{bar:g} m"  # noqa: PLR2004 - a kilometre
    axes.plot(
        [0.03, 0.03, 0.03 + share, 0.03 + share],
        [0.06, 0.04, 0.04, 0.06],
        transform=axes.transAxes,
        color="black",
        linewidth=1.8,
        zorder=10,
    )
    axes.text(
        0.03 + share / 2, 0.065, said, transform=axes.transAxes, ha="center", fontsize=9, zorder=10, bbox=box
    )
