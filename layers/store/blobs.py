"""GeoPackage geometry blobs: a header that carries the envelope, then ISO WKB (OGC 12-128r17, clause 2.1.3)."""

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

SRS_ID = 4490
"""CGCS2000 geographic, the only system in which a workspace keeps features."""

Envelope = tuple[float, float, float, float]
"""West, east, south, north: the order of the blob header and of the R-tree columns."""

_EMPTY = 0b0001_0000
_HEAD_BYTES = 40
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_HEAD = np.dtype(
    [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4"), ("envelope", "<f8", (4,))]
)
_EMPTY_HEAD = struct.pack("<2sBBi", b"GP", 0, _EMPTY | 1, SRS_ID)


def encode(shapes: npt.NDArray[Any]) -> list[bytes | None]:
    """Turn an array of geometries (storage CRS) into blobs; None stays None, heights are dropped.

    The envelope is written for every geometry that has one, points too, so that an index never parses WKB.
    """
    flat = shapely.force_2d(shapes) if shapely.has_z(shapes).any() else shapes
    heads = np.zeros(len(flat), dtype=_HEAD)
    heads["magic"], heads["flags"], heads["srs"] = b"GP", 0b0000_0011, SRS_ID
    heads["envelope"] = shapely.bounds(flat)[:, [0, 2, 1, 3]]
    packed = heads.tobytes()
    empty = shapely.is_empty(flat).tolist()
    blobs: list[bytes | None] = []
    for at, body in enumerate(shapely.to_wkb(flat, byte_order=1).tolist()):
        if body is None:
            blobs.append(None)
        else:
            head = _EMPTY_HEAD if empty[at] else packed[at * _HEAD_BYTES : (at + 1) * _HEAD_BYTES]
            blobs.append(head + body)
    return blobs


def decode(blobs: Sequence[bytes | None]) -> npt.NDArray[Any]:
    """Turn blobs of any GeoPackage writer into an array of geometries; None stays None.

    Raises
    ------
    ValueError
        When a blob is no GeoPackage geometry.
    """
    bodies = np.empty(len(blobs), dtype=object)
    bodies[:] = [None if blob is None else blob[_head_bytes(blob) :] for blob in blobs]
    try:
        return np.asarray(shapely.from_wkb(bodies), dtype=object)
    except shapely.errors.ShapelyError as error:
        raise ValueError(str(error)) from error


def envelope(blob: bytes | None) -> Envelope | None:
    """Read the envelope of a blob from its header, or from its WKB where a writer left the header bare.

    Null and empty geometries have none.
    """
    if blob is None or blob[3] & _EMPTY:
        return None
    if blob[3] & 0b1110:
        west, east, south, north = struct.unpack_from("<4d" if blob[3] & 1 else ">4d", blob, 8)
    else:
        west, south, east, north = shapely.bounds(shapely.from_wkb(blob[8:])).tolist()
    return None if west != west else (west, east, south, north)  # noqa: PLR0124 - NaN marks an empty geometry


def _head_bytes(blob: bytes) -> int:
    kind = blob[3] >> 1 & 0b111
    if blob[:2] != b"GP" or kind >= len(_ENVELOPE_BYTES):
        raise ValueError(f"not a GeoPackage geometry: {blob[:8].hex()}")
    return 8 + _ENVELOPE_BYTES[kind]
