"""The work orders of signs and plates as one HTML file: numbered on the map, listed beside it, ready to print."""

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from gis.names.signs import WorkOrder
from gis.names.signs.orders import PRIORITY_LABELS, WORK_LABELS
from layers.store.protocol import BBox
from layers.text import Lang, Text
from layers.workspace import Workspace
from web.assets import DRAW_JS, LEAFLET_CSS, LEAFLET_JS, MAP_CSS, script_text, style_text
from web.maps.canvas import map_parts
from web.maps.configuring import map_config
from web.maps.describing import describe
from web.maps.features import collection_text
from web.maps.furniture import as_of_line, bounds_of, credits_of, made_how, stamp_of
from web.maps.legend import LegendEntry, LegendLayer, legend_layer
from web.maps.shown import ShownLayer, shown_layers
from web.rendering import json_inside, json_text_inside, program_version, render
from web.texts import texts

LAYER_ID = "work_order"
_GROUND = frozenset({"admin_unit", "place_name", "residential_quarter", "road"})
_MARGIN_DEGREES = 0.004
_LABEL = Text("整改工单", "Work orders")
_FIELDS = (
    ("work", Text("事项", "Work")),
    ("town", Text("镇街", "Town")),
    ("near", Text("附近", "Near")),
    ("old_text", Text("现状", "As it stands")),
    ("right_text", Text("应为", "Should be")),
    ("right_pinyin", Text("拼音", "Pinyin")),
    ("why", Text("原因", "Why")),
    ("due", Text("期限", "Due")),
    ("feature_id", Text("编号", "Id")),
)


def orders_map(workspace: Workspace, orders: Sequence[WorkOrder], *, lang: Lang = "zh") -> str:
    """Write work orders as one self-contained page, stamped 内部资料: it holds fields that need a login.

    Orders without a place stand in the list only. No orders give a page that says so.

    Raises
    ------
    NotFoundError
        When the front-end files were never vendored.
    """
    shown = [one for one in shown_layers(workspace, "internal") if one.spec.id in _GROUND]
    summaries = [one.summary for one in shown]
    bounds = _bounds(orders) or bounds_of({one.layer_id: one for one in summaries})
    map_html, map_script = map_parts(bounds, "embedded")
    layers = [*(describe(one.spec, one.summary, public=False) for one in shown), _described(len(orders))]
    return render(
        "orders.html",
        **_around(workspace, shown, orders, lang),
        map_html=Markup(map_html),  # noqa: S704 - from our own template
        map_script=Markup(map_script),  # noqa: S704
        config=json_inside(map_config(lang=lang, inline=True, bounds=bounds, layers=layers)),
        data=[*(_ground(one) for one in shown), (LAYER_ID, json_text_inside(_collection(orders, lang)))],
        css=Markup(style_text((*LEAFLET_CSS, *MAP_CSS, "orders.css"))),  # noqa: S704 - files of our own
        js=Markup(script_text((*LEAFLET_JS, *DRAW_JS, "draw/orders.js"))),  # noqa: S704
    )


def _ground(one: ShownLayer) -> tuple[str, Markup]:
    """Give the ground with only what draws and names it."""
    fields = [name for name in one.fields if name in {"id", "name", "level", "generic", "entity_class"}]
    return one.spec.id, json_text_inside(collection_text(one.frame, one.spec.id, fields))


def _around(
    workspace: Workspace, shown: Sequence[ShownLayer], orders: Sequence[WorkOrder], lang: Lang
) -> dict[str, Any]:
    settings, said = workspace.settings, texts(lang)
    summaries = [one.summary for one in shown]
    late = sum(order.overdue for order in orders)
    rows = [_row(order, lang) for order in orders]
    return {
        "t": said,
        "lang": lang,
        "version": program_version(),
        "title": said["orders_title"].format(district=settings.name),
        "headline": said["orders_headline"].format(n=len(orders), late=late),
        "district": settings.name,
        "district_code": settings.code,
        "synthetic": settings.synthetic or any(one.synthetic for one in summaries),
        "stamp": stamp_of(settings, "internal", lang),
        "as_of": as_of_line(summaries, lang),
        "made_how": f"{credits_of(summaries, lang)} {made_how(summaries, lang)}".strip(),
        "towns": [(town, list(rows_of)) for town, rows_of in groupby(rows, key=lambda row: str(row["town"]))],
        "legend": [_legend(len(orders), lang), *_ground_legend(shown, lang)],
        "panel_open": False,
        "shares": (),
    }


def _row(order: WorkOrder, lang: Lang) -> dict[str, Any]:
    """Say an order in one language."""
    return order.as_json() | {
        "work": WORK_LABELS[order.work].pick(lang),
        "why": " ".join(one.pick(lang) for one in order.why),
    }


def _collection(orders: Sequence[WorkOrder], lang: Lang) -> str:
    features = [_feature(order, lang) for order in orders if order.lon is not None]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _feature(order: WorkOrder, lang: Lang) -> dict[str, Any]:
    row = _row(order, lang)
    told = {name: row[name] for name, _ in _FIELDS if row[name]}
    title = f"{order.number}. {order.old_text or order.right_text or order.feature_id}"
    return {
        "type": "Feature",
        "id": str(order.number),
        "geometry": {"type": "Point", "coordinates": [order.lon, order.lat]},
        "properties": {"id": str(order.number), "name": title, "priority": order.priority, **told},
    }


def _described(count: int) -> dict[str, Any]:
    fields = [
        {"name": name, "label": label._asdict(), "unit": "", "kind": "text", "vocabulary": None}
        for name, label in _FIELDS
    ]
    return {"id": LAYER_ID, "label": _LABEL._asdict(), "count": count, "fields": fields}


def _bounds(orders: Sequence[WorkOrder]) -> BBox | None:
    """Return where the orders are, with a margin."""
    placed = [(order.lon, order.lat) for order in orders if order.lon is not None and order.lat is not None]
    if not placed:
        return None
    lons, lats = zip(*placed, strict=True)
    edge = _MARGIN_DEGREES
    return min(lons) - edge, min(lats) - edge, max(lons) + edge, max(lats) + edge


def _legend(count: int, lang: Lang) -> LegendLayer:
    entries = tuple(
        LegendEntry(Markup('<span class="fy-order fy-order-{}">1</span>').format(priority), label.pick(lang))
        for priority, label in PRIORITY_LABELS.items()
    )
    return LegendLayer(LAYER_ID, _LABEL.pick(lang), count, visible=True, entries=entries)


def _ground_legend(shown: Sequence[ShownLayer], lang: Lang) -> list[LegendLayer]:
    return [legend_layer(one.spec, one.summary.count, lang=lang) for one in reversed(shown)]
