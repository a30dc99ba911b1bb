"""A district of plain GeoDataFrames, which every question about coverage accepts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from layers.memory import MemoryWorkspace, in_memory
from layers.norms import load_profile
from layers.workspace import Settings

if TYPE_CHECKING:
    import pandas as pd

    from layers.model import Layer

NOBODYS_CODE = "000000"


def district(
    *,
    norms: str = "national",
    day: date | None = None,
    code: str = NOBODYS_CODE,
    name: str = "内存数据",
    synthetic: bool = False,
    crs: str | Mapping[str, str] | None = None,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    **frames: "pd.DataFrame | Layer",
) -> MemoryWorkspace:
    """Make a district of frames, to be asked like a workspace: ``cover(district(...), CoverageRequest(...))``.

    Parameters
    ----------
    norms
        Norm profile that holds here.
    day
        Day on which facilities must be in service and norms in force, where a question names none; without it today.
    code, name
        Six-digit code and name of the district, as reports print them.
    synthetic
        The data are generated: reports say so.
    crs
        Declared coordinate system, for all frames or by layer; wins over a frame's own. A frame without any is refused.
    columns
        Per layer: field to heading, where a heading is not one that imports know.
    **frames
        By layer id: ``care_facility=…, population=…, road=…, admin_unit=…``. GeoDataFrames in any declared CRS, or
        tables with columns of coordinates.

    Returns
    -------
    MemoryWorkspace
        Its ``imports`` tell, by layer, which rows and cells were not taken and why.

    Raises
    ------
    NotFoundError
        When there is no such layer or norm profile.
    CrsError
        When a frame's system is undeclared or does not fit its numbers.
    ColumnError
        When a required column is missing.
    InputError
        When no row of a frame can be taken.
    """
    load_profile(norms)
    settings = Settings(code=code, name=name, norm_profile=norms, reference_date=day)
    return in_memory(frames, replace(settings, synthetic=synthetic), crs=crs, columns=columns)
