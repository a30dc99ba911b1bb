"""The one door to a planning set: gathered once, put into parts, written in one of four forms."""

from typing import TYPE_CHECKING

import geopandas as gpd

from layers.errors import InputError
from layers.model import STORAGE_CRS
from layers.progress import Progress, silent
from layers.text import Lang, Text, joined
from web.maps.furniture import stamp_of
from web.planning_set.blocks import Part
from web.planning_set.changed import changed_part
from web.planning_set.gathering import Gathered, gathered, steps_of
from web.planning_set.maps import Ground
from web.planning_set.office import SetIssue, as_book, as_paper
from web.planning_set.opening import ageing_part, cover_part, method_part
from web.planning_set.request import PlanningSetRequest
from web.planning_set.steps import Drawing, Steps
from web.planning_set.towns import map_parts, town_parts
from web.planning_set.whole import appendix_part, gaps_part, indicators_part, matrix_part, sites_part
from web.rendering import program_version

if TYPE_CHECKING:
    from layers.workspace import Workspace

FORMS = ("docx", "xlsx", "pdf", "html")
_DRAWING = Text("绘制地图和分镇街页", "Drawing maps and pages of towns")
_WRITING = Text("写成文件", "Writing the file")
_OWN_STEPS = 2


def planning_set(
    workspace: "Workspace",
    request: PlanningSetRequest,
    form: str,
    progress: Progress = silent,
    *,
    lang: Lang = "zh",
) -> bytes:
    """Make a planning set.

    Parameters
    ----------
    form
        One of ``FORMS``; ``html`` is one self-contained page.
    lang
        ``en`` is English, with Chinese heads beside the English ones in papers.

    Returns
    -------
    bytes
        The file. The same workspace and request give the same bytes.

    Raises
    ------
    InputError
        When there is no such form, or the request contradicts itself.
    NotFoundError
        When there are no services or nobody to be served; for ``pdf``, when this machine has no Chinese font.
    """
    check_form(form)
    steps = Steps(progress, steps_of(request) + _OWN_STEPS)
    found = gathered(workspace, request, steps, lang)
    parts = parts_of(found, form, steps.next(_DRAWING))
    telling = steps.next(_WRITING)
    content = _written(found, parts, form)
    telling(_WRITING, 1, 1)
    return content


def check_form(form: str) -> None:
    """Refuse a form that cannot be made, before the work.

    Raises
    ------
    InputError
        When there is no such form.
    NotFoundError
        For ``pdf``, when this machine has no Chinese font.
    """
    if form not in FORMS:
        raise InputError(
            Text(f"图册没有 {form} 格式。", f"A planning set cannot be had as {form}."),
            Text(f"可用：{'、'.join(FORMS)}。", f"Forms: {', '.join(FORMS)}."),
        )
    if form == "pdf":
        from web.planning_set.fonts import needed_font  # noqa: PLC0415 - reads fonts

        needed_font()


def parts_of(g: Gathered, form: str, progress: Progress) -> list[Part]:
    """Put everything into parts, in the order of print."""
    ground = Ground(g.workspace, _unit_shapes(g))
    changed, sites = changed_part(g), sites_part(g)
    drawing = Drawing(progress, sum(len(one) for one in g.tiers.values()) + len(g.towns))
    return [
        cover_part(g),
        method_part(g),
        *([changed] if changed else []),
        ageing_part(g),
        indicators_part(g),
        matrix_part(g),
        *map_parts(g, ground, drawing),
        gaps_part(g),
        *([sites] if sites else []),
        *town_parts(g, ground, drawing),
        appendix_part(g, form),
    ]


def _unit_shapes(g: Gathered) -> gpd.GeoDataFrame:
    frame = g.units.frame
    if isinstance(frame, gpd.GeoDataFrame):
        return frame
    return gpd.GeoDataFrame(
        frame, geometry=gpd.GeoSeries([None] * len(frame), crs=STORAGE_CRS), crs=STORAGE_CRS
    )


def _written(g: Gathered, parts: list[Part], form: str) -> bytes:
    issue = SetIssue(g.workspace, (), g.on, g.lang)
    object.__setattr__(issue, "used", _made(g))
    if form == "docx":
        return as_paper(issue, parts)
    if form == "xlsx":
        return as_book(issue, parts)
    if form == "pdf":
        from web.planning_set.pdf import as_pdf  # noqa: PLC0415 - fpdf loads for a PDF only

        return as_pdf(issue, parts, stamp=stamp_of(g.workspace.settings, g.request.profile, g.lang))
    from web.planning_set.page import as_page  # noqa: PLC0415 - folium loads for a page only

    return as_page(g, parts, made=_made(g)).encode()


def _made(g: Gathered) -> Text:
    used = dict.fromkeys(layer for one in g.matrix.reports for layer in one.provenance["layers"])
    versions = {one: g.workspace.store.summary(one).version for one in used}
    said = joined(f"{one} {version}" for one, version in versions.items())
    return Text(
        f"制图：方舆 {program_version()}；日期：{g.on.isoformat()}；图层版本：{said.zh}。",
        f"Made with Fangyu {program_version()} on {g.on.isoformat()}; layer versions: {said.en}.",
    )
