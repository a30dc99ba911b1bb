"""A map as one HTML file that opens with the network unplugged."""

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from layers.progress import Progress, silent
from layers.text import Lang, Text
from layers.workspace import Workspace
from web.assets import DRAW_JS, LEAFLET_CSS, LEAFLET_JS, MAP_CSS, script_text, style_text
from web.maps.canvas import map_parts
from web.maps.configuring import map_config
from web.maps.describing import describe
from web.maps.features import areas_text, collection_text
from web.maps.furniture import Profile, as_of_line, bounds_of, credits_of, made_how, stamp_of, title_of
from web.maps.legend import legend_layer, share_legend
from web.maps.shown import ShownLayer, shown_layers
from web.maps.symbols import SYMBOLS
from web.rendering import json_inside, json_text_inside, program_version, render
from web.texts import texts

if TYPE_CHECKING:
    import geopandas as gpd

    from gis.coverage import CoverageReport

_WRITING = Text("写入地图", "Writing the map")


def export_map(
    workspace: Workspace,
    *,
    profile: Profile,
    lang: Lang = "zh",
    coverage: "CoverageReport | None" = None,
    areas: "gpd.GeoDataFrame | None" = None,
    progress: Progress = silent,
) -> str:
    """Write the map of a workspace as one self-contained HTML page.

    Parameters
    ----------
    profile
        ``public`` holds public layers and fields only, with counts suppressed and points rounded, and says whether it
        may be published; ``internal`` holds everything and is stamped 内部资料.
    coverage
        Drawn below roads and symbols as a choropleth of units, with its definition and figure under the title.
    areas
        Service areas of the same question (EPSG:4490), drawn above the choropleth; None draws none.
    progress
        Told of every layer read and written.

    Returns
    -------
    str
        HTML without any address to load from. A workspace without data gives a map that says so.

    Raises
    ------
    NotFoundError
        When the front-end files were never vendored.
    """
    shown = shown_layers(workspace, profile, progress)
    summaries = [one.summary for one in shown]
    bounds = bounds_of({one.layer_id: one for one in summaries})
    map_html, map_script = map_parts(bounds, "embedded")
    report = coverage.as_json() if coverage else None
    return render(
        "export.html",
        **_around(workspace, profile, lang, shown, _visible(report)),
        **_coverage_parts(report, lang),
        areas=json_text_inside(areas_text(areas)) if areas is not None else "",
        map_html=Markup(map_html),  # noqa: S704 - from our own template
        map_script=Markup(map_script),  # noqa: S704
        config=json_inside(
            map_config(lang=lang, inline=True, bounds=bounds, layers=_described(shown, profile))
        ),
        data=_written(shown, progress),
        css=Markup(style_text((*LEAFLET_CSS, *MAP_CSS))),  # noqa: S704 - files of our own
        js=Markup(script_text((*LEAFLET_JS, *DRAW_JS))),  # noqa: S704
    )


def _written(shown: list[ShownLayer], progress: Progress) -> list[tuple[str, Markup]]:
    """Write every layer for the page; the largest ones take most of the time a map takes."""
    done = []
    for number, one in enumerate(shown):
        progress(_WRITING, number, len(shown))
        text = collection_text(one.frame, one.spec.id, one.fields)
        done.append((one.spec.id, json_text_inside(text)))
    progress(_WRITING, len(shown), len(shown))
    return done


def _described(shown: list[ShownLayer], profile: Profile) -> list[dict[str, Any]]:
    return [describe(one.spec, one.summary, public=profile == "public") for one in shown]


def _visible(report: dict[str, Any] | None) -> dict[str, bool]:
    """Leave only the measured service on a map of coverage; other maps show what they usually show."""
    if report is None:
        return {}
    wanted = report["request"]["layer_id"]
    return {one: one == wanted for one in (*SYMBOLS, "boundary_line")}


def _around(
    workspace: Workspace, profile: Profile, lang: Lang, shown: list[ShownLayer], visible: dict[str, bool]
) -> dict[str, Any]:
    settings = workspace.settings
    summaries = [one.summary for one in shown]
    return {
        "t": texts(lang),
        "lang": lang,
        "version": program_version(),
        "title": title_of(settings, profile, lang),
        "district": settings.name,
        "district_code": settings.code,
        "synthetic": settings.synthetic or any(one.synthetic for one in summaries),
        "stamp": stamp_of(settings, profile, lang),
        "as_of": as_of_line(summaries, lang),
        "made_how": f"{credits_of(summaries, lang)} {made_how(summaries, lang)}".strip(),
        "legend": [
            legend_layer(one.spec, one.summary.count, lang=lang, visible=visible.get(one.spec.id))
            for one in reversed(shown)
        ],
        "panel_open": True,
    }


def _coverage_parts(report: dict[str, Any] | None, lang: Lang) -> dict[str, Any]:
    if report is None:
        return {"coverage": "", "headline": "", "shares": (), "shares_hidden": True, "shares_title": ""}
    return {
        "coverage": json_inside(report),
        "headline": _headline(report, lang),
        "shares": share_legend(lang),
        "shares_hidden": False,
        "shares_title": f"{report['definition']['id']} {report['definition']['label'][lang]}",
    }


def _headline(report: dict[str, Any], lang: Lang) -> str:
    """Say the figure with its definition, numerator and denominator: a bare 覆盖率 says nothing."""
    share = "–" if report["share"] is None else f"{report['share']:.1%}"
    definition = report["definition"]
    parts = texts(lang)["plan_figure"].format(
        numerator=f"{report['numerator']:,.0f}", denominator=f"{report['denominator']:,.0f}"
    )
    band = texts(lang)["list_comma"].join(
        texts(lang)["map_band_row"].format(
            speed=one["speed_m_s"], share="–" if one["share"] is None else f"{one['share']:.1%}"
        )
        for one in report.get("band") or ()
    )
    measure = report["measure"]["label"][lang]
    said = f"{definition['id']} {definition['label'][lang]}：{share}（{measure} {parts}）"
    return f"{said} {texts(lang)['plan_band']} {band}" if band else said
