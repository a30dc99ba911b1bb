"""How a figure was made: the program, and the layers with their versions and sources."""

from collections.abc import Iterable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layers.workspace import Workspace


def provenance(workspace: "Workspace", layer_ids: Iterable[str], *, on: date) -> dict[str, Any]:
    """Name the program and the layers used; layers without data are left out."""
    present = [one for one in dict.fromkeys(layer_ids) if one in workspace.store.layer_ids()]
    return {
        "program": f"fangyu {_version()}",
        "layers": {one: _origin(workspace, one) for one in present},
        "as_of": on.isoformat(),
    }


def _origin(workspace: "Workspace", layer_id: str) -> dict[str, Any]:
    summary = workspace.store.summary(layer_id)
    return {
        "version": summary.version,
        "as_of": summary.as_of.isoformat() if summary.as_of else None,
        "sources": list(summary.sources),
        "synthetic": summary.synthetic,
    }


def _version() -> str:
    try:
        return version("fangyu")
    except PackageNotFoundError:
        return "0"
