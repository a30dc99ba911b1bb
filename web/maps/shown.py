"""What of a workspace may be drawn under a profile."""

from dataclasses import dataclass

import geopandas as gpd

from layers.model import LayerSpec
from layers.privacy import SUPPRESSED, public_view
from layers.specs import spec_of
from layers.store.protocol import LayerSummary
from layers.workspace import Workspace
from web.maps.describing import DRAW_ORDER, LIVE_ONLY
from web.maps.furniture import Profile


@dataclass(frozen=True, slots=True)
class ShownLayer:
    """A layer as far as the profile shows it.

    Attributes
    ----------
    frame
        EPSG:4490; in public already without private fields, with counts suppressed and points rounded.
    fields
        Names of the columns that may be written; ``suppressed`` among them names the counts withheld in a row.
    """

    spec: LayerSpec
    summary: LayerSummary
    frame: gpd.GeoDataFrame
    fields: tuple[str, ...]


def shown_layers(workspace: Workspace, profile: Profile) -> list[ShownLayer]:
    """Read every layer that has data and may be seen in a file, from below to above; none in an empty workspace."""
    filled = set(workspace.store.layer_ids()) - LIVE_ONLY
    wanted = [one for one in DRAW_ORDER if one in filled and (profile == "internal" or spec_of(one).public)]
    return [_shown(workspace, one, profile) for one in wanted]


def _shown(workspace: Workspace, layer_id: str, profile: Profile) -> ShownLayer:
    layer = workspace.store.read(layer_id)
    frame = layer.frame if profile == "internal" else public_view(layer, workspace.settings)
    fields = [
        one.name
        for one in layer.spec.fields
        if one.name in frame and one.name != "attributes" and (one.public or profile == "internal")
    ]
    if SUPPRESSED in frame:
        fields.append(SUPPRESSED)
    return ShownLayer(layer.spec, workspace.store.summary(layer_id), frame, tuple(fields))
