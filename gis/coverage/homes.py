"""Where what is counted stands: in a metric plane and on the network, worked out once for many questions."""

from dataclasses import dataclass

import numpy as np
import pyproj

from gis.coverage.demand import Demand
from gis.kernels.arrays import Flags, Floats
from gis.network import Network, Places
from gis.network.extent import outside
from layers.crs import metric_crs

_UNKNOWN = np.full(1, np.nan)


@dataclass(frozen=True, slots=True)
class Homes:
    """Points of demand in the plane ``crs`` (WKT), and on the network where there is one."""

    x: Floats
    y: Floats
    crs: str
    places: Places | None

    def snapped(self, network: Network) -> Places:
        """Return the places on ``network``.

        Raises
        ------
        ValueError
            When the homes were worked out without a network.
        """
        if self.places is None:
            raise ValueError(f"homes were never put on the network of {network.edge_count} edges")
        return self.places

    def beyond(self, network: Network) -> Flags:
        """Tell which have no road near on ``network`` and lie outside its extent; raises as ``snapped``."""
        off = ~self.snapped(network).found
        return outside(network.extent, self.x, self.y, off) if off.any() else off

    def in_plane(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Bring other places into the same plane."""
        plane = pyproj.Transformer.from_crs("EPSG:4490", self.crs, always_xy=True)
        x, y = plane.transform(lon, lat)
        return np.asarray(x), np.asarray(y)


def homes_of(demand: Demand, network: Network | None, *, snap_max_m: float) -> Homes:
    """Put points of demand into a plane and, with a network, on its edges; unknown places stay unknown (nan, -1)."""
    if network is not None:
        x, y = network.to_plane(demand.lon, demand.lat)
        return Homes(x, y, network.crs, network.snap(x, y, max_m=snap_max_m))
    placed = np.flatnonzero(np.isfinite(demand.lon))
    lon, lat = (demand.lon[placed], demand.lat[placed]) if len(placed) else (_UNKNOWN, _UNKNOWN)
    crs = metric_crs((lon.min(), lat.min(), lon.max(), lat.max()))
    x, y = pyproj.Transformer.from_crs("EPSG:4490", crs, always_xy=True).transform(demand.lon, demand.lat)
    return Homes(np.asarray(x), np.asarray(y), crs.to_wkt(), None)
