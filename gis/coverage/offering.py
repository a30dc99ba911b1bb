"""Candidates from any source, those in an exclusion left out."""

from typing import TYPE_CHECKING

from gis.coverage.next_sites.candidates import Candidates, of_grid, of_layer
from gis.coverage.next_sites.exclusions import allowed, exclusions_of
from gis.coverage.next_sites.stock import stock_of
from gis.coverage.situation import Situation
from layers.errors import InputError
from layers.text import Text, counted

if TYPE_CHECKING:
    from layers.workspace import Workspace

STOCK, GRID = "stock", "grid"


def candidates_from(
    workspace: "Workspace",
    here: Situation,
    source: str,
    *,
    spacing_m: float,
    exclude: tuple[str, ...],
    most: int,
) -> Candidates:
    """Take candidates from ``stock``, a ``grid`` or a layer.

    Raises
    ------
    InputError
        When none can be used, or there are more than ``most``.
    NotFoundError
        When a layer has no data, or no layer of stock has.
    """
    if source == STOCK:
        found = stock_of(workspace, here, holds=None, cost=None)
    elif source == GRID:
        found = of_grid(here.demand, spacing_m)
    else:
        found = of_layer(workspace.layer(source), holds=None, cost=None)
    found, _ = allowed(found, exclusions_of(workspace, exclude, buffer_m=0.0, on=here.plan.on))
    if len(found) > most:
        raise InputError(
            Text(
                f"候选点有 {len(found)} 个，超过 {most} 个。",
                f"There are {counted(len(found), 'candidate')}, more than {most}.",
            ),
            Text("请加大网格间距或换一个候选图层。", "Use a wider grid or another layer."),
        )
    return found
