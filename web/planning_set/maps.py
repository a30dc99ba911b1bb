"""Maps of a planning set: villages by share covered, facilities and new sites by number; readable in grey.

With a Chinese font the legend is in words; without one it has digits only, and the page says the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from layers.crs import metric_crs
from layers.model import STORAGE_CRS
from layers.text import Lang, Text
from web.documents.plan import bar_length_m, png_of
from web.maps.classes import SHARE_CLASSES, UNKNOWN_FILL
from web.planning_set.fonts import chinese_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from layers.workspace import Workspace

Frame = tuple[float, float, float, float]
_DPI = 170
_COLOURS = 64
_LEGEND_SHARE = 0.22
_PAD = 1.06
_MARKS: Mapping[str, tuple[str, str]] = {
    "care_facility": ("o", "#b3400d"), "meal_point": ("s", "#00694a"), "shelter": ("p", "#1f5aa6"),
    "cemetery": ("D", "#5b5566"), "point_of_interest": ("P", "#6d5a00"),
}  # fmt: skip
_SITE = ("^", "#111111")
_BIG_ROADS = frozenset({"motorway", "trunk", "primary", "secondary"})
_BOLD_FROM_PT = 7.0
_MANY = 80
"""From here numbers are smaller; where they lie over each other, the page of the town is nearer."""
_UNCOVERED = Text("未覆盖（0 %）", "Nobody covered (0 %)")
_UNKNOWN = Text("不明", "Not known")
_NEW = Text("规划新设", "New site")


@dataclass(frozen=True, slots=True)
class Spot:
    """A numbered point: ``kind`` is a layer id, or ``site`` for one to be built."""

    label: str
    lon: float
    lat: float
    kind: str


@dataclass(frozen=True)
class Ground:
    """What every map of a set shows below: villages, towns, large roads and rivers, in metres."""

    workspace: "Workspace"
    units: gpd.GeoDataFrame

    @cached_property
    def placed(self) -> gpd.GeoDataFrame:
        """Units with an area, in a local metric projection."""
        has = shapely.get_dimensions(self.units.geometry.to_numpy()) == 2  # noqa: PLR2004 - areas
        kept = self.units[has]
        return kept.to_crs(self.crs) if len(kept) else kept

    @cached_property
    def crs(self) -> Any:  # noqa: ANN401 - pyproj is untyped here
        """The projection of the maps."""
        shapes = self.units.geometry[self.units.geometry.notna()]
        return metric_crs(tuple(shapes.total_bounds)) if len(shapes) else STORAGE_CRS

    @cached_property
    def lines(self) -> Sequence[tuple[gpd.GeoSeries, str, float]]:
        """Large roads and rivers with colour and width."""
        found = []
        for layer_id, field, kinds, colour, width in (
            ("road", "road_class", _BIG_ROADS, "#9a948a", 0.7),
            ("barrier", "kind", {"river"}, "#7fb3d1", 1.6),
        ):
            layer = self.workspace.layer_or_none(layer_id)
            if layer is not None:
                some = layer.frame[layer.frame[field].isin(kinds)].geometry
                found.append((some[some.notna()].to_crs(self.crs), colour, width))
        return found

    def of(self, codes: Sequence[str]) -> gpd.GeoDataFrame:
        """Take the units of some codes."""
        return self.placed[self.placed["code"].astype(str).isin(set(codes))]


def draw(
    ground: Ground,
    shares: Mapping[str, float | None],
    spots: Sequence[Spot],
    *,
    lang: Lang,
    service: Mapping[str, Text],
    focus: str | None = None,
    size_in: tuple[float, float] = (7.0, 5.4),
) -> bytes | None:
    """Draw one map as PNG.

    Parameters
    ----------
    shares
        By code of village; None is not known.
    spots
        Facilities and new sites; those outside the map are left out.
    service
        What the kinds of spots are called, for the legend.
    focus
        Code of the town to be filled by the map; None shows everything.

    Returns
    -------
    bytes or None
        None where no unit has an area. The same input gives the same bytes.
    """
    window = ground.of([focus]) if focus else ground.placed
    if not len(window):
        return None
    figure = Figure(figsize=size_in, dpi=_DPI)
    axes = figure.add_axes((0.0, 0.0, 1.0 - _LEGEND_SHARE, 1.0))
    width_in = size_in[0] * (1 - _LEGEND_SHARE)
    frame = _frame(window, width_in / size_in[1])
    _limits(axes, frame)
    _fill(axes, ground, shares)
    _outlines(axes, ground, focus)
    kinds = _spots(axes, ground, spots, frame)
    _north_and_scale(axes, frame)
    _legend(figure, kinds, lang=lang, service=service)
    return png_of(figure, colours=_COLOURS)


def _frame(shapes: gpd.GeoDataFrame, shape: float) -> Frame:
    west, south, east, north = (float(one) for one in shapes.total_bounds)
    half_x, half_y = max((east - west) / 2, 50.0) * _PAD, max((north - south) / 2, 50.0) * _PAD
    half_x, half_y = max(half_x, half_y * shape), max(half_y, half_x / shape)
    x, y = (west + east) / 2, (south + north) / 2
    return x - half_x, y - half_y, x + half_x, y + half_y


def _limits(axes: "Axes", frame: Frame) -> None:
    axes.set_xlim(frame[0], frame[2])
    axes.set_ylim(frame[1], frame[3])
    axes.set_xticks([])
    axes.set_yticks([])


def _rings(shapes: Sequence[Any]) -> list[Any]:
    """List the outer rings, the largest first, so that what lies within another is drawn above it."""
    parts = [one for one in shapely.get_parts(np.asarray(shapes, object)) if one.geom_type == "Polygon"]
    return [shapely.get_coordinates(one.exterior) for one in sorted(parts, key=lambda one: -one.area)]


def _fill(axes: "Axes", ground: Ground, shares: Mapping[str, float | None]) -> None:
    villages = ground.of(list(shares))
    codes = villages["code"].astype(str)
    said = [shares[one] for one in codes]
    looks = [_look(one) for one in said]
    for look in dict.fromkeys(looks):
        chosen = villages.geometry[[one == look for one in looks]].to_numpy()
        axes.add_collection(
            PolyCollection(
                _rings(chosen),
                facecolors=look[0],
                hatch=look[1],
                edgecolors="#b9ae99",
                linewidths=0.4,
                zorder=1,
            ),
            autolim=False,
        )


def _look(share: float | None) -> tuple[str, str | None]:
    """Give fill and hatch of a share."""
    if share is None:
        return UNKNOWN_FILL, None
    if share <= 0:
        return "#ffffff", "//////"
    return next(
        (one.fill for one in SHARE_CLASSES if one.low <= share < one.high), SHARE_CLASSES[-1].fill
    ), None


def _outlines(axes: "Axes", ground: Ground, focus: str | None) -> None:
    for shapes, colour, width in ground.lines:
        _lines(axes, shapes.to_numpy(), colour, width, 2)
    towns = ground.placed[ground.placed["level"] == "town"]
    _lines(axes, towns.geometry.boundary.to_numpy(), "#5e5546", 1.0, 3)
    if focus:
        _lines(axes, ground.of([focus]).geometry.boundary.to_numpy(), "#7c1a1a", 2.2, 4)


def _lines(axes: "Axes", shapes: Sequence[Any], colour: str, width: float, order: int) -> None:
    parts = shapely.get_parts(np.asarray(shapes, object))
    lines = [shapely.get_coordinates(one) for one in parts if one.geom_type in {"LineString", "LinearRing"}]
    axes.add_collection(LineCollection(lines, colors=colour, linewidths=width, zorder=order), autolim=False)


def _spots(axes: "Axes", ground: Ground, spots: Sequence[Spot], frame: Frame) -> list[str]:
    """Draw the points within the frame with their numbers; return the kinds drawn, in order."""
    known = [one for one in spots if np.isfinite(one.lon) and np.isfinite(one.lat)]
    places = gpd.GeoSeries(
        gpd.points_from_xy([o.lon for o in known], [o.lat for o in known]), crs=STORAGE_CRS
    )
    xy = shapely.get_coordinates(places.to_crs(ground.crs).to_numpy())
    west, south, east, north = frame
    inside = [
        (one, x, y) for one, (x, y) in zip(known, xy, strict=True) if west < x < east and south < y < north
    ]
    small = 5.6 if len(inside) < _MANY else 4.2
    for one, x, y in inside:
        marker, colour = _SITE if one.kind == "site" else _MARKS.get(one.kind, ("o", "#333333"))
        size = 9.0 if one.kind == "site" else 5.0
        axes.plot(
            x,
            y,
            marker=marker,
            markersize=size,
            color=colour,
            markeredgecolor="white",
            markeredgewidth=0.6,
            zorder=6,
        )
        _number(axes, one.label, (x, y), size_pt=7.5 if one.kind == "site" else small)
    return list(dict.fromkeys(one.kind for one, _, _ in inside))


def _number(axes: "Axes", label: str, at: tuple[float, float], *, size_pt: float) -> None:
    axes.annotate(
        label,
        at,
        xytext=(3.2, 2.4),
        textcoords="offset points",
        fontsize=size_pt,
        fontweight="bold" if size_pt > _BOLD_FROM_PT else "normal",
        zorder=7,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.3},
    )


def _north_and_scale(axes: "Axes", frame: Frame) -> None:
    look = {"arrowstyle": "-|>", "color": "black", "linewidth": 1.5}
    axes.annotate(
        "", xy=(0.95, 0.95), xytext=(0.95, 0.86), xycoords="axes fraction", arrowprops=look, zorder=9
    )
    axes.text(0.95, 0.955, "N", transform=axes.transAxes, ha="center", va="bottom", fontsize=10, zorder=9)
    bar = bar_length_m(frame[2] - frame[0])
    share = bar / (frame[2] - frame[0])
    said = f"{bar / 1000:g} km" if bar >= 1000 else f"{bar:g} m"  # noqa: PLR2004 - a kilometre
    axes.plot(
        [0.03, 0.03, 0.03 + share, 0.03 + share],
        [0.045, 0.03, 0.03, 0.045],
        transform=axes.transAxes,
        color="black",
        linewidth=1.6,
        zorder=9,
    )
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0}
    middle = 0.03 + share / 2
    axes.text(middle, 0.05, said, transform=axes.transAxes, ha="center", fontsize=8, zorder=9, bbox=box)


def _legend(figure: Figure, kinds: Sequence[str], *, lang: Lang, service: Mapping[str, Text]) -> None:
    font = chinese_font()
    worded = font is not None or lang == "en"
    look: dict[str, Any] = {"fontsize": 7.5, "va": "center"}
    if font is not None and lang == "zh":
        look["fontproperties"] = FontProperties(fname=str(font.path), size=7.5)
        del look["fontsize"]
    axes = figure.add_axes((1.0 - _LEGEND_SHARE, 0.0, _LEGEND_SHARE, 1.0))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_axis_off()
    rows: list[tuple[str, str | None, str]] = [
        (one.fill, None, one.label.pick(lang)) for one in reversed(SHARE_CLASSES)
    ]
    rows += [
        ("#ffffff", "//////", _UNCOVERED.pick(lang) if worded else "0 %"),
        (UNKNOWN_FILL, None, _UNKNOWN.pick(lang) if worded else "?"),
    ]
    y = 0.95
    for fill, hatch, words in rows:
        axes.add_patch(
            Rectangle(
                (0.07, y - 0.016),
                0.16,
                0.032,
                facecolor=fill,
                hatch=hatch,
                edgecolor="#777777",
                linewidth=0.5,
            )
        )
        axes.text(0.28, y, words, **look)
        y -= 0.055
    for kind in kinds:
        marker, colour = _SITE if kind == "site" else _MARKS.get(kind, ("o", "#333333"))
        axes.plot(0.15, y, marker=marker, markersize=7, color=colour)
        if worded:
            axes.text(0.28, y, (_NEW if kind == "site" else service[kind]).pick(lang), **look)
        y -= 0.055
