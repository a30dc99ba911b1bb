"""What one serving process holds: the workspace, who may see what, and results worth keeping."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from api.jobs import Jobs
from api.problems import SignInError
from api.remembering import Remembered
from api.session import Sessions, WrongKeys
from layers.specs import spec_of
from layers.workspace import Workspace

if TYPE_CHECKING:
    import geopandas as gpd

    from gis.coverage.scenarios import Standing
    from gis.names.review.found import FoundCases
    from layers.findings import Finding
    from layers.model import Layer
    from layers.nearest import PlaceIndex
    from layers.store.protocol import BBox

_BYTES_KEPT = 64 * 1024 * 1024
_LAYERS_KEPT = 32
_RESULTS_KEPT = 64
_STANDINGS_KEPT = 8
_DRAWN_FROM_MEMORY = 200_000
"""Features up to which tiles are cut from the whole layer in memory."""


@dataclass(slots=True)
class Served:
    """One workspace being served; its store may be used by many threads at once."""

    workspace: Workspace
    sessions: Sessions
    wrong_keys: WrongKeys = field(default_factory=WrongKeys)
    jobs: Jobs = field(default_factory=Jobs)
    bodies: Remembered[bytes] = field(default_factory=lambda: Remembered(_BYTES_KEPT, weigh=len))
    frames: Remembered["gpd.GeoDataFrame"] = field(default_factory=lambda: Remembered(_LAYERS_KEPT))
    indexes: Remembered["PlaceIndex"] = field(default_factory=lambda: Remembered(_LAYERS_KEPT))
    results: Remembered[dict[str, Any]] = field(default_factory=lambda: Remembered(_RESULTS_KEPT))
    findings: Remembered[list["Finding"]] = field(default_factory=lambda: Remembered(_RESULTS_KEPT))
    cases: Remembered["FoundCases"] = field(default_factory=lambda: Remembered(_LAYERS_KEPT))
    standings: Remembered["Standing"] = field(default_factory=lambda: Remembered(_STANDINGS_KEPT))

    @classmethod
    def open(cls, folder: Path, key: str | None) -> "Served":
        """Open the workspace in a folder; raises as ``Workspace.open`` does."""
        return cls(Workspace.open(folder), Sessions(key))

    def close(self) -> None:
        """Let running jobs end and release the store."""
        self.jobs.close()
        self.workspace.close()

    def version(self, layer_id: str) -> str:
        """Return the version of a layer's data; raises NotFoundError when it has none."""
        return self.workspace.store.summary(layer_id).version

    def versions(self) -> tuple[tuple[str, str], ...]:
        """Return the version of every layer that has data: part of the key of every result."""
        return tuple((layer_id, self.version(layer_id)) for layer_id in self.workspace.store.layer_ids())

    def whole(self, layer_id: str, *, signed_in: bool) -> "gpd.GeoDataFrame":
        """Return a whole layer as its viewer may see it, read once per version.

        Raises
        ------
        NotFoundError
            When there is no such layer, or it has no data.
        SignInError
            When it needs a login.
        """
        self.may_see(layer_id, signed_in=signed_in)
        key = (layer_id, self.version(layer_id), signed_in, self.workspace.settings)
        return self.frames.get(key, lambda: self._seen(self.workspace.layer(layer_id), signed_in))

    def index(self, layer_id: str, *, signed_in: bool) -> "PlaceIndex":
        """Return the index of places of a layer as its viewer may see it; raises as ``whole`` does."""
        from layers.nearest import PlaceIndex  # noqa: PLC0415 - loads with the first question

        frame = self.whole(layer_id, signed_in=signed_in)
        key = (layer_id, self.version(layer_id), signed_in, self.workspace.settings)
        return self.indexes.get(key, lambda: PlaceIndex(frame))

    def part(
        self,
        layer_id: str,
        *,
        signed_in: bool,
        bbox: "BBox | None",
        limit: int | None = None,
        offset: int = 0,
    ) -> "gpd.GeoDataFrame":
        """Return features whose boxes touch ``bbox``, as their viewer may see them; raises as ``whole`` does.

        Must not be used for layers whose counts are suppressed in public: what is left out there depends on the
        whole layer.
        """
        self.may_see(layer_id, signed_in=signed_in)
        layer = self.workspace.store.read(layer_id, bbox=bbox, limit=limit, offset=offset)
        return self._seen(layer, signed_in)

    def around(self, layer_id: str, *, signed_in: bool, bbox: "BBox") -> "gpd.GeoDataFrame":
        """Return features whose boxes touch ``bbox``, as their viewer may see them, for drawing; raises as ``whole``.

        A district's layers are drawn from memory; only a very large layer is read from the store piece by piece.
        """
        large = self.workspace.store.summary(layer_id).count > _DRAWN_FROM_MEMORY
        if large and (signed_in or not counts_are_suppressed(layer_id)):
            return self.part(layer_id, signed_in=signed_in, bbox=bbox)
        frame = self.whole(layer_id, signed_in=signed_in)
        return frame.iloc[frame.sindex.query(shapely.box(*bbox), sort=True)]

    @staticmethod
    def may_see(layer_id: str, *, signed_in: bool) -> None:
        """Raise SignInError when the layer is not public and there is no session."""
        if not spec_of(layer_id).public and not signed_in:
            raise SignInError

    def _seen(self, layer: "Layer", signed_in: bool) -> "gpd.GeoDataFrame":  # noqa: FBT001 - private
        if signed_in:
            return layer.frame
        from layers.privacy import public_view  # noqa: PLC0415 - geopandas loads with the first request

        return public_view(layer, self.workspace.settings)


def counts_are_suppressed(layer_id: str) -> bool:
    """Tell whether the layer has public counts of people, so that its public view is made of the whole."""
    return any(field.public and field.count_of_people for field in spec_of(layer_id).fields)
