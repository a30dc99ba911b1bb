"""A workspace of layers in memory, for notebooks and programs: read like any other, kept nowhere."""

import tempfile
import warnings
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layers.errors import InputError
from layers.importing.frames import layer_of_frame
from layers.importing.options import ImportOptions
from layers.importing.report import ImportReport
from layers.specs import spec_of
from layers.store.memory import MemoryStore
from layers.text import Text
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

    Rows and cells that are not taken are warned of; ``imports`` has them all. A temporary folder keeps what is worked
    out of the layers (the network); it goes with the workspace.

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
        layers[layer_id], imports[layer_id] = _taken(layer_id, frame, options)
    folder = tempfile.TemporaryDirectory(prefix="fangyu-", ignore_cleanup_errors=True)
    made = MemoryWorkspace(Path(folder.name), settings, MemoryStore(layers), imports)
    weakref.finalize(made, folder.cleanup)
    return made


def _taken(
    layer_id: str, frame: "pd.DataFrame | Layer", options: ImportOptions
) -> "tuple[Layer, ImportReport]":
    """Take one frame; its errors name the layer, and the parameters in place of options of the command line."""
    try:
        layer, report = layer_of_frame(spec_of(layer_id), frame, options)
    except InputError as error:
        said = error.message
        hint = Text(_as_parameters(error.hint.zh), _as_parameters(error.hint.en))
        named = said.zh.startswith(layer_id)
        message = said if named else Text(f"{layer_id}：{said.zh}", f"{layer_id}: {said.en}")
        raise type(error)(message, hint) from error
    if report.reject_count:
        _warn(report)
    return layer, report


def _as_parameters(hint: str) -> str:
    return hint.replace("--crs ", "crs=").replace("--crs", "crs=").replace("--columns ", "columns=")


def _warn(report: ImportReport) -> None:
    first = report.rejects[0]
    words = (
        f"{report.layer_id}: {report.rows_rejected} / {report.rows_read} 行、{report.cells_rejected} 个单元格未用，"
        f"如第 {first.row} 行 {first.column}：{first.reason.zh}；全部见 .imports / "
        f"{report.rows_rejected} rows and {report.cells_rejected} cells not taken, such as row {first.row}: "
        f"{first.reason.en}"
    )
    warnings.warn(words, stacklevel=5)
