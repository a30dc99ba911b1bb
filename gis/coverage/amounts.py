"""What facilities hold, as a question about access counts it: by a field, or each facility as 1."""

import numpy as np

from gis.coverage.situation import Situation
from gis.kernels.arrays import Floats
from layers.errors import InputError
from layers.specs import spec_of
from layers.text import Text

COUNT = "count"
"""Supply field by which every facility counts 1, where nobody knows how much each holds."""


def amounts_held(here: Situation, name: str) -> Floats:
    """Return what each facility holds, nan where it does not tell; raises InputError where none holds anything.

    Under ``COUNT`` each holds 1.
    """
    if name == COUNT and len(here.supply):
        return np.ones(len(here.supply))
    if not len(here.supply):
        raise InputError(
            Text("没有在营设施，无法计算可达供给。",
                 "No facility is in service: there is no supply to reach."),
            here.supply.unfit.full if here.supply.unfit else None,
        )  # fmt: skip
    beds = np.asarray(here.supply.frame[name].to_numpy(dtype=float, na_value=np.nan))
    if not np.nansum(beds) > 0:
        raise InputError(
            Text(f"在用设施的 {name} 全部为空或为零，无法计算可达供给。",
                 f"{name} of all facilities in service is empty or zero: there is no supply to reach."),
            Text(f"请先补登该字段；只看有没有设施时可写 --supply {COUNT}：每处计 1。",
                 f"Fill in that field first; or give --supply {COUNT}: every facility counts 1."),
        )  # fmt: skip
    return beds


def supply_label(layer_id: str, name: str) -> Text:
    """Name a field of supply in words."""
    return Text("处数", "Number of facilities") if name == COUNT else spec_of(layer_id).field(name).label


def counting_note(name: str) -> list[Text]:
    """Say that every facility counts the same, where it does."""
    if name != COUNT:
        return []
    return [
        Text(
            "供给按处数计：每处设施计 1，不分大小（--supply count）。",
            "Supply is the number of facilities: each counts 1, whatever its size (--supply count).",
        )
    ]
