"""A scenario: changes under a name that is safe as a file name everywhere."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.coverage.changed import check_together
from gis.coverage.changes import Change
from gis.coverage.request import SERVICE_LAYERS
from layers.errors import InputError
from layers.text import Text, counted

MOST_CHANGES = 200
_MOST_CHARACTERS = 60
_MOST_NOTE = 2000
_NOT_IN_FILE_NAMES = frozenset('<>:"/\\|?*')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "compare", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for devices, with any suffix, and the one that stands for comparing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Changes to the facilities of a layer, under a name.

    Attributes
    ----------
    name
        One to 60 characters, usable as a file name on every system.
    layer_id
        Layer of the facilities.
    changes
        At most ``MOST_CHANGES``; none is the situation as it is.
    made_on
        Day it was made; None until it is saved.
    """

    name: str
    layer_id: str = "care_facility"
    changes: tuple[Change, ...] = ()
    note: str = ""
    made_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be kept; raises InputError."""
        check_name(self.name)
        if self.layer_id not in SERVICE_LAYERS:
            raise InputError(
                Text(f"图层 {self.layer_id} 不是服务设施。", f"Layer {self.layer_id} holds no facilities."),
                Text(f"可用：{'、'.join(SERVICE_LAYERS)}。", f"Use one of: {', '.join(SERVICE_LAYERS)}."),
            )
        if len(self.changes) > MOST_CHANGES:
            raise InputError(
                Text(
                    f"方案有 {len(self.changes)} 项变动，最多 {MOST_CHANGES} 项。",
                    f"The scenario has {counted(len(self.changes), 'change')}; {MOST_CHANGES} at most.",
                )
            )
        if len(self.note) > _MOST_NOTE:
            raise InputError(
                Text(
                    f"说明有 {len(self.note)} 个字符，最多 {_MOST_NOTE} 个。",
                    f"The note has {len(self.note)} characters; {_MOST_NOTE} at most.",
                )
            )
        check_together(self.changes)

    @property
    def version(self) -> str:
        """Sixteen hex digits that change with anything in the scenario."""
        said = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "name": self.name,
            "layer": self.layer_id,
            "changes": [one.as_json() for one in self.changes],
            "note": self.note,
            "made_on": self.made_on.isoformat() if self.made_on else None,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Scenario":
        """Read what ``as_json`` wrote.

        Raises
        ------
        InputError
            When a value makes no scenario.
        KeyError, TypeError, ValueError
            When something is missing or of another kind.
        """
        made_on = said.get("made_on")
        return cls(
            name=str(said["name"]),
            layer_id=str(said["layer"]),
            changes=tuple(Change.from_json(one) for one in said["changes"]),
            note=str(said.get("note") or ""),
            made_on=date.fromisoformat(made_on) if made_on else None,
        )


def check_name(name: str) -> None:
    """Refuse a name that is empty, too long, or no safe file name on some system; raises InputError."""
    fault = _fault_of(name)
    if fault is not None:
        shown = name[:_MOST_CHARACTERS].encode("utf-8", "replace").decode()
        raise InputError(
            Text(f"方案名“{shown}”不能用：{fault.zh}。", f"{shown!r} cannot name a scenario: {fault.en}."),
            Text(
                "请用 1 到 60 个字，不含斜杠、冒号、引号等符号，首尾不留空格。",
                "Use 1 to 60 characters without slashes, colons, quotes and the like, no space at either end.",
            ),
        )


def _fault_of(name: str) -> Text | None:
    if not 1 <= len(name) <= _MOST_CHARACTERS:
        return Text(f"有 {len(name)} 个字", f"it has {counted(len(name), 'character')}")
    if name != name.strip() or name[0] in ".-" or name.endswith("."):
        return Text("以空格、点或横线起止", "it begins or ends with a space, a dot or a dash")
    wrong = [one for one in name if one in _NOT_IN_FILE_NAMES or unicodedata.category(one)[0] == "C"]
    if wrong:
        shown = wrong[0] if wrong[0] in _NOT_IN_FILE_NAMES else f"U+{ord(wrong[0]):04X}"
        return Text(f"含有 {shown}", f"it holds {shown}")
    if name != unicodedata.normalize("NFC", name):
        return Text("含有拆开的组合字符", "it holds decomposed characters")
    reserved = name.partition(".")[0].strip().casefold() in _RESERVED
    return Text("是系统保留的名字", "it is a name kept by the system") if reserved else None
