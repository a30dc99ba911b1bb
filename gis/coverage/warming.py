"""Every question asked once of a tiny town that exists for it only, so that no later one waits for its kernels."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shapely import LineString, Point, box

from gis.coverage.areas import service_areas
from gis.coverage.catchments.accessing import AccessRequest, access
from gis.coverage.changes import Change
from gis.coverage.cover import cover
from gis.coverage.gaps.gap_list import gap_list
from gis.coverage.meals import MealRequest, plan_meals
from gis.coverage.next_sites import SiteRequest, place_sites
from gis.coverage.periods import PhaseRequest, plan_phases
from gis.coverage.request import CoverageRequest
from gis.coverage.scenarios.standing import judged
from gis.coverage.scenarios.what_if import what_if
from gis.coverage.situation import prepare
from gis.kernels.first_use import telling
from gis.network.warming import warm_up
from gis.siting.warming import ask_a_hard_one_once
from layers.frames import layer_from_rows
from layers.progress import Progress, silent
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.text import Text
from layers.workspace import Settings, Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gis.coverage.next_sites.request import Model

_CODE, _NAME, _TOWN = "000000", "预热", "000000100000"
_LON, _LAT, _STEP = 119.5, 31.7, 0.004
_ACROSS = 7
_DAY = date(2026, 1, 1)
_PROBLEMS = Text("试算小例", "Asking tiny questions")
Ask = Callable[[Workspace], object]


def compile_everything(progress: Progress = silent) -> int:
    """Ask every kind of question once of a tiny town in a temporary folder; return how many kernels it compiled.

    After an installation that takes some 45 CPU seconds; where all machine code is kept already it only loads it, in
    some 5, and returns 0. The code is kept for the user who runs this.

    Raises
    ------
    OSError
        When no temporary folder can be written.
    """
    compiled: list[str] = []
    with (
        telling(compiled.append),
        tempfile.TemporaryDirectory(prefix="fangyu-", ignore_cleanup_errors=True) as folder,
        _tiny(Path(folder) / "town") as workspace,
    ):
        questions = tuple(_questions())
        for number, ask in enumerate(questions):
            progress(_PROBLEMS, number, len(questions))
            ask(workspace)
        progress(_PROBLEMS, len(questions), len(questions))
    return len(compiled)


def _tiny(folder: Path) -> Workspace:
    """Make a workspace of a few streets, people and facilities."""
    workspace = Workspace.create(
        folder, Settings(code=_CODE, name=_NAME, synthetic=True, reference_date=_DAY)
    )
    for layer_id, rows in _rows().items():
        given = [{"id": f"{layer_id}{number}", **row} for number, row in enumerate(rows)]
        with workspace.store.importing(layer_id, ImportSource(file_name=layer_id), By("fangyu warm")) as sink:
            sink.append(layer_from_rows(spec_of(layer_id), given).frame)
    return workspace


def _at(column: float, row: float) -> tuple[float, float]:
    return _LON + column * _STEP, _LAT + row * _STEP


def _rows() -> "Mapping[str, list[dict[str, Any]]]":
    """Return a grid of streets some 400 m apart with people at its corners, and a canal between two of its columns."""
    steps, end = range(_ACROSS), _ACROSS - 1
    streets = [LineString([_at(*(one, k)[::turn]) for k in steps]) for one in steps for turn in (1, -1)]
    corners = [(column, row) for column in steps for row in steps]
    halves = [box(*_at(-1, -1), *_at(3, _ACROSS)), box(*_at(3, -1), *_at(_ACROSS, _ACROSS))]
    county = box(*_at(-1, -1), *_at(_ACROSS, _ACROSS))
    return {
        "admin_unit": [
            {"code": _CODE, "name": _NAME, "level": "county", "geometry": county},
            {"code": _TOWN, "name": _NAME, "level": "town", "parent_code": _CODE, "geometry": county},
            *(
                {"code": f"00000010020{n}", "name": f"{n}", "level": "village", "parent_code": _TOWN, "geometry": one}
                for n, one in enumerate(halves)
            ),
        ],
        "road": [{"road_class": "residential", "incline_percent": 2.0, "geometry": one} for one in streets],
        "barrier": [{"kind": "water", "geometry": LineString([_at(3.5, -1), _at(3.5, end - 0.5)])}],
        "population": [
            {"population": 400, "pop_65_plus": 60 + 7 * column + row, "geometry": Point(_at(column + 0.1, row))}
            for column, row in corners
        ],
        "residential_quarter": [
            {"name": "甲", "households": 300, "geometry": box(*_at(0.1, 0.1), *_at(0.9, 0.9))}
        ],
        "care_facility": [
            {"name": f"{n}", "kind": "care_home", "beds": 20 + n, "geometry": Point(_at(1.2 + 3 * n, 1))}
            for n in range(2)
        ],
        "meal_point": [
            {"name": "甲", "tier": "kitchen", "meals_per_day": 60, "delivers": True, "geometry": Point(_at(2, 2.1))},
            {"name": "乙", "tier": "canteen", "meals_per_day": 20, "geometry": Point(_at(5, 5.1))},
        ],
        "point_of_interest": [
            {"name": f"{n}", "kind": "restaurant", "geometry": Point(_at(n + 0.3, n))} for n in range(_ACROSS)
        ],
    }  # fmt: skip


def _questions() -> Iterator[Ask]:
    """Yield what is asked; each question takes a fraction of a second once its kernels are compiled."""
    reach = CoverageRequest(within_m=600.0)
    straight = CoverageRequest(definition="C5", within_m=600.0)
    uphill = CoverageRequest(within_min=8.0, slope=True)
    yield warm_up
    for one in (
        reach,
        straight,
        uphill,
        CoverageRequest(within_min=5.0, mode="e-bike", barriers=("barrier",)),
    ):
        yield lambda workspace, one=one: cover(workspace, one)  # type: ignore[misc]
        yield lambda workspace, one=one: service_areas(workspace, one)  # type: ignore[misc]
    for definition in ("C3", "C7", "C8"):
        asked = CoverageRequest(definition=definition, within_m=600.0)
        yield lambda workspace, asked=asked: cover(workspace, asked)  # type: ignore[misc]
    yield lambda workspace: gap_list(workspace, CoverageRequest(within_m=600.0, barriers=("barrier",)))
    yield lambda workspace: gap_list(
        workspace, CoverageRequest(definition="C7", within_m=600.0), by_points=True
    )
    yield lambda workspace: what_if(
        judged(prepare(workspace, reach)), (Change(action="close", id="care_facility0"),)
    )
    yield lambda workspace: access(workspace, AccessRequest(reach=reach))
    for wanted in _siting(reach):
        yield lambda workspace, wanted=wanted: place_sites(workspace, wanted)  # type: ignore[misc]
    yield lambda _: ask_a_hard_one_once()
    yield lambda workspace: plan_meals(workspace, MealRequest(points=2, kitchens=1, budget=200.0))
    yield lambda workspace: plan_phases(
        workspace, PhaseRequest(reach=reach, periods=((2026, 1), (2030, 2)), target_share=0.9)
    )


def _siting(reach: CoverageRequest) -> Iterator[SiteRequest]:
    """Yield every model, bare and with what else a plan may have to keep."""
    models: tuple[Model, ...] = ("mclp", "p-median", "p-center", "capacitated")
    for model in models:
        bare = SiteRequest(
            reach=reach, model=model, sites=2, capacity=400.0 if model == "capacitated" else None
        )
        yield bare
        yield replace(bare, apart_m=500.0, per="village", at_most_per=2)
        yield replace(bare, sites=None, budget=2.0)
    yield SiteRequest(reach=reach, model="lscp")
    yield SiteRequest(reach=reach, target_share=0.8)
    yield SiteRequest(reach=reach, sites=2, candidates="stock", prefer_stock=0.2)
