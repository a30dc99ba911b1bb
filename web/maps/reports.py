"""Reports drawn on folium maps that load nothing: units in classes, facilities, new sites by number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from branca.element import Element, Figure
from markupsafe import escape

from gis.coverage.shown import Shown, shown_of
from layers.errors import NotFoundError
from layers.text import Lang, Text
from web.assets import LEAFLET_CSS, LEAFLET_JS, script_text, style_text
from web.maps.canvas import OfflineMap
from web.maps.classes import SHARE_CLASSES, UNKNOWN_FILL

_FILLS = tuple(one.fill for one in SHARE_CLASSES)
_BOTH = ("#b3362b", "#f0a58f", "#eeeeee", "#9cc5a1", "#1e7a45")
_SHARES = tuple(one.low for one in SHARE_CLASSES[1:])
_STEPS = (-0.05, -1e-9, 1e-9, 0.05)
_CHANGES = (
    Text("下降 5 个百分点以上", "5 points less or worse"),
    Text("下降", "less"),
    Text("不变", "the same"),
    Text("上升", "more"),
    Text("上升 5 个百分点以上", "5 points more or better"),
)
_FONT = "font:13px/1.5 sans-serif"


@dataclass(frozen=True, slots=True)
class _Theme:
    """What units are coloured by: a column, its label, limits of classes, how values are written, names of classes."""

    column: str
    label: Text
    limits: tuple[float, ...]
    colours: tuple[str, ...]
    written: Callable[[float], str]
    names: tuple[Text, ...] = ()


def draw(report: object, *, lang: Lang = "zh") -> folium.Map:
    """Draw a report: units coloured by what it says of them, facilities in service, new sites numbered.

    Parameters
    ----------
    report
        CoverageReport, GapReport (drawn as the coverage it rests on), AccessReport, IndicatorReport, Comparison,
        SiteReport, MealPlanReport or PhaseReport.

    Returns
    -------
    folium.Map
        With Leaflet inside: nothing is loaded from anywhere. Units whose value is unknown are grey.

    Raises
    ------
    NotFoundError
        When the report has neither shapes nor places.
    """
    shown = shown_of(report)
    drawn = getattr(report, "report", report)
    table = _framed(drawn)
    facilities = _placed(shown)
    if table is None and facilities is None:
        raise NotFoundError(
            Text("报告里没有可画的位置。", "There is no place in the report that could be drawn.")
        )
    canvas = OfflineMap(_bounds(shown, table, facilities))
    _self_contained(canvas)
    if table is not None and _is_areas(table):
        for theme in _themes(report, table):
            _add_units(canvas, table, theme, lang)
    elif shown is not None:
        _add_outlines(canvas, shown)
    if facilities is not None:
        _add_facilities(canvas, facilities)
    if table is not None and not _is_areas(table):
        _add_sites(canvas, table)
    return canvas


def _framed(report: Any) -> gpd.GeoDataFrame | None:  # noqa: ANN401 - any report
    try:
        frame = report.as_frame()
    except NotFoundError:
        return None
    return frame[frame.geometry.notna()].reset_index(drop=True)


def _placed(shown: Shown | None) -> gpd.GeoDataFrame | None:
    if shown is None:
        return None
    found = shown.facilities[shown.facilities.geometry.notna()]
    return found if len(found) else None


def _is_areas(frame: gpd.GeoDataFrame) -> bool:
    return bool(frame.geom_type.str.endswith("Polygon").any())


def _bounds(
    shown: Shown | None, *frames: gpd.GeoDataFrame | None
) -> tuple[float, float, float, float] | None:
    every = [one.total_bounds for one in frames if one is not None and len(one)]
    if shown is not None and isinstance(shown.units, gpd.GeoDataFrame):
        every.append(shown.units.total_bounds)
    known = np.array([one for one in every if np.isfinite(one).all()])
    if not len(known):
        return None
    west, south = known[:, :2].min(axis=0)
    east, north = known[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _self_contained(canvas: folium.Map) -> None:
    """Put Leaflet's own files into the page of the map."""
    figure = _page(canvas)
    size = (
        "html,body,.folium-map{height:100%;width:100%;margin:0}.folium-map{min-height:420px;background:#fff}"
    )
    figure.header.add_child(Element(f"<style>{style_text(LEAFLET_CSS)}{size}</style>"), name="leaflet_css")
    figure.header.add_child(
        Element(f"<script>{_literal(script_text(LEAFLET_JS))}</script>"), name="leaflet_js"
    )


def _page(canvas: folium.Map) -> Figure:
    figure = canvas.get_root()
    assert isinstance(figure, Figure)  # noqa: S101 - folium puts every map into one
    return figure


def _literal(text: str) -> str:
    """Keep the template engine behind ``Element`` from reading braces of scripts as its own."""
    return f"{{% raw %}}{text}{{% endraw %}}"


def _themes(report: Any, table: gpd.GeoDataFrame) -> list[_Theme]:  # noqa: ANN401 - any report
    """Choose what units are coloured by: one theme, or one for each scenario of a comparison."""
    compared = getattr(report, "compared", None)
    if compared is not None:
        labels = [one.scenario.name for one in compared]
        return [
            _Theme(
                f"scenarios_{at}_difference",
                _change_in(name),
                _STEPS,
                _BOTH,
                lambda value: f"{value:+.1%}",
                _CHANGES,
            )
            for at, name in enumerate(labels, start=1)
        ]
    if "share" in table:
        return [
            _Theme("share", Text("覆盖份额", "Share covered"), _SHARES, _FILLS, lambda value: f"{value:.1%}")
        ]
    amounts = [one for one in table if one.startswith("per_1000_") or one.endswith("_value")]
    chosen = next((one for one in ("per_1000_gaussian", *amounts) if one in table), None)
    if chosen is None:
        return []
    values = pd.to_numeric(table[chosen], errors="coerce").dropna()
    limits = tuple(np.unique(np.quantile(values, (0.2, 0.4, 0.6, 0.8))).tolist()) if len(values) else ()
    name = chosen.removeprefix("indicators_").removesuffix("_value")
    return [_Theme(chosen, Text(name, name), limits, _FILLS, lambda value: f"{value:,.2f}")]


def _change_in(name: str) -> Text:
    return Text(f"{name}：份额变化", f"{name}: change of share")


def _add_units(canvas: folium.Map, table: gpd.GeoDataFrame, theme: _Theme, lang: Lang) -> None:
    values = pd.to_numeric(table[theme.column], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    place = np.searchsorted(theme.limits, values, side="right")
    colours = [
        theme.colours[one] if np.isfinite(value) else UNKNOWN_FILL
        for one, value in zip(place, values, strict=True)
    ]
    unknown = Text("未知", "unknown").pick(lang)
    said = [theme.written(one) if np.isfinite(one) else unknown for one in values]
    words = {
        "name": [str(escape(one)) for one in table["name"]],
        "value": [str(escape(one)) for one in said],
        "colour": colours,
    }
    frame = gpd.GeoDataFrame(words, geometry=table.geometry.to_numpy(), crs="EPSG:4326")
    layer = folium.FeatureGroup(name=theme.label.pick(lang))
    folium.GeoJson(
        frame.__geo_interface__,
        style_function=_styled,
        tooltip=folium.GeoJsonTooltip(
            fields=["name", "value"],
            aliases=[Text("单元", "Unit").pick(lang), str(escape(theme.label.pick(lang)))],
        ),
    ).add_to(layer)
    layer.add_to(canvas)
    _add_legend(canvas, theme, lang)


def _styled(feature: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "fillColor": feature["properties"]["colour"],
        "fillOpacity": 0.75,
        "color": "#6b7280",
        "weight": 0.8,
    }


def _add_legend(canvas: folium.Map, theme: _Theme, lang: Lang) -> None:
    names = [one.pick(lang) for one in theme.names] or _intervals(theme)
    lines = [_swatch(colour, name) for colour, name in zip(theme.colours, names, strict=False)]
    lines.append(_swatch(UNKNOWN_FILL, Text("未知", "unknown").pick(lang)))
    box = (
        f'<div style="position:absolute;right:10px;bottom:10px;z-index:999;background:#fff;padding:8px;{_FONT}">'
        f"<b>{escape(theme.label.pick(lang))}</b>{''.join(lines)}</div>"
    )
    _page(canvas).html.add_child(Element(_literal(box)))


def _intervals(theme: _Theme) -> list[str]:
    """Write the classes as intervals; none where no limits are known."""
    if not theme.limits:
        return []
    written = [theme.written(one) for one in theme.limits]
    return [f"< {written[0]}", *(f"{low} – {high}" for low, high in pairwise(written)), f"≥ {written[-1]}"]


def _swatch(colour: str, words: str) -> str:
    square = f"display:inline-block;width:14px;height:14px;border:1px solid #999;background:{colour}"
    return f'<div><span style="{square}"></span> {escape(words)}</div>'


def _add_outlines(canvas: folium.Map, shown: Shown) -> None:
    if not isinstance(shown.units, gpd.GeoDataFrame):
        return
    finest = shown.units[shown.units.geometry.notna()]
    if len(finest):
        folium.GeoJson(
            gpd.GeoDataFrame(geometry=finest.geometry.to_numpy(), crs="EPSG:4326").__geo_interface__,
            style_function=_outline,
        ).add_to(canvas)


def _outline(_feature: Mapping[str, Any]) -> dict[str, Any]:
    return {"fillOpacity": 0, "color": "#9aa1ab", "weight": 0.8}


def _add_facilities(canvas: folium.Map, facilities: gpd.GeoDataFrame) -> None:
    places = facilities.geometry.representative_point()
    names = facilities["name"] if "name" in facilities else facilities["id"]
    for place, name in zip(places, names, strict=True):
        folium.CircleMarker(
            (place.y, place.x),
            radius=4,
            color="#ffffff",
            weight=1,
            fill=True,
            fill_color="#111827",
            fill_opacity=0.9,
            tooltip=str(escape(name)),
        ).add_to(canvas)


def _add_sites(canvas: folium.Map, sites: gpd.GeoDataFrame) -> None:
    for number, (_, one) in enumerate(sites.iterrows(), start=1):
        words = [str(one.get(name)) for name in ("name", "unit", "adds") if _there(one.get(name))]
        number_ = str(one["order"]) if _there(one.get("order")) else str(number)
        disc = f"width:22px;height:22px;border-radius:11px;background:#b3362b;color:#fff;text-align:center;{_FONT}"
        icon = folium.DivIcon(
            html=f'<div style="{disc}">{escape(number_)}</div>', icon_size=(22, 22), icon_anchor=(11, 11)
        )
        place = one.geometry.representative_point()
        folium.Marker((place.y, place.x), icon=icon, tooltip=str(escape(" · ".join(words)))).add_to(canvas)


def _there(value: object) -> bool:
    return value is not None and not (isinstance(value, float) and np.isnan(value)) and value != ""
