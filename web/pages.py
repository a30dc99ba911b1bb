"""The live pages as HTML: they carry no data and compute nothing, their scripts ask the service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from gis.checks import ALL, CHECKS
from gis.names.packs import packs_of_workspace
from layers.findings import Severity
from layers.norms import load_profile, profile_ids
from layers.specs import spec_of
from layers.store.protocol import LayerSummary
from layers.text import Lang
from layers.vocabulary import vocabulary
from layers.workspace import Workspace
from web.assets import DRAW_JS, LEAFLET_CSS, LEAFLET_JS, MAP_CSS, NAMING_CSS, NAMING_JS
from web.evidence import evidence_words
from web.maps.canvas import map_parts
from web.maps.configuring import map_config
from web.maps.describing import DRAW_ORDER
from web.maps.furniture import Profile, as_of_line, bounds_of, credits_of, made_how, stamp_of
from web.maps.legend import legend_layer, share_legend
from web.maps.symbols import SYMBOLS
from web.rendering import json_inside, render
from web.texts import texts

_FOR_PLAN = {one: one == "care_facility" for one in (*SYMBOLS, "boundary_line")}
_FOR_REVIEW = dict.fromkeys(SYMBOLS, False)
_FOR_NAMING = dict.fromkeys(SYMBOLS, False)
PAGE_CSS = (*LEAFLET_CSS, *MAP_CSS, "page.css")
REVIEW_CSS = "review.css"
PLAN_CSS = "plan.css"
_AREAS_TO_COUNT_BY = ("study_area", "residential_quarter")
_AREAS_TO_KEEP_OUT_OF = ("no_burial_zone", "barrier", "building")
_CUTTING_ROADS = ("barrier", "no_burial_zone")
_CANDIDATES = ("care_facility", "meal_point", "shelter", "point_of_interest", "residential_quarter")


@dataclass(frozen=True, slots=True)
class _Shown:
    """The layers a page may draw, from above to below."""

    summaries: dict[str, LayerSummary]
    profile: Profile


def public_page(workspace: Workspace, *, lang: Lang = "zh", signed_in: bool = False) -> str:
    """Return the public map: search, the nearest services, filters. It shows public layers only."""
    shown = _shown(workspace, "public")
    return render(
        "public.html", **_common(workspace, "public", lang, signed_in), **_map(workspace, shown, lang)
    )


def plan_page(workspace: Workspace, *, lang: Lang = "zh", signed_in: bool = True) -> str:
    """Return the coverage page: choose what to compute, see who is served."""
    from gis.coverage import DEFINITIONS, SERVICE_LAYERS  # noqa: PLC0415 - scipy loads with it, the public map needs none

    shown = _shown(workspace, "internal")
    return render(
        "plan.html",
        **_common(workspace, "plan", lang, signed_in) | {"styles": (*PAGE_CSS, PLAN_CSS)},
        **_map(workspace, shown, lang, visible=_FOR_PLAN, with_shares=True),
        service_layers=_offered(shown, SERVICE_LAYERS, lang),
        area_layers=_offered(shown, _AREAS_TO_COUNT_BY, lang),
        barrier_layers=_offered(shown, _CUTTING_ROADS, lang),
        exclude_layers=_offered(shown, _AREAS_TO_KEEP_OUT_OF, lang),
        candidate_layers=_offered(shown, _CANDIDATES, lang),
        norm_profiles=[{"id": one, "label": load_profile(one).label.pick(lang)} for one in profile_ids()],
        definitions=tuple(DEFINITIONS),
        day=workspace.day.isoformat(),
    )


def _offered(shown: _Shown, layer_ids: Sequence[str], lang: Lang) -> list[dict[str, str]]:
    """Name the layers a form offers: those that have data."""
    return [
        {"id": one, "label": spec_of(one).label.pick(lang)} for one in layer_ids if one in shown.summaries
    ]


def review_page(workspace: Workspace, *, lang: Lang = "zh", signed_in: bool = True) -> str:
    """Return the reviewer's page: the queue of cases, one case with its map, decisions; and all findings."""
    shown = _shown(workspace, "internal")
    return render(
        "review.html",
        **_common(workspace, "review", lang, signed_in) | {"styles": (*PAGE_CSS, REVIEW_CSS)},
        **_map(
            workspace,
            shown,
            lang,
            visible=_FOR_REVIEW,
            evidence=evidence_words(packs_of_workspace(workspace), folder=workspace.root),
        ),
        checks=(ALL, *CHECKS),
        severities=[one.value for one in Severity],
    )


def naming_page(workspace: Workspace, *, lang: Lang = "zh", signed_in: bool = True) -> str:
    """Return the page on which a proposed name is tried at a place."""
    shown = _shown(workspace, "internal")
    parts = _map(
        workspace,
        shown,
        lang,
        visible=_FOR_NAMING,
        evidence=evidence_words(packs_of_workspace(workspace), folder=workspace.root),
    )
    return render(
        "naming.html",
        **_common(workspace, "naming", lang, signed_in) | {"styles": (*PAGE_CSS, NAMING_CSS)},
        **parts | {"scripts": (*parts["scripts"], NAMING_JS)},
        classes=[
            {"code": one.code, "label": one.label.pick(lang)} for one in vocabulary("name_class").values()
        ],
    )


def login_page(
    workspace: Workspace, *, lang: Lang = "zh", wrong_key: bool = False, next_path: str = ""
) -> str:
    """Return the form for the key; ``next_path`` is sent along as field ``next`` (the caller must check it)."""
    return render(
        "login.html",
        **_common(workspace, "login", lang, signed_in=False),
        wrong_key=wrong_key,
        next_path=next_path,
    )


def _common(workspace: Workspace, page: str, lang: Lang, signed_in: bool) -> dict[str, Any]:  # noqa: FBT001
    said = texts(lang)
    return {
        "t": said,
        "lang": lang,
        "lang_query": "?lang=en" if lang == "en" else "",
        "page": page,
        "page_title": said[f"page_{page}"],
        "district": workspace.settings.name,
        "synthetic": _is_synthetic(workspace),
        "signed_in": signed_in,
        "styles": PAGE_CSS,
    }


def _is_synthetic(workspace: Workspace) -> bool:
    store = workspace.store
    return workspace.settings.synthetic or any(store.summary(one).synthetic for one in store.layer_ids())


def _shown(workspace: Workspace, profile: Profile) -> _Shown:
    store = workspace.store
    filled = set(store.layer_ids())
    drawn = [one for one in DRAW_ORDER if one in filled and (profile == "internal" or spec_of(one).public)]
    return _Shown({one: store.summary(one) for one in reversed(drawn)}, profile)


def _map(
    workspace: Workspace,
    shown: _Shown,
    lang: Lang,
    *,
    visible: Mapping[str, bool] | None = None,
    with_shares: bool = False,
    evidence: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    bounds = bounds_of(shown.summaries)
    html, script = map_parts(bounds, "live")
    summaries = list(shown.summaries.values())
    legend = [
        legend_layer(spec_of(one.layer_id), one.count, lang=lang, visible=(visible or {}).get(one.layer_id))
        for one in summaries
    ]
    return {
        "map_html": Markup(html),  # noqa: S704 - from our own template
        "map_script": Markup(script),  # noqa: S704
        "config": json_inside(map_config(lang=lang, inline=False, bounds=bounds, evidence=evidence)),
        "scripts": (*LEAFLET_JS, *DRAW_JS),
        "legend": legend,
        "shares": share_legend(lang) if with_shares else (),
        "shares_hidden": True,
        "shares_title": "",
        "panel_open": False,
        "stamp": stamp_of(workspace.settings, shown.profile, lang),
        "as_of": as_of_line(summaries, lang),
        "made_how": f"{credits_of(summaries, lang)} {made_how(summaries, lang)}".strip(),
    }
