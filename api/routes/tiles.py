"""``/tiles``: layers as vector tiles."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api import documented
from api.asking import LayerPath, ServedHere, SignedIn
from api.queries import NoParameters
from api.replies import TILE, unchanged_or
from api.served import Served
from layers.errors import InputError
from layers.text import Text

MAX_ZOOM = 22
router = APIRouter(prefix="/tiles", tags=["tiles"])
Zoom = Annotated[int, Path(ge=0, le=MAX_ZOOM, description="级别 / Zoom")]
Column = Annotated[int, Path(ge=0, lt=2**MAX_ZOOM, description="列 / Column from the west")]
Row = Annotated[int, Path(ge=0, lt=2**MAX_ZOOM, description="行 / Row from the north")]


@router.get(
    "/{layer_id}/{z}/{x}/{y}.mvt",
    summary="矢量瓦片 / Vector tile",
    response_class=Response,
    responses=documented.TILE_ANSWERS,
)
def tile(
    layer_id: LayerPath,
    z: Zoom,
    x: Column,
    y: Row,
    *,
    request: Request,
    served: ServedHere,
    signed_in: SignedIn,
    _: Annotated[NoParameters, Query()],
) -> Response:
    """Give one tile of a layer (Mapbox Vector Tile); without a session public layers only."""
    if max(x, y) >= 2**z:
        raise InputError(
            Text(f"瓦片 {z}/{x}/{y} 不存在。", f"There is no tile {z}/{x}/{y}."),
            Text(
                f"第 {z} 级的行列号是 0 到 {2**z - 1}。", f"Columns and rows of zoom {z} are 0 to {2**z - 1}."
            ),
        )
    served.may_see(layer_id, signed_in=signed_in)
    key = ("tile", layer_id, served.version(layer_id), served.workspace.settings, signed_in, z, x, y)
    return unchanged_or(
        request, served.bodies, key, lambda: _encoded(served, layer_id, (z, x, y), signed_in), media_type=TILE
    )


def _encoded(served: Served, layer_id: str, address: tuple[int, int, int], signed_in: bool) -> bytes:  # noqa: FBT001
    from web.tiles import MIN_ZOOM, encode_tile, tile_bounds  # noqa: PLC0415 - geopandas loads with the first tile

    if address[0] < MIN_ZOOM.get(layer_id, 0):
        return b""
    frame = served.around(layer_id, signed_in=signed_in, bbox=tile_bounds(*address))
    return encode_tile(frame, *address, layer_id)
