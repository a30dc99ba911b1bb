"""Which facilities serve on a given day, and where they stand."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gis.coverage.changed import DATES, Changed, changed
from gis.coverage.changes import Change
from gis.coverage.filters import Unfit, fitting, nothing_fits
from gis.kernels.arrays import Flags, Floats
from layers.text import Text, counted

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer

NOT_SERVING = ("planned", "building", "unknown")
"""States that never serve, whatever the dates say; ``unknown`` was written but could not be read."""


@dataclass(frozen=True)
class Supply:
    """Facilities in service.

    Attributes
    ----------
    frame
        Their rows, as the layer keeps them.
    lon, lat
        One point each (of an area: a point inside it); nan where the location is unknown.
    unfit
        Says so where no facility of the layer fits the filters; in full it is among ``assumptions``.
    """

    frame: "gpd.GeoDataFrame"
    lon: Floats
    lat: Floats
    assumptions: tuple[Text, ...]
    unfit: Unfit | None = None

    def __len__(self) -> int:
        """Count the facilities."""
        return len(self.frame)

    def name(self, index: int) -> str:
        """Return the name of a facility, or its id when it has none."""
        return self.names[index]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(str(one) for one in self.frame["id"])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Their names, ids where they have none."""
        told = self.frame["name"]
        return tuple(
            str(one) if has and one else id_
            for one, has, id_ in zip(told, told.notna(), self.ids, strict=True)
        )


def supply_of(
    layer: "Layer",
    *,
    on: date,
    filters: tuple[tuple[str, str], ...] = (),
    changes: tuple[Change, ...] = (),
) -> Supply:
    """Take the facilities of a layer that fit the filters and are in service on a day, after changes.

    Facilities outside the district stay in: they serve people inside. Added facilities come last and serve whatever
    the filters say; moved ones keep their place in the order.

    Raises
    ------
    InputError
        For a filter that no facility can fit, and for changes that contradict each other or the layer.
    NotFoundError
        When a facility to be changed is not in the layer.
    """
    fits = fitting(layer, filters)
    after = changed(layer, changes)
    asked_for = after.frame[fits & ~after.closed].reset_index(drop=True)
    serving = in_service(asked_for, on=on)
    frame = _joined(asked_for[serving], after.added)
    lon, lat = points_of(frame.geometry.to_numpy())
    unread = int((asked_for["state"] == "unknown").sum()) if "state" in asked_for else 0
    left_out = len(asked_for) - int(serving.sum()) - unread
    unfit = nothing_fits(layer, filters, fits)
    notes = (*_unread(unread), *_assumptions(frame, left_out, lon, on), *([unfit.full] if unfit else []))
    return Supply(frame, lon, lat, (*_changes_notes(layer, fits, after, changes, on), *notes), unfit)


def _joined(standing: "gpd.GeoDataFrame", added: "gpd.GeoDataFrame") -> "gpd.GeoDataFrame":
    if len(added) == 0:
        return standing.reset_index(drop=True)
    if len(standing) == 0:
        return added
    return pd.concat([standing, added], ignore_index=True)


def in_service(frame: pd.DataFrame, *, on: date) -> Flags:
    """Tell which facilities are in service on a day.

    Dates decide first: opened by that day, not closed by it, and not suspended without having resumed. A state of
    closed or suspended without its date counts as closed or suspended; planned and unfinished never serve, nor does a
    state that could not be read. A facility that says nothing at all counts as in service. Layers without states or
    dates are in service throughout.
    """
    day = pd.Timestamp(on)
    opened, suspended, resumed, closed = (_dates(frame, name) for name in DATES)
    state = frame["state"] if "state" in frame else pd.Series(None, index=frame.index, dtype="object")
    paused = (suspended <= day) & ~((resumed >= suspended) & (resumed <= day))
    stands_still = (state == "suspended") & suspended.isna() & ~(resumed <= day)
    gone = (closed <= day) | ((state == "closed") & closed.isna())
    return np.asarray(~(state.isin(NOT_SERVING) | (opened > day) | gone | paused | stands_still), bool)


def _dates(frame: pd.DataFrame, name: str) -> "pd.Series[Any]":
    if name in frame:
        return frame[name]
    return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")


def points_of(shapes: "npt.NDArray[np.object_]") -> tuple[Floats, Floats]:
    """Give one point for each geometry: a point itself, of anything else a point inside; nan where there is none."""
    points = np.array(shapes, dtype=object)
    other = shapely.get_type_id(points) > 0
    points[other] = shapely.point_on_surface(points[other])
    return shapely.get_x(points), shapely.get_y(points)


def _unread(count: int) -> tuple[Text, ...]:
    if not count:
        return ()
    return (
        Text(
            f"{count} 处设施状态不明（状态栏写了但认不出），不算在营，没有计入。",
            f"{counted(count, 'facility has', 'facilities have')} an unknown state (written but not "
            "understood); not counted as in service and left out.",
        ),
    )


def _assumptions(frame: pd.DataFrame, left_out: int, lon: Floats, on: date) -> tuple[Text, ...]:
    said: list[Text] = []
    if left_out:
        said.append(
            Text(
                f"{left_out} 处设施在 {on} 不在营（未启用、暂停、关停、规划或在建），没有计入。",
                f"{counted(left_out, 'facility is', 'facilities are')} left out, being not in service on {on} (not "
                "opened, suspended, closed, planned or unfinished).",
            )
        )
    silent = _silent(frame)
    if silent:
        said.append(
            Text(
                f"{silent} 处设施没有状态和日期，按在营计入。",
                f"{counted(silent, 'facility gives', 'facilities give')} neither state nor dates and were "
                "counted as in service.",
            )
        )
    nowhere = int(np.isnan(lon).sum())
    if nowhere:
        said.append(
            Text(
                f"{nowhere} 处设施没有位置，不能按距离计算。",
                f"{counted(nowhere, 'facility has', 'facilities have')} no location and cannot be reached by distance.",
            )
        )
    return tuple(said)


def _silent(frame: pd.DataFrame) -> int:
    known = [name for name in ("state", *DATES) if name in frame]
    return int(frame[known].isna().all(axis=1).sum()) if known else len(frame)


_DONE = (
    ("add", "新增", "added"),
    ("move", "迁移", "moved"),
    ("close", "关停", "closed"),
    ("open", "启用", "opened"),
    ("resize", "调整规模", "resized"),
)


def _changes_notes(
    layer: "Layer", fits: Flags, after: Changed, changes: tuple[Change, ...], on: date
) -> tuple[Text, ...]:
    """Say what was changed, and which changes make no difference."""
    if not changes:
        return ()
    counts = [(sum(one.action == action for one in changes), zh, en) for action, zh, en in _DONE]
    said = [(f"{zh} {count} 处", f"{count} {en}") for count, zh, en in counts if count]
    done = Text(
        f"按方案变动：{'、'.join(zh for zh, _ in said)}。", f"Changes: {', '.join(en for _, en in said)}."
    )
    moot = _moot(layer, fits, after, changes, on)
    if not moot:
        return (done,)
    ids = "、".join(moot)
    return (
        done,
        Text(
            f"以下设施的变动对结果没有影响（不符合筛选条件，或变动前后都不在营，或本来就在营）：{ids}。",
            f"Changes to these make no difference (they do not fit the filters, are out of service before and after, "
            f"or were in service already): {', '.join(moot)}.",
        ),
    )


def _moot(
    layer: "Layer", fits: Flags, after: Changed, changes: tuple[Change, ...], on: date
) -> tuple[str, ...]:
    touched = {one.id for one in changes if one.action != "add"}
    if not touched:
        return ()
    rows = np.flatnonzero(layer.frame["id"].isin(touched).to_numpy(bool))
    was = in_service(layer.frame.iloc[rows], on=on)
    is_ = in_service(after.frame.iloc[rows], on=on)
    only_opened = {
        one.id
        for one in changes
        if one.action == "open" and sum(other.id == one.id for other in changes) == 1
    }
    ids = [str(layer.frame["id"].iloc[row]) for row in rows]
    moot = [
        id_
        for id_, row, before, now in zip(ids, rows, was, is_, strict=True)
        if not fits[row] or not (before or now) or (before and id_ in only_opened)
    ]
    return tuple(moot)
