"""Roads as a graph to travel on: built from a layer, an OSM file or plain edges; cached beside the workspace."""

from gis.network.cache import workspace_network
from gis.network.drawing import covered_area
from gis.network.graph import Network
from gis.network.places import Places

__all__ = ["Network", "Places", "covered_area", "workspace_network"]
