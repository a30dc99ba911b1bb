"""Service areas as polygons, for drawing."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from gis.coverage.grounds import network_in
from gis.coverage.plan import Plan, check_request, plan_of
from gis.coverage.request import CoverageRequest
from gis.coverage.supply import Supply, supply_of
from gis.network import Network, covered_area
from layers.crs import metric_crs
from layers.norms import load_profile

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.workspace import Workspace


def service_areas(workspace: "Workspace", request: CoverageRequest) -> "gpd.GeoDataFrame":
    """Draw what lies within reach, one dissolved (multi)polygon per limit, widest first.

    By road it is the land about 50 m to either side of the exact stretches of road in reach (for drawing only: people
    are counted on the stretches); straight it is the union of circles. Areas reach beyond the district where
    facilities do.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4490, columns ``definition``, ``speed_m_s`` (missing for a limit in metres), ``limit_m``. Empty for C1 and
        C2, and when no facility is in service. Raises as ``cover`` does.
    """
    import geopandas as gpd  # noqa: PLC0415

    check_request(request)
    profile = load_profile(request.norms or workspace.settings.norm_profile)
    network = network_in(workspace, request)
    request = replace(request, on=request.on or workspace.day)
    plan = plan_of(request, profile, has_roads=network is not None)
    layer = workspace.layer(request.layer_id)
    supply = supply_of(layer, on=plan.on, filters=request.filters, changes=request.changes)
    order = range(len(plan.limits_m) - 1, -1, -1) if np.isfinite(supply.lon).any() else range(0)
    snap_max_m = profile.number("snap_max_m", on=plan.on)
    speeds = plan.speeds_m_s or (None,)
    return gpd.GeoDataFrame(
        {
            "definition": [plan.definition.id for _ in order],
            "speed_m_s": np.array([speeds[one] for one in order], dtype=float),
            "limit_m": [plan.limits_m[one] for one in order],
        },
        geometry=[
            _area(plan, supply, network, limit_m=plan.limits_m[one], snap_max_m=snap_max_m) for one in order
        ],
        crs="EPSG:4490",
    )


def _area(
    plan: Plan, supply: Supply, network: Network | None, *, limit_m: float, snap_max_m: float
) -> BaseGeometry:
    if plan.by_road and network is not None:
        sites = network.snap(*network.to_plane(supply.lon, supply.lat), max_m=snap_max_m)
        crs = pyproj.CRS.from_wkt(network.crs)
        return _in_degrees(covered_area(network, network.service_area(sites, limit_m)), crs)
    placed = np.isfinite(supply.lon)
    lon, lat = supply.lon[placed], supply.lat[placed]
    crs = metric_crs((lon.min(), lat.min(), lon.max(), lat.max()))
    x, y = pyproj.Transformer.from_crs("EPSG:4490", crs, always_xy=True).transform(lon, lat)
    return _in_degrees(shapely.union_all(shapely.buffer(shapely.points(x, y), limit_m, quad_segs=16)), crs)


def _in_degrees(shape: BaseGeometry, crs: pyproj.CRS) -> BaseGeometry:
    back = pyproj.Transformer.from_crs(crs, "EPSG:4490", always_xy=True)
    return shapely.transform(shape, back.transform, interleaved=False)
