"""``/api/layers/{id}/nearest``: the features nearest to a place, with their straight distance."""

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import documented
from api import queries as asked
from api.asking import LayerPath, ServedHere, SignedIn
from api.features import features_json
from api.replies import GEOJSON, unchanged_or

router = APIRouter(prefix="/api/layers", tags=["layers"])


class NearestQuery(asked.Query):
    """Nearest to where, and how many."""

    lon: Annotated[float, Field(ge=-180, le=180, description="经度（度）/ Longitude in degrees")]
    lat: Annotated[float, Field(ge=-90, le=90, description="纬度（度）/ Latitude in degrees")]
    limit: Annotated[int, Field(ge=1, le=100, description="几个 / How many")] = 10


@router.get(
    "/{layer_id}/nearest",
    summary="最近的要素 / Nearest features",
    response_class=Response,
    responses=documented.answers(documented.AREAS, media_type=GEOJSON)
    | documented.problems(304, 400, 401, 404, 409),
)
def list_nearest(
    layer_id: LayerPath,
    query: Annotated[NearestQuery, Query()],
    request: Request,
    served: ServedHere,
    signed_in: SignedIn,
) -> Response:
    """Give features by straight distance (``distance_m``, on the ellipsoid), nearest first; areas by a point inside."""
    served.may_see(layer_id, signed_in=signed_in)
    key = ("nearest", layer_id, query, served.version(layer_id), served.workspace.settings, signed_in)

    def make() -> bytes:
        index = served.index(layer_id, signed_in=signed_in)
        found = index.nearest(query.lon, query.lat, count=query.limit)
        frame = served.whole(layer_id, signed_in=signed_in).iloc[[one.position for one in found]]
        metres = np.array([round(one.distance_m, 1) for one in found], dtype=float)
        features = ",".join(features_json(frame.assign(distance_m=metres)))
        return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()

    return unchanged_or(request, served.bodies, key, make, media_type=GEOJSON)
