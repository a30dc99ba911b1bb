"""Which packs a workspace goes by: those its settings name, then those of its own that are for its district."""

from typing import TYPE_CHECKING

from gis.names.packs.jurisdiction import covers
from gis.names.packs.shapes import refuse_misshapen
from gis.names.packs.source import own_pack_ids, pack_source

if TYPE_CHECKING:
    from gis.names.packs.source import PackSource
    from layers.workspace import Workspace


def packs_of_workspace(workspace: "Workspace") -> tuple[str, ...]:
    """Return the ids of the packs a workspace is judged by, later ones overlaying earlier ones.

    They are the ``name_packs`` of its settings, followed by the packs in its own ``packs/`` whose jurisdictions
    cover the code of the workspace, the wider jurisdiction first.

    Raises
    ------
    InputError
        When a pack in ``packs/`` is no TOML or is misshapen, wherever it is for: what an office wrote is never
        passed over in silence.
    """
    settings = workspace.settings
    own: list[tuple[int, str]] = []
    for one in own_pack_ids(workspace.root):
        source = pack_source(one, workspace.root)
        refuse_misshapen(source)
        reach = covers(_jurisdictions(source), settings.code)
        if reach is not None:
            own.append((reach, one))
    return tuple(dict.fromkeys((*settings.name_packs, *(one for _, one in sorted(own)))))


def _jurisdictions(source: "PackSource") -> tuple[str, ...]:
    return tuple(source.said.get("jurisdictions", ()))
