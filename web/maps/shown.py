"""What of a workspace may be drawn under a profile."""

from dataclasses import dataclass

import geopandas as gpd

from layers.model import LayerSpec
from layers.privacy import SUPPRESSED, public_view
from layers.progress import Progress, silent
from layers.specs import spec_of
from layers.store.protocol import LayerSummary
from layers.text import Text
from layers.workspace import Workspace
from web.maps.describing import DRAW_ORDER, LIVE_ONLY
from web.maps.furniture import Profile

_READING = Text("读取图层", "Reading layers")


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


def shown_layers(workspace: Workspace, profile: Profile, progress: Progress = silent) -> list[ShownLayer]:
    """Read every layer that has data and may be seen in a file, from below to above; none in an empty workspace."""
    filled = set(workspace.store.layer_ids()) - LIVE_ONLY
    wanted = [one for one in DRAW_ORDER if one in filled and (profile == "internal" or spec_of(one).public)]
    shown = []
    for number, one in enumerate(wanted):
        progress(_READING, number, len(wanted))
        shown.append(_shown(workspace, one, profile))
    progress(_READING, len(wanted), len(wanted))
    return shown


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
