"""Putting a name right in its layer: a new name, or the standard name restored; the old one stays findable."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from gis.names.candidate import Candidate
from gis.names.checking import check_candidates, check_name
from gis.names.packs import load_packs, packs_of_workspace
from gis.names.register import candidates_from_layer
from layers.errors import InputError, NotFoundError
from layers.findings import Finding, Severity
from layers.store.case_protocol import FeatureEdit
from layers.store.protocol import By
from layers.text import Text
from layers.workspace import Workspace

_REGISTER, _FOLLOWING = "place_name", "residential_quarter"
_LAYERS = frozenset({_REGISTER, _FOLLOWING})
"""Layers in which a feature is one named thing, so that its name can be changed there."""
_OF_THE_OLD_NAME = ("specific", "generic", "pinyin", "approval")
"""Fields that say something about the words of a name, and nothing about the next one."""
_SEPARATOR = ";"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """A change of name before it is made.

    Attributes
    ----------
    findings
        What the rules say of the name to be given, worst first.
    edits
        The changes in the layers; none when the feature is gone or its layer has no names of its own.
    """

    old_name: str
    new_name: str
    findings: tuple[Finding, ...]
    edits: tuple[FeatureEdit, ...]

    @property
    def doubtful(self) -> bool:
        """Tell whether the rules suspect the name to be given."""
        return any(one.severity in {Severity.SUSPECT, Severity.ERROR} for one in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return what the step keeps of it."""
        return {
            "old_name": self.old_name,
            "new_name": self.new_name,
            "changed": [{"layer": one.layer_id, "feature_id": one.feature_id} for one in self.edits],
            "findings": [one.as_json() for one in self.findings],
        }


def plan_renaming(
    workspace: Workspace, layer_id: str, feature_id: str, *, old_name: str, new_name: str, on: date, by: By
) -> Renaming:
    """Work out what giving a new name changes, and what the rules say of it.

    In the layer the name becomes the new one, the old one joins the former names, the new one is the registered
    name, approved and in use since ``on``; parts, pinyin and approval of the old name are cleared.

    Raises
    ------
    InputError
        When the new name is the old one.
    """
    if new_name == old_name:
        raise InputError(
            Text(f"新名称与现名相同：{old_name}。", f"The new name is the present one: {old_name}."),
            Text(
                "请另拟名称；不改名请用排除（keep）。",
                "Give another name; to let it stand, exclude with keep.",
            ),
        )
    row = _row(workspace, layer_id, feature_id)
    values: dict[str, object] = {"name": new_name}
    if row is not None and "former_names" in row:
        values |= dict.fromkeys(_OF_THE_OLD_NAME)
        values |= {
            "former_names": _with_former(row["former_names"], old_name, new_name),
            "registered_name": new_name,
            "approved_on": on,
            "in_use_since": on,
            "status": "standard",
        }
    edits = _edits(workspace, layer_id, feature_id, row, values, by)
    findings = _judged(workspace, layer_id, feature_id, new_name, on) if edits else ()
    return Renaming(old_name=old_name, new_name=new_name, findings=findings, edits=edits)


def plan_restoring(
    workspace: Workspace, layer_id: str, feature_id: str, *, old_name: str, by: By
) -> Renaming:
    """Work out what going back to the registered name changes.

    Raises
    ------
    InputError
        When no registered name is known, or it is the present one.
    """
    row = _row(workspace, layer_id, feature_id)
    standard = str((row or {}).get("registered_name") or "").strip()
    if row is None or not standard or standard == old_name:
        known = Text("没有备案名", "has no registered name")
        same = Text("备案名就是现名", "already bears its registered name")
        why = same if standard else known
        raise InputError(
            Text(f"“{old_name}”{why.zh}，无从恢复。", f"{old_name} {why.en}: nothing to restore."),
            Text("请补录备案名，或用 rename 更名。", "Enter the registered name, or use rename."),
        )
    values: dict[str, object] = {
        "name": standard,
        "former_names": _with_former(row.get("former_names"), old_name, standard),
        "status": "standard",
    } | dict.fromkeys(("specific", "generic", "pinyin"))
    edits = _edits(workspace, layer_id, feature_id, row, values, by)
    return Renaming(old_name=old_name, new_name=standard, findings=(), edits=edits)


def _row(workspace: Workspace, layer_id: str, feature_id: str) -> Mapping[str, Any] | None:
    """Read the feature as it is now; None when it is gone or its layer is not one of named things."""
    if layer_id not in _LAYERS:
        return None
    try:
        frame = workspace.store.feature(layer_id, feature_id).frame
    except NotFoundError:
        return None
    row = frame.drop(columns="geometry").iloc[0]
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}


def _edits(
    workspace: Workspace,
    layer_id: str,
    feature_id: str,
    row: Mapping[str, Any] | None,
    values: Mapping[str, object],
    by: By,
) -> tuple[FeatureEdit, ...]:
    """Change the name where it stands: in its layer, and on the quarter of that name that the register speaks for.

    A quarter follows the register only when both names are there once, so that no namesake is renamed with it.
    """
    if row is None:
        return ()
    was = {name: row[name] for name in ("name", "former_names") if name in row}
    own = FeatureEdit(layer_id=layer_id, feature_id=feature_id, values=values, was=was, by=by)
    followers = _bearing(workspace, _FOLLOWING, str(row["name"])) if layer_id == _REGISTER else []
    if len(followers) != 1 or len(_bearing(workspace, _REGISTER, str(row["name"]))) != 1:
        return (own,)
    name = {"name": values["name"]}
    return (
        own,
        FeatureEdit(
            layer_id=_FOLLOWING, feature_id=followers[0], values=name, was={"name": row["name"]}, by=by
        ),
    )


def _bearing(workspace: Workspace, layer_id: str, name: str) -> list[str]:
    """Give the ids of the features of a layer that bear a name; none when the layer has no data."""
    layer = workspace.layer_or_none(layer_id)
    return [] if layer is None else layer.frame.loc[layer.frame["name"] == name, "id"].tolist()


def _with_former(former: object, old: str, new: str) -> str | None:
    """Put the old name before the other former names, each once, without the name that is given."""
    listed = [old, *(part.strip() for part in str(former or "").split(_SEPARATOR))]
    kept = [one for one in dict.fromkeys(listed) if one and one != new]
    return _SEPARATOR.join(kept) or None


def _judged(
    workspace: Workspace, layer_id: str, feature_id: str, new_name: str, on: date
) -> tuple[Finding, ...]:
    """Judge the new name by itself and against names written the same in the layer."""
    settings = workspace.settings
    pack = load_packs(packs_of_workspace(workspace), folder=workspace.root)
    layer = workspace.store.feature(layer_id, feature_id)
    (mine,) = candidates_from_layer(layer, settings.code)
    renamed = _renamed(mine, new_name)
    whole = workspace.layer(layer_id)
    same = whole.frame[(whole.frame["name"] == new_name) & (whole.frame["id"] != feature_id)]
    if same.empty:
        return tuple(check_name(renamed, pack, on=on))
    others = candidates_from_layer(
        type(whole)(whole.spec, same.reset_index(drop=True), whole.provenance), settings.code
    )
    found = check_candidates([renamed, *others], pack, on=on)
    return tuple(one for one in found if one.feature_id == feature_id)


def _renamed(candidate: Candidate, new_name: str) -> Candidate:
    """Give the candidate its new name, without what was said of the old one."""
    return dataclasses.replace(
        candidate,
        name=new_name,
        registered_name=None,
        former_names=(),
        approved_on=None,
        in_use_since=None,
        heritage=None,
        specific=None,
        generic=None,
        status=None,
    )
