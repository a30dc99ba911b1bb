"""A precheck as one HTML file with its map, for the file of an application; opens with the network unplugged."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from layers.specs import spec_of
from layers.text import Lang
from layers.workspace import Workspace
from web.assets import (
    DRAW_JS,
    LEAFLET_CSS,
    LEAFLET_JS,
    MAP_CSS,
    NAMING_CSS,
    NAMING_JS,
    script_text,
    style_text,
)
from web.maps.canvas import map_parts
from web.maps.configuring import map_config
from web.maps.describing import describe
from web.maps.features import collection_text
from web.maps.furniture import as_of_line, bounds_of, made_how, stamp_of
from web.maps.shown import ShownLayer, shown_layers
from web.rendering import json_inside, json_text_inside, program_version, render
from web.texts import texts

_GROUND = frozenset({"admin_unit", "road", "boundary_line"})
"""Layers under the names; the others would hide them."""


def export_precheck(workspace: Workspace, report: Mapping[str, Any], *, lang: Lang = "zh") -> str:
    """Write a precheck and its map as one self-contained page, stamped as internal.

    Parameters
    ----------
    report
        The JSON form of a ``PrecheckReport``.

    Raises
    ------
    NotFoundError
        When the front-end files were never vendored.
    """
    shown = [one for one in shown_layers(workspace, "internal") if one.spec.id in _GROUND]
    summaries = [one.summary for one in shown]
    bounds = bounds_of({one.layer_id: one for one in summaries})
    map_html, map_script = map_parts(bounds, "embedded")
    said = texts(lang)
    return render(
        "naming_export.html",
        t=said,
        lang=lang,
        version=program_version(),
        title=said["naming_file_title"].format(name=report["name"]),
        district=workspace.settings.name,
        synthetic=workspace.settings.synthetic or any(one.synthetic for one in summaries),
        stamp=stamp_of(workspace.settings, "internal", lang),
        as_of=as_of_line(summaries, lang),
        made_how=made_how(summaries, lang),
        map_html=Markup(map_html),  # noqa: S704 - from our own template
        map_script=Markup(map_script),  # noqa: S704
        config=json_inside(map_config(lang=lang, inline=True, bounds=bounds, layers=_described(shown))),
        report=json_inside(dict(report)),
        data=[(one.spec.id, _collection(one)) for one in shown],
        css=Markup(style_text((*LEAFLET_CSS, *MAP_CSS, "page.css", NAMING_CSS))),  # noqa: S704 - files of our own
        js=Markup(script_text((*LEAFLET_JS, *DRAW_JS, NAMING_JS))),  # noqa: S704
    )


def _described(shown: list[ShownLayer]) -> list[dict[str, Any]]:
    return [describe(spec_of(one.spec.id), one.summary, public=False) for one in shown]


def _collection(one: ShownLayer) -> Markup:
    return json_text_inside(collection_text(one.frame, one.spec.id, one.fields))
