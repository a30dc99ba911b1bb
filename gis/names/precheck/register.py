"""What a precheck is made against: the live index of a workspace, its surroundings, and their versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from gis.names.candidate import Candidate
from gis.names.namesakes import NameIndex
from gis.names.packs import Pack, load_packs, packs_for, packs_of_workspace
from gis.names.precheck.checking import precheck
from gis.names.precheck.place import Place
from gis.names.precheck.report import PrecheckReport
from gis.names.precheck.surroundings import Surroundings
from gis.names.register import candidates_from_layer
from layers.errors import NotFoundError
from layers.text import Text, joined

if TYPE_CHECKING:
    from layers.workspace import Workspace

LIVE_LAYER = "place_name"
"""Edits of this layer go into the index one by one; a change of another layer makes it anew."""
INDEXED = (LIVE_LAYER, "residential_quarter", "road", "admin_unit")
_MOST_EDITS = 1000


@dataclass(slots=True)
class Register:
    """Names and surroundings of one workspace, kept up to date while it is served; safe between threads."""

    pack: Pack
    index: NameIndex
    around: Surroundings
    versions: Mapping[str, str]
    last_change: int = 0
    root: Path | None = None
    code: str = ""
    packs_were_named: bool = False
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def of_workspace(cls, workspace: "Workspace", packs: tuple[str, ...] = ()) -> "Register":
        """Read everything; ``packs`` are those of the workspace unless named."""
        pack = load_packs(packs or packs_of_workspace(workspace), folder=workspace.root)
        versions, last = _versions(workspace), _last_change(workspace)
        index = NameIndex.of_workspace(workspace, pack)
        return cls(
            pack,
            index,
            Surroundings.of_workspace(workspace),
            versions,
            last,
            root=workspace.root,
            code=workspace.settings.code,
            packs_were_named=bool(packs),
        )

    def follow(self, workspace: "Workspace") -> None:
        """Take over what changed in the workspace since: single edits of names one by one, anything else anew."""
        if _versions(workspace) == self.versions:
            return
        with self._lock:
            versions = _versions(workspace)
            if versions == self.versions:
                return
            others = {one for one in versions if versions[one] != self.versions.get(one)} - {LIVE_LAYER}
            if others or not self._apply(workspace):
                self.index = NameIndex.of_workspace(workspace, self.pack)
                self.last_change = _last_change(workspace)
            self.around = Surroundings.of_workspace(workspace)
            self.versions = versions

    def _apply(self, workspace: "Workspace") -> bool:
        """Apply the edits of the live layer since the last one; tell whether they were few enough."""
        recent = workspace.store.history(LIVE_LAYER, limit=_MOST_EDITS)
        fresh = [one for one in recent if one.change_id > self.last_change]
        if len(fresh) == _MOST_EDITS:
            return False
        for feature_id in dict.fromkeys(one.feature_id for one in reversed(fresh)):
            self.index.remove(feature_id, layer_id=LIVE_LAYER)
            for candidate in _candidates(workspace, feature_id):
                self.index.add(candidate)
        self.last_change = max((one.change_id for one in fresh), default=self.last_change)
        return True

    def precheck(
        self, candidate: Candidate, *, on: date, place: Place | None = None, with_alternatives: bool = True
    ) -> PrecheckReport:
        """Tell whether a name may be given; raises as ``gis.names.precheck.precheck`` does.

        A name for another county is judged by the packs of that county, unless packs were named, and the report says
        that the register is not that county's.
        """
        elsewhere = self._is_elsewhere(candidate.jurisdiction)
        pack = self.pack
        if elsewhere and not self.packs_were_named:
            pack = load_packs(packs_for(candidate.jurisdiction, folder=self.root), folder=self.root)
        report = precheck(
            candidate,
            index=self.index,
            pack=pack,
            on=on,
            place=place,
            around=self.around,
            with_alternatives=with_alternatives,
        )
        notes = (
            (_of_elsewhere(candidate.jurisdiction, self.code, pack), *report.notes)
            if elsewhere
            else report.notes
        )
        return replace(report, notes=notes, made=replace(report.made, layers=dict(self.versions)))

    def _is_elsewhere(self, jurisdiction: str) -> bool:
        same = jurisdiction.startswith(self.code) or self.code.startswith(jurisdiction)
        return bool(self.code) and not same


def _of_elsewhere(county: str, own: str, pack: Pack) -> Text:
    packs = joined(pack.parts)
    return Text(
        f"{county} 不是本工作区（{own}）的区划：比对的是本工作区的地名，那里的重名请另查；规则包用 {packs.zh}。",
        f"{county} is not the district of this workspace ({own}): compared with the names of this workspace only, "
        f"so look for namesakes there yourself; rule packs {packs.en}.",
    )


def _versions(workspace: "Workspace") -> dict[str, str]:
    here = workspace.store.layer_ids()
    return {one: workspace.store.summary(one).version for one in INDEXED if one in here}


def _last_change(workspace: "Workspace") -> int:
    return max((one.change_id for one in workspace.store.history(LIVE_LAYER, limit=1)), default=0)


def _candidates(workspace: "Workspace", feature_id: str) -> list[Candidate]:
    """Read one name as it is now; none when it is gone."""
    try:
        layer = workspace.store.feature(LIVE_LAYER, feature_id)
    except NotFoundError:
        return []
    return candidates_from_layer(layer, workspace.settings.code)
