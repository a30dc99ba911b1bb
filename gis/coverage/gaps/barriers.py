"""What people cannot walk across: rivers, railways, expressways, walls."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
import shapely

from layers.specs import SPECS
from layers.text import Text
from layers.vocabulary import label_of

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer
    from layers.workspace import Workspace

KINDS = ("river", "rail", "expressway", "wall", "other")
"""Kinds of barriers, the first named where several lie between home and facility."""
LAYER = "barrier"
_OF_ROADS = {"motorway": "expressway", "trunk": "expressway", "rail": "rail"}


@dataclass(frozen=True, slots=True)
class Barriers:
    """Barriers of a district.

    Attributes
    ----------
    shapes
        Lines and areas in storage degrees (EPSG:4490).
    kind
        Position of each in ``KINDS``.
    name
        Name of each; empty where it has none.
    complete
        Whether somebody drew up barriers at all. Without, what lies between two places is unknown, not clear.
    layer_ids
        Layers they come from.
    """

    shapes: "npt.NDArray[np.object_]"
    kind: npt.NDArray[np.int64]
    name: tuple[str, ...]
    complete: bool
    layer_ids: tuple[str, ...] = ()
    tree: shapely.STRtree = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the shapes."""
        object.__setattr__(self, "tree", shapely.STRtree(self.shapes))

    def __len__(self) -> int:
        """Count the barriers."""
        return len(self.shapes)

    def courses(self) -> npt.NDArray[np.int64]:
        """Give each barrier a course number: pieces of one kind and name are one, nameless ones stand alone."""
        own = [
            f"{kind}|{name}" if name else f"{kind}||{at}"
            for at, (kind, name) in enumerate(zip(self.kind.tolist(), self.name, strict=True))
        ]
        return np.asarray(np.unique(np.array(own, dtype=str), return_inverse=True)[1], np.int64).reshape(-1)

    @classmethod
    def of(cls, layers: "dict[str, Layer | None]") -> Self:
        """Take barriers from layers by id; of ``road`` the railways and expressways that are neither bridge nor tunnel.

        A layer that is None is unknown. Layers other than ``barrier`` and ``road`` sever with every shape they have.
        """
        known = {id_: layer for id_, layer in layers.items() if layer is not None}
        parts = [_rows(id_, layer) for id_, layer in known.items()]
        shapes = np.concatenate([np.empty(0, object), *(one for one, _, _ in parts)])
        kinds = np.concatenate([np.empty(0, np.int64), *(one for _, one, _ in parts)]).astype(np.int64)
        names = [name for _, _, some in parts for name in some]
        usable = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
        return cls(
            shapes[usable],
            kinds[usable],
            tuple(names[at] for at in usable),
            complete=bool(set(known) - {"road"}),
            layer_ids=tuple(known),
        )


def barriers_of(workspace: "Workspace", more: tuple[str, ...] = ()) -> Barriers:
    """Take the barriers of a workspace; ``more`` names further layers nobody walks across.

    Kept in memory for the versions of the layers they come from.
    """
    ids = tuple(dict.fromkeys((LAYER, "road", *more)))
    present = [one for one in ids if one in SPECS and one in workspace.store.layer_ids()]
    versions = tuple(f"{one}={workspace.store.summary(one).version}" for one in present)
    return _kept(_Asked(workspace.root, ids, versions, workspace))


@dataclass(frozen=True, slots=True)
class _Asked:
    root: Path
    ids: tuple[str, ...]
    versions: tuple[str, ...]
    workspace: "Workspace" = field(compare=False)


@lru_cache(maxsize=4)
def _kept(asked: _Asked) -> Barriers:
    return Barriers.of(
        {one: asked.workspace.layer_or_none(one) if one in SPECS else None for one in asked.ids}
    )


_Rows = tuple["npt.NDArray[np.object_]", npt.NDArray[np.int64], list[str]]


def _rows(layer_id: str, layer: "Layer") -> _Rows:
    frame = layer.frame
    if layer_id == "road":
        frame = frame[_closed_to_walkers(frame)]
        kinds = [_OF_ROADS[one] for one in frame["road_class"]]
    elif layer_id == LAYER:
        kinds = [one if one in KINDS else "other" for one in frame["kind"]]
    else:
        kinds = ["other"] * len(frame)
    names = frame["name"] if "name" in frame else frame["id"]
    numbers = np.array([KINDS.index(one) for one in kinds], np.int64)
    return frame.geometry.to_numpy(), numbers, [str(one) for one in names.fillna("")]


def _closed_to_walkers(frame: "gpd.GeoDataFrame") -> npt.NDArray[np.bool_]:
    """Tell which roads sever: on the ground, and nobody may walk along them."""
    raised = frame["bridge"].fillna(value=False).astype(bool) | frame["tunnel"].fillna(value=False).astype(
        bool
    )
    shut = frame["walkable"].fillna(value=True).astype(bool).eq(other=False)
    hard = frame["road_class"].isin(("motorway", "rail")) | ((frame["road_class"] == "trunk") & shut)
    walked = frame["walkable"].fillna(value=False).astype(bool)
    return np.asarray((hard & ~raised & ~walked).to_numpy(), bool)


def named(kind: str, name: str) -> Text:
    """Name a barrier: its kind, and its own name where it has one."""
    label = label_of("barrier_kind", kind)
    return (
        Text(f"{label.zh}“{name}”", f"{label.en} {name}") if name else Text(label.zh, f"a {label.en.lower()}")
    )
