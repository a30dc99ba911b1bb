"""Layers held in memory: what a workspace of frames reads from, with nothing written anywhere."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import pandas as pd
import shapely

from layers.errors import InputError, NotFoundError
from layers.model import Layer
from layers.specs import SPECS, spec_of
from layers.store.protocol import BBox, LayerSummary
from layers.text import Text

if TYPE_CHECKING:
    import geopandas as gpd

_HEX = 16


@dataclass(frozen=True, slots=True)
class MemoryStore:
    """The reading half of a store; ``layers`` by id. There is no history, and nothing can be changed."""

    layers: Mapping[str, Layer]

    def layer_ids(self) -> tuple[str, ...]:
        """Ids of the layers given, in the order of ``layers.specs.SPECS``."""
        return tuple(one for one in SPECS if one in self.layers)

    def read(
        self, layer_id: str, *, bbox: BBox | None = None, limit: int | None = None, offset: int = 0
    ) -> Layer:
        """Read features in the order of the frame; ``bbox`` keeps those whose envelope meets it.

        Raises
        ------
        NotFoundError
            When the layer was not given.
        """
        layer = self._layer(layer_id)
        if bbox is None and limit is None and offset == 0:
            return layer
        frame = layer.frame
        if bbox is not None:
            frame = frame[_meeting(frame, bbox)]
        end = None if limit is None else offset + limit
        return Layer(layer.spec, frame.iloc[offset:end].reset_index(drop=True), layer.provenance)

    def count(self, layer_id: str, *, bbox: BBox | None = None) -> int:
        """Count the features ``read`` would give without limit. Raises NotFoundError."""
        return len(self.read(layer_id, bbox=bbox))

    def feature(self, layer_id: str, feature_id: str) -> Layer:
        """Read one feature as a layer of one row. Raises NotFoundError."""
        layer = self._layer(layer_id)
        found = layer.frame[layer.frame["id"] == feature_id].reset_index(drop=True)
        if not len(found):
            raise NotFoundError(
                Text(
                    f"图层 {layer_id} 里没有 {feature_id}。", f"Layer {layer_id} has no feature {feature_id}."
                )
            )
        return Layer(layer.spec, found, layer.provenance)

    def summary(self, layer_id: str) -> LayerSummary:
        """Describe one layer. Raises NotFoundError when it was not given."""
        layer = self._layer(layer_id)
        said, shapes = layer.provenance, layer.frame.geometry
        west, south, east, north = (float(one) for one in shapes.total_bounds)
        return LayerSummary(
            layer_id,
            len(layer),
            (west, south, east, north) if west <= east else None,
            said.as_of,
            said.sources,
            said.synthetic,
            said.version,
        )

    @property
    def cases(self) -> NoReturn:
        """There are no review cases in memory: raises InputError."""
        raise _read_only()

    def importing(self, *_: object, **__: object) -> NoReturn:
        """Refuse with InputError."""
        raise _read_only()

    edit = undo = remove = importing

    def imports(self) -> tuple[()]:
        """Return nothing: memory keeps no record of imports."""
        return ()

    def history(self, *_: object, **__: object) -> tuple[()]:
        """Return nothing: memory keeps no history."""
        return ()

    def close(self) -> None:
        """Nothing to release."""

    def _layer(self, layer_id: str) -> Layer:
        if layer_id in self.layers:
            return self.layers[layer_id]
        label = spec_of(layer_id).label
        raise NotFoundError(
            Text(f"没有给出图层“{label.zh}”（{layer_id}）。", f"Layer {layer_id} was not given.")
        )


def content_sha256(frame: "gpd.GeoDataFrame") -> str:
    """Return a checksum of a layer's frame: every cell and geometry in order, and nothing but them.

    Parameters
    ----------
    frame
        Columns of a layer and ``geometry``, as ``Layer.frame`` has them; an empty one has a checksum, too.

    Returns
    -------
    str
        64 hex digits; equal for equal content whatever file it came from.
    """
    digest = hashlib.sha256(",".join(frame.columns).encode())
    table = pd.DataFrame(frame.drop(columns="geometry"))
    for name in table.columns:
        digest.update(pd.util.hash_pandas_object(_plain(table[name]), index=False).to_numpy().tobytes())
    for blob in shapely.to_wkb(frame.geometry.to_numpy()):
        digest.update(b"-" if blob is None else blob)
    return digest.hexdigest()


def _plain(values: "pd.Series[Any]") -> "pd.Series[str]":
    """Write values as text, so that equal content hashes equal whatever its dtype; missing ones are empty."""
    return values.astype("object").where(values.notna(), "").astype(str)


def content_version(frame: "gpd.GeoDataFrame") -> str:
    """Return a short version made of the content alone."""
    return content_sha256(frame)[:_HEX]


def _meeting(frame: "gpd.GeoDataFrame", bbox: BBox) -> "Sequence[bool]":
    west, south, east, north = bbox
    edges = frame.geometry.bounds
    meets = (
        (edges["minx"] <= east)
        & (edges["maxx"] >= west)
        & (edges["miny"] <= north)
        & (edges["maxy"] >= south)
    )
    return meets.tolist()  # type: ignore[no-any-return]


def _read_only() -> InputError:
    return InputError(
        Text("内存里的数据只能读。", "Data in memory can only be read."),
        Text(
            "要修改、登记历史或办理，请用 fangyu init 建工作区后导入。",
            "To change data and keep history, make a workspace with fangyu init and import into it.",
        ),
    )
