"""What any store of a workspace can do; GeoPackage is the default one."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, Protocol

from layers.model import Layer

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.store.case_protocol import CaseStore

BBox = tuple[float, float, float, float]
"""West, south, east, north in degrees (storage CRS)."""

OnExisting = Literal["reject", "update"]


@dataclass(frozen=True, slots=True)
class By:
    """Who makes a change, and why."""

    who: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ImportSource:
    """What is known of a file when its import begins."""

    file_name: str
    sha256: str = ""
    crs_declared: str = ""
    crs_used: str = ""
    transform_accuracy_m: float | None = None
    encoding: str = ""
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One finished import, newest first in lists. ``undone_at`` is set once it was taken back."""

    import_id: int
    layer_id: str
    source: ImportSource
    by: By
    at: datetime
    rows_added: int
    rows_updated: int
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one feature. ``before`` and ``after`` are JSON objects of its fields (geometry as WKT), or None."""

    change_id: int
    layer_id: str
    feature_id: str
    action: Literal["add", "update", "remove"]
    by: By
    at: datetime
    import_id: int | None
    before: dict[str, object] | None
    after: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """What a list of layers shows of one.

    Attributes
    ----------
    sources
        Names of the files imported, oldest first.
    credits
        What the rows name as their source, most frequent first, at most five: who has to be named on a map.
    """

    layer_id: str
    count: int
    bbox: BBox | None
    as_of: date | None
    sources: tuple[str, ...]
    synthetic: bool
    version: str
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A row the store would not take: position in the appended frame, the id, and whether it exists already."""

    position: int
    feature_id: str
    existing_import_id: int | None = field(default=None)


class ImportSink(Protocol):
    """Takes the rows of one import, batch by batch, inside one transaction."""

    def append(self, frame: "gpd.GeoDataFrame") -> Sequence[Refused]:
        """Add rows (columns of the spec + geometry, storage CRS); say which ids were doubled and left out."""

    @property
    def import_id(self) -> int:
        """Number of this import."""


class Store(Protocol):
    """Layers at rest, with the history of every change, and the review cases."""

    @property
    def cases(self) -> "CaseStore":
        """The review cases."""

    def layer_ids(self) -> tuple[str, ...]:
        """Ids of the layers that were ever imported, in the order of ``layers.specs.SPECS``."""

    def summary(self, layer_id: str) -> LayerSummary:
        """Describe one layer without reading it. Raises NotFoundError when it was never imported."""

    def read(
        self, layer_id: str, *, bbox: BBox | None = None, limit: int | None = None, offset: int = 0
    ) -> Layer:
        """Read features in insertion order. Raises NotFoundError when the layer was never imported."""

    def feature(self, layer_id: str, feature_id: str) -> Layer:
        """Read one feature as a layer of one row. Raises NotFoundError."""

    def count(self, layer_id: str, *, bbox: BBox | None = None) -> int:
        """Count the features ``read`` would give without limit. Raises NotFoundError."""

    def importing(
        self, layer_id: str, source: ImportSource, by: By, on_existing: OnExisting = "reject"
    ) -> AbstractContextManager[ImportSink]:
        """Open an import: committed when the block ends well, rolled back whole when it raises."""

    def edit(self, layer_id: str, feature_id: str, values: Mapping[str, object], by: By) -> None:
        """Change some fields (``geometry`` too) of one feature. Raises NotFoundError, InputError."""

    def undo(self, import_id: int, by: By) -> int:
        """Take an import back (added rows go, updated rows return); count the features touched."""

    def remove(self, layer_id: str, feature_ids: Sequence[str], by: By) -> int:
        """Remove features; their last state stays in the history."""

    def imports(self) -> tuple[ImportRecord, ...]:
        """List imports, newest first."""

    def history(
        self, layer_id: str | None = None, feature_id: str | None = None, limit: int = 100
    ) -> tuple[Change, ...]:
        """List changes, newest first."""

    def close(self) -> None:
        """Release the file or connection."""
