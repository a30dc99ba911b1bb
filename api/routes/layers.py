"""``/api/layers``: what there is, and the features of each layer."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.asking import LayerPath, ServedHere, SignedIn
from api.features import features_json
from api.items import Wanted, find
from api.queries import ItemsQuery, NoParameters, corners
from api.replies import GEOJSON, JSON, json_bytes, unchanged_or
from layers.catalog import Profile, as_json

router = APIRouter(prefix="/api/layers", tags=["layers"])


@router.get(
    "",
    summary="图层清单 / Layers",
    response_class=Response,
    responses=documented.answers(documented.LAYERS) | documented.problems(304, 400, 409),
)
def list_layers(
    request: Request, served: ServedHere, signed_in: SignedIn, _: Annotated[NoParameters, Query()]
) -> Response:
    """List layers that have data, with their fields; without a session public layers and fields only."""
    profile: Profile = "internal" if signed_in else "public"
    key = ("layers", served.versions(), served.workspace.settings, profile)

    def make() -> bytes:
        return json_bytes(as_json(served.workspace, profile=profile))

    return unchanged_or(request, served.bodies, key, make, media_type=JSON)


@router.get(
    "/{layer_id}/items",
    summary="图层要素 / Features",
    response_class=Response,
    responses=documented.ITEMS_ANSWERS,
)
def list_items(
    layer_id: LayerPath,
    query: Annotated[ItemsQuery, Query()],
    request: Request,
    served: ServedHere,
    signed_in: SignedIn,
) -> Response:
    """Give features as GeoJSON, by box, by part of the name, page by page; without a session public fields only."""
    served.may_see(layer_id, signed_in=signed_in)
    address = str(request.url)
    key = ("items", address, served.version(layer_id), served.workspace.settings, signed_in)
    wanted = Wanted(
        bbox=corners(query.bbox) if query.bbox else None, q=query.q, limit=query.limit, offset=query.offset
    )

    def make() -> bytes:
        frame, matched = find(served, layer_id, wanted, signed_in=signed_in)
        head = _collection(request, wanted, returned=len(frame), matched=matched)
        features = ",".join(features_json(frame)).encode()
        return json_bytes(head)[:-1] + b',"features":[' + features + b"]}"

    return unchanged_or(request, served.bodies, key, make, media_type=GEOJSON)


def _collection(request: Request, wanted: Wanted, *, returned: int, matched: int) -> dict[str, Any]:
    links = [{"rel": "self", "type": GEOJSON, "href": str(request.url)}]
    end = wanted.offset + returned
    if returned and end < matched:
        following = request.url.include_query_params(offset=end, limit=wanted.limit)
        links.append({"rel": "next", "type": GEOJSON, "href": str(following)})
    return {
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": returned,
        "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "links": links,
    }
