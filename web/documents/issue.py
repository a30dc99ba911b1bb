"""What stands around every document: the office, the day, whether the data are made up, how it was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gis.names.packs import packs_of_workspace
from layers.specs import spec_of
from layers.text import Lang, Text, joined
from layers.workspace import Workspace
from web.documents.facts import class_label, register_rows
from web.documents.wording import BLANK, day_text
from web.rendering import program_version

if TYPE_CHECKING:
    import pandas as pd

Case = Mapping[str, Any]
"""The JSON of a review case, with or without its details."""

SYNTHETIC = Text("虚构样例，非真实数据", "Fictional sample, not real data")


@dataclass(frozen=True)
class Issue:
    """One document being issued.

    Attributes
    ----------
    cases
        JSON of the cases it is about, in the order in which they are printed.
    on
        The day it is dated.
    """

    workspace: Workspace
    cases: Sequence[Case]
    on: date
    lang: Lang

    @property
    def office(self) -> Text:
        """The name of the office: the setting ``office``, else the district's 民政局."""
        settings = self.workspace.settings
        name = settings.office.strip() or f"{settings.name}民政局"
        return Text(name, name if settings.office.strip() else f"{settings.name} Civil Affairs Bureau")

    @property
    def district(self) -> str:
        """The name of the district."""
        return self.workspace.settings.name

    @property
    def synthetic(self) -> bool:
        """Whether the workspace holds made-up data, which every document must say."""
        return self.workspace.settings.synthetic

    @property
    def made(self) -> Text:
        """How the document was made: day, program version, layer versions, packs of rules."""
        store = self.workspace.store
        used = dict.fromkeys([*(str(one.get("layer", "")) for one in self.cases), "place_name"])
        known = [one for one in store.layer_ids() if one in used]
        zh = "、".join(f"{spec_of(one).label.zh} {store.summary(one).version}" for one in known) or "–"
        en = ", ".join(f"{spec_of(one).label.en} {store.summary(one).version}" for one in known) or "–"
        packs = joined(packs_of_workspace(self.workspace))
        day = day_text(self.on)
        return Text(
            f"制表：方舆 {program_version()}；日期：{day.zh}；图层版本：{zh}；规则包：{packs.zh}。",
            f"Made with Fangyu {program_version()} on {day.en}; layer versions: {en}; packs: {packs.en}.",
        )

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], Mapping[str, Any]]:
        return register_rows(self.workspace, self.cases)

    def row_of(self, case: Case) -> Mapping[str, Any]:
        """Return the known values of the feature of a case by field; empty when it is no longer there."""
        return self._rows.get((str(case.get("layer", "")), str(case.get("feature_id", ""))), {})

    @cached_property
    def _tables(self) -> dict[str, "pd.DataFrame"]:
        return {}

    def table(self, layer_id: str) -> "pd.DataFrame":
        """Return the rows of a layer without their places, read once a document."""
        if layer_id not in self._tables:
            frame = self.workspace.store.read(layer_id).frame
            self._tables[layer_id] = frame.drop(columns="geometry")
        return self._tables[layer_id]

    def class_of(self, case: Case) -> str:
        """Name the class of the thing named, or leave the field open."""
        return class_label(self.row_of(case), str(case.get("layer", ""))) or BLANK
