"""What the changes of a scenario do to one service: the same tiers before and after, people gained and lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gis.coverage import CoverageReport, CoverageRequest, cover_several
from gis.coverage.changes import Change
from gis.coverage.scenarios import judged
from gis.coverage.scenarios.difference import Difference, difference_of
from gis.coverage.situation import prepare
from layers.progress import Progress

if TYPE_CHECKING:
    from layers.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What changes do to a service.

    Attributes
    ----------
    names
        What the changed facilities are called, by id.
    before
        Reports without the changes, narrowest tier first.
    difference
        People gained and lost at the widest tier, village by village.
    """

    changes: tuple[Change, ...]
    names: Mapping[str, str]
    before: tuple[CoverageReport, ...]
    difference: Difference


def effect_of(workspace: "Workspace", tiers: tuple[CoverageRequest, ...], progress: Progress) -> Effect:
    """Measure a service without its changes, and what they move at the widest tier.

    Parameters
    ----------
    tiers
        Requests with the changes, narrowest tier first.

    Raises
    ------
    InputError, NotFoundError
        As ``cover`` does.
    """
    changes = tiers[-1].changes
    bare = [replace(one, changes=(), scenario="") for one in tiers]
    before = cover_several(workspace, bare, progress)
    base = judged(prepare(workspace, bare[-1]))
    after = base.after(changes, scenario=tiers[-1].scenario)
    return Effect(
        changes=changes,
        names=_names(workspace, tiers[-1].layer_id, changes),
        before=before.reports,
        difference=difference_of(base, after),
    )


def _names(workspace: "Workspace", layer_id: str, changes: tuple[Change, ...]) -> dict[str, str]:
    frame = workspace.layer(layer_id).frame
    known = {
        str(id_): str(name) for id_, name in zip(frame["id"], frame["name"], strict=True) if name is not None
    }
    return {one.id: one.name or known.get(one.id) or one.id for one in changes}
