"""A network opened, and its loops compiled, before the first question needs them."""

from typing import TYPE_CHECKING

from gis.network.cache import workspace_network
from gis.network.drawing import covered_area
from gis.network.graph import Network

if TYPE_CHECKING:
    from layers.workspace import Workspace

_NEAR = 1.0
"""Metres or minutes within which the trial questions look: next to nothing."""


def warm_up(workspace: "Workspace", mode: str = "walk") -> Network | None:
    """Open the network of a workspace and ask it everything once; None when it has no road open to the mode.

    The first question ever compiles its machine code, the first one of a process loads it: this does both beforehand.
    Raises as ``workspace_network`` does.
    """
    workspace_network(workspace, mode)
    # The second time as it is kept: code compiled for arrays that can be written does not serve those that cannot.
    network = workspace_network(workspace, mode)
    if network is not None:
        ask_everything_once(network)
    return network


def ask_everything_once(network: Network) -> None:
    """Ask every kind of question of one place and its surroundings."""
    edges = network.edges
    here = network.snap(edges.x[edges.u[:1]], edges.y[edges.u[:1]], _NEAR)
    network.nearest(here, _NEAR)
    network.cost_of(here, here, _NEAR)
    network.within(here, _NEAR, targets=[0])
    network.travel(here, here, _NEAR)
    covered_area(network, network.service_area(here, _NEAR))
