"""A planning set as one HTML file: an interactive map of every service and tier, and every part as it is printed."""

import base64
import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from gis.coverage import CoverageReport, service_areas
from layers.text import Text
from web.assets import DRAW_JS, LEAFLET_CSS, LEAFLET_JS, MAP_CSS, script_text, style_text
from web.documents.wording import both
from web.maps.canvas import map_parts
from web.maps.configuring import map_config
from web.maps.describing import describe
from web.maps.features import areas_text, collection_text
from web.maps.furniture import as_of_line, bounds_of, stamp_of
from web.maps.legend import legend_layer, share_legend
from web.maps.shown import ShownLayer, shown_layers
from web.planning_set.blocks import Head, Part, Picture, Table, Words
from web.planning_set.figures import written
from web.planning_set.gathering import Gathered
from web.planning_set.naming import tier_text
from web.planning_set.towns import new_sites
from web.rendering import json_inside, json_text_inside, program_version, render
from web.texts import texts

_GROUND = ("admin_unit", "barrier", "road")
_NO_PRINTING = tuple(one for one in DRAW_JS if one != "draw/printing.js")
"""Printing lays out the parts, not the map: its size on paper is of no account."""


def as_page(g: Gathered, parts: Sequence[Part], *, made: Text) -> str:
    """Write the set as one page that loads nothing from anywhere."""
    lang, profile = g.lang, g.request.profile
    wanted = {*_GROUND, *g.layers}
    shown = [one for one in shown_layers(g.workspace, profile) if one.spec.id in wanted]
    bounds = bounds_of({one.spec.id: one.summary for one in shown})
    map_html, map_script = map_parts(bounds, "embedded")
    summaries = [one.summary for one in shown]
    views = [_view(g, one) for layer in g.layers for one in g.tiers[layer]]
    return render(
        "planning_set.html",
        t=texts(lang),
        lang=lang,
        version=program_version(),
        title=f"{g.workspace.settings.name} {parts[0].title.pick(lang)}",
        synthetic=g.workspace.settings.synthetic or any(one.synthetic for one in summaries),
        stamp=stamp_of(g.workspace.settings, profile, lang),
        as_of=as_of_line(summaries, lang),
        made=made.pick(lang),
        parts=[_part(one, g) for one in parts],
        towns=[{"id": one.id, "title": one.title.pick(lang)} for one in parts if one.id.startswith("town-")],
        views=[{"label": one["label"]} for one in views],
        shares=share_legend(lang),
        shares_hidden=False,
        shares_title="",
        legend=[
            legend_layer(one.spec, one.summary.count, lang=lang, visible=True) for one in reversed(shown)
        ],
        panel_open=False,
        map_html=Markup(map_html),  # noqa: S704 - from our own template
        map_script=Markup(map_script),  # noqa: S704
        config=json_inside(
            map_config(lang=lang, inline=True, bounds=bounds, layers=[_told(one, g) for one in shown])
        ),
        data=[
            (one.spec.id, json_text_inside(collection_text(one.frame, one.spec.id, one.fields)))
            for one in shown
        ],
        coverage=json_inside({"views": views, "sites": _sites(g)}),
        css=Markup(style_text((*LEAFLET_CSS, *MAP_CSS, "planning-set.css"))),  # noqa: S704 - files of our own
        js=Markup(script_text((*LEAFLET_JS, *_NO_PRINTING, "draw/planning-set.js"))),  # noqa: S704
    )


def _told(one: ShownLayer, g: Gathered) -> dict[str, Any]:
    return describe(one.spec, one.summary, public=g.figures.public)


def _view(g: Gathered, one: CoverageReport) -> dict[str, Any]:
    """Give one service and tier as the drawing scripts read it, with no figure the printed parts do not show."""
    label, tier = g.service[one.request.layer_id], tier_text(one)
    return {
        "label": f"{label.pick(g.lang)} {tier.pick(g.lang)}（{one.definition.id}）",
        "layer": one.request.layer_id,
        "rows": [_row(g, one, at) for at in range(len(one.rows))],
        "areas": json.loads(_areas(g, one)),
    }


def _row(g: Gathered, one: CoverageReport, at: int) -> dict[str, Any]:
    row, f = one.rows[at], g.figures
    served, total = f.people(row.numerator), f.people(row.denominator)
    numbers = not isinstance(served, str) and not isinstance(total, str)
    reason = None if row.reason is None or f.public else row.reason.as_json()
    return {
        "code": row.code,
        "name": row.name,
        "share": f.share(row.numerator, row.denominator),
        "numerator": served if numbers else None,
        "denominator": total if numbers else None,
        "covered": row.covered,
        "reason": reason,
        "nearest": None,
    }


def _areas(g: Gathered, one: CoverageReport) -> str:
    """Draw what is in reach at the main speed."""
    frame = service_areas(g.workspace, one.request)
    return areas_text(frame.iloc[len(frame) // 2 : len(frame) // 2 + 1])


def _sites(g: Gathered) -> list[dict[str, Any]]:
    return [
        {"label": spot.label, "lon": round(spot.lon, 6), "lat": round(spot.lat, 6), "unit": one.unit}
        for spot, one, _ in new_sites(g)
    ]


def _part(part: Part, g: Gathered) -> dict[str, Any]:
    return {
        "id": part.id,
        "title": both(part.title, g.lang),
        "blocks": [_block(one, g) for one in part.blocks],
    }


def _block(block: Head | Words | Table | Picture, g: Gathered) -> dict[str, Any]:
    if isinstance(block, Head):
        return {"kind": "head", "text": both(block.text, g.lang)}
    if isinstance(block, Words):
        return {"kind": "small" if block.small else "text", "text": block.text.pick(g.lang)}
    if isinstance(block, Picture):
        data = base64.b64encode(block.png).decode("ascii")
        return {"kind": "picture", "source": f"data:image/png;base64,{data}", "text": block.says.pick(g.lang)}
    rows = [
        [(written(one), isinstance(one, int | float) and not isinstance(one, bool)) for one in row]
        for row in block.rows
    ]
    heads = [one.pick(g.lang) for one in block.heads]
    total = sum(block.widths)
    widths = [f"{100 * one / total:.1f}%" for one in block.widths]
    return {
        "kind": "table",
        "text": both(block.title, g.lang),
        "heads": heads,
        "rows": rows,
        "widths": widths,
    }
