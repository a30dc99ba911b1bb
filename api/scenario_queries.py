"""What may be asked and sent about scenarios, within which bounds; anything else is refused."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.queries import Query
from api.reach_queries import CoverageQuery, DefinedQuery, KernelQuery, ReachQuery

if TYPE_CHECKING:
    from gis.coverage.changes import Change

_Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
_Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
ScenarioName = Annotated[str, Field(max_length=200, description="方案名 / Name of the scenario")]
Version = Annotated[
    str | None, Field(max_length=40, description="看到的版本 / Version that was looked at")
]  # fmt: skip


class ChangeBody(BaseModel):
    """One change to the facilities."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    action: Annotated[
        Literal["add", "move", "close", "open", "resize"],
        Field(description="新增、迁移、关停、启用、改规模 / What is done"),
    ]
    id: Annotated[str, Field(min_length=1, max_length=100, description="设施编号 / Id of the facility")]
    lon: Annotated[_Degrees | None, Field(description="经度 / Longitude")] = None
    lat: Annotated[_Degrees | None, Field(description="纬度 / Latitude")] = None
    name: Annotated[str, Field(max_length=200, description="名称 / Name")] = ""
    amounts: Annotated[
        dict[Annotated[str, Field(max_length=60)], _Amount],
        Field(max_length=20, description="数量，如 beds / What it holds, such as beds"),
    ] = {}

    def change(self) -> "Change":
        """Return the change; raises InputError for one that has no place."""
        from gis.coverage.changes import Change  # noqa: PLC0415 - as little as possible loads with the program

        return Change.from_json(self.model_dump())


Changes = Annotated[
    tuple[ChangeBody, ...], Field(max_length=200, description="变动，依次 / Changes, in order")
]


class WhatIfBody(CoverageQuery):
    """What is measured, and after which changes; the same parameters as ``/api/coverage``."""

    changes: Changes = ()


class CompareQuery(KernelQuery, DefinedQuery, ReachQuery):
    """Which scenarios, and what is measured of each."""

    name: Annotated[
        list[ScenarioName], Field(min_length=1, max_length=20, description="方案名，可重复 / Scenarios")
    ]
    also: Annotated[
        tuple[Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"], ...],
        Field(max_length=8, description="另给这些定义的总数，可重复 / Totals by these definitions, too"),
    ] = ()


class VersionQuery(Query):
    """Which version is meant."""

    version: Version = None


class NewScenarioBody(BaseModel):
    """A scenario to be kept; its name may be left out where the address has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ScenarioName = ""
    layer: Annotated[str, Field(max_length=60, description="设施图层 / Layer of facilities")] = (
        "care_facility"
    )
    changes: Changes = ()
    planned_until: Annotated[
        date | None,
        Field(description="先启用规划到这一天的设施 / First open what is planned up to this day"),
    ] = None
    undated: Annotated[
        bool,
        Field(description="没有启用日期的规划设施也启用 / Open planned facilities without a day, too"),
    ] = False
    note: Annotated[str, Field(max_length=2000, description="说明 / Note")] = ""


class ScenarioBody(NewScenarioBody):
    """A scenario that replaces one."""

    version: Version = None
