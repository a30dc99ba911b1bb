"""A workspace of layers in memory, for notebooks and programs: read like any other, kept nowhere."""

import tempfile
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layers.importing.frames import layer_of_frame
from layers.importing.options import ImportOptions
from layers.importing.report import ImportReport
from layers.specs import spec_of
from layers.store.memory import MemoryStore
from layers.workspace import Settings, Workspace

if TYPE_CHECKING:
    import pandas as pd

    from layers.model import Layer


@dataclass(slots=True, weakref_slot=True)
class MemoryWorkspace(Workspace):
    """A workspace whose layers are in memory.

    Attributes
    ----------
    imports
        How each frame was taken, and what of it was rejected, by layer.
    """

    imports: Mapping[str, ImportReport] = field(default_factory=dict, repr=False)


def in_memory(
    frames: "Mapping[str, pd.DataFrame | Layer]",
    settings: Settings,
    *,
    crs: str | Mapping[str, str] | None = None,
    columns: Mapping[str, Mapping[str, str]] | None = None,
) -> MemoryWorkspace:
    """Make a workspace of frames by layer id.

    A temporary folder keeps what is worked out of the layers (the network); it goes with the workspace.

    Parameters
    ----------
    frames
        As ``layers.importing.frames.layer_of_frame`` takes them.
    crs
        Declared system, for all frames or by layer; wins over a frame's own.
    columns
        Per layer: field to heading, where headings cannot be guessed.

    Raises
    ------
    NotFoundError
        When there is no such layer.
    InputError
        As ``layer_of_frame`` raises.
    """
    layers: dict[str, Layer] = {}
    imports: dict[str, ImportReport] = {}
    for layer_id, frame in frames.items():
        declared = crs.get(layer_id) if isinstance(crs, Mapping) else crs
        given: Mapping[str, Any] = (columns or {}).get(layer_id, {})
        options = ImportOptions(crs=declared, columns=given, synthetic=settings.synthetic)
        layers[layer_id], imports[layer_id] = layer_of_frame(spec_of(layer_id), frame, options)
    folder = tempfile.TemporaryDirectory(prefix="fangyu-", ignore_cleanup_errors=True)
    made = MemoryWorkspace(Path(folder.name), settings, MemoryStore(layers), imports)
    weakref.finalize(made, folder.cleanup)
    return made
