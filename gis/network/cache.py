"""The workspace's network, kept beside it as plain arrays and memory-mapped on the next run."""

import glob
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gis.kernels.arrays import Adjacency
from gis.network.edges import Edges, Shapes
from gis.network.graph import Network
from gis.network.modes import check_sloped, mode_of
from gis.network.slope import SlopeUse
from layers.errors import NetworkError
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

_PACES = ("ahead", "back")
FORMAT = 3
"""Raised when what is kept, or how roads are read, changes: older folders are then built anew."""


def workspace_network(
    workspace: "Workspace", mode: str = "walk", barriers: Sequence[str] = (), *, slope: bool = False
) -> Network | None:
    """Return the network of a workspace's road layer, or None when it has none that is open to the mode.

    Built once for each version of the road layer and the barriers and kept in ``cache/`` beside the workspace; a
    damaged or outdated folder is built anew, and a folder that cannot be written is done without.

    Parameters
    ----------
    mode
        ``walk``, ``e-bike`` or ``drive``.
    barriers
        Ids of layers whose lines and areas cut the roads they cross at ground level.
    slope
        Whether the way up and the way down count by their incline, on foot only.

    Raises
    ------
    InputError
        When there is no such mode, or slope is asked for one that does not walk.
    NotFoundError
        When a barrier layer has no data.
    """
    asked = mode_of(mode)
    if slope:
        check_sloped(asked)
    if "road" not in workspace.store.layer_ids():
        return None
    cut_by = tuple(sorted(set(barriers)))
    kind = (mode, *(("slope",) if slope else ()), *cut_by)
    versions = [workspace.layer(one).provenance.version for one in cut_by]
    versions = [workspace.store.summary("road").version, *versions]
    stamp = hashlib.sha256("|".join((str(FORMAT), *kind, *versions)).encode()).hexdigest()[:12]
    folder = workspace.root / "cache" / f"network-{'+'.join(kind)}-{stamp}"
    kept = _opened(folder) if folder.is_dir() else None
    if kept is not None:
        return kept
    try:
        built = Network.from_roads(workspace.layer("road"), mode, slope=slope)
    except NetworkError:
        return None
    if cut_by:
        built = built.cut(shape for one in cut_by for shape in workspace.layer(one).frame.geometry)
    built = built.contracted()
    _keep(built, folder)
    _opened.cache_clear()
    return built


def _keep(network: Network, folder: Path) -> None:
    """Write to a folder aside and move it into place, so that a half-written one is never seen."""
    try:
        folder.parent.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".network-", dir=folder.parent))
        try:
            _write(network, aside)
            _drop_others(folder)
            os.replace(aside, folder)  # noqa: PTH105 - atomic on one file system
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError:
        return


def _drop_others(folder: Path) -> None:
    kind = folder.name.rsplit("-", 1)[0]
    for old in folder.parent.glob(f"{glob.escape(kind)}-{'[0-9a-f]' * 12}"):
        shutil.rmtree(old, ignore_errors=True)


def _arrays(network: Network) -> dict[str, Any]:
    edges = {
        name: array
        for name, array in network.edges._asdict().items()
        if name != "shapes" and not (name in _PACES and len(array) == 0)
    }
    shapes = network.edges.drawn()
    return {
        **edges,
        **{f"shape_{name}": array for name, array in shapes._asdict().items()},
        **network.graph._asdict(),
    }


def _write(network: Network, folder: Path) -> None:
    arrays = _arrays(network)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    said = {
        "format": FORMAT,
        "crs": network.crs,
        "unit": network.unit,
        "notes": network.notes,
        "slope": network.slope,
        "sizes": {name: len(array) for name, array in arrays.items()},
    }
    (folder / "network.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


@lru_cache(maxsize=8)
def _opened(folder: Path) -> Network | None:
    """Open a kept network without reading it; None when anything in it is not as it was written.

    Folders are named by what is in them, so an opened one stays good as long as the process lives.
    """
    try:
        said = json.loads((folder / "network.json").read_text(encoding="utf-8"))
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in said["sizes"]}
        if any(len(arrays[name]) != size for name, size in said["sizes"].items()):
            return None
        shapes = Shapes(*(arrays[f"shape_{name}"] for name in Shapes._fields))
        held = [one for one in Edges._fields if one != "shapes" and (one in arrays or one not in _PACES)]
        edges = Edges(**{name: arrays[name] for name in held}, shapes=shapes)
        graph = Adjacency(*(arrays[name] for name in Adjacency._fields))
        notes = tuple(Text(*one) for one in said["notes"])
        slope = _slope_of(said.get("slope"))
        return Network(edges, graph, said["unit"], said["crs"], notes, slope=slope)
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        return None


def _slope_of(said: Sequence[Any] | None) -> SlopeUse | None:
    if said is None:
        return None
    known_m, unknown_m, steep_m, sources = said
    return SlopeUse(known_m, unknown_m, steep_m, tuple(sources))
