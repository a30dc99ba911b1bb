"""A batch of raw rows to the rows of a layer: values, geometry, derived values, required fields."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.crs import Conversion
from layers.errors import ColumnError
from layers.frames import typed_frame
from layers.importing.derive import DERIVED, ID_FROM_CODE, ID_FROM_CONTENT, Twins, content_ids, derive_unit
from layers.importing.rejects import RejectLog
from layers.importing.report import Dropped, Reject
from layers.model import Field, LayerSpec
from layers.reading.headings import Matching
from layers.reading.shapes import find_shapes, place_shapes
from layers.reading.source import BadCell, Batch, ObjectArray
from layers.reading.values import convert, is_missing, text_of
from layers.text import Text, counted
from layers.vocabulary import label_of

_SHOWN = 200
_TWO = 2
_UNREADABLE = {"service_state": "unknown"}
"""Vocabulary to the code stored where a cell says something that is not in it."""

_KNOWN_BY_CODE = frozenset({"admin_unit", "study_area"})
"""Layers whose code is the id where a file has no column of ids."""


@dataclass(slots=True)
class Tally:
    """What is noticed over all batches."""

    read: int = 0
    bare: int = 0
    repaired: list[int] = field(default_factory=list)
    twins: Twins = field(default_factory=Twins)
    notes: dict[Text, None] = field(default_factory=dict)
    taken: int = 0
    ids: set[str] = field(default_factory=set)

    def see_ids(self, ids: "pd.Series[str]") -> None:
        """Notice good rows; of their ids no more than two that differ are remembered."""
        self.taken += len(ids)
        if len(self.ids) < _TWO:
            self.ids.update(ids.unique()[:_TWO])


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Turns batches of one file into frames of one layer."""

    spec: LayerSpec
    matching: Matching
    conversion: Conversion
    log: RejectLog
    tally: Tally

    def make(self, batch: Batch) -> tuple[gpd.GeoDataFrame, npt.NDArray[np.intp]]:
        """Return the good rows as a frame, and the positions they had in the batch."""
        self.tally.read += len(batch.rows)
        good = np.ones(len(batch.rows), dtype=bool)
        kept: dict[int, dict[str, Any]] = {}
        columns = self._values(batch, good, kept)
        shapes = self._shapes(batch, good)
        self._ragged(batch, good)
        if self.spec.id == "admin_unit" and derive_unit(columns):
            self.tally.notes[DERIVED] = None
        self._ids(columns, shapes, batch)
        self._required(batch, columns, good)
        columns["attributes"] = self._attributes(batch, columns.get("attributes"), kept)
        positions = np.flatnonzero(good)
        table = pd.DataFrame(
            {name: pd.Series(values[positions], dtype="object") for name, values in columns.items()}
        )
        table["geometry"] = pd.Series(shapes[positions], dtype="object")
        self.tally.see_ids(table["id"])
        return typed_frame(self.spec, table), positions

    def refuse(
        self, batch: Batch, position: int, column: str, value: str, reason: Text, dropped: Dropped
    ) -> None:
        """Put one reject into the log."""
        shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        self.log.add(
            Reject(int(batch.rows[position]), column, shown, reason, dropped),
            partial(batch.original, position),
        )

    def _values(self, batch: Batch, good: Any, kept: dict[int, dict[str, Any]]) -> dict[str, ObjectArray]:  # noqa: ANN401
        columns = constant_columns(self.spec, self.matching, len(batch.rows))
        for name, heading in self.matching.fields.items():
            one = self.spec.field(name)
            raw = batch.table[heading].to_numpy()
            made = convert(raw, one, factor=self.matching.factors.get(name, 1.0))
            columns[name] = made.cells
            instead = _UNREADABLE.get(one.vocabulary)
            for position, reason in made.refused.items():
                if one.required:
                    good[position] = False
                if instead:
                    made.cells[position] = instead
                self.refuse(
                    batch,
                    position,
                    heading,
                    text_of(raw[position]),
                    _stored_as(reason, one, instead),
                    "row" if one.required else "cell",
                )
                kept.setdefault(position, {})[heading] = raw[position]
        self._bad_extras(batch)
        return columns

    def _bad_extras(self, batch: Batch) -> None:
        """Report the bad cells of columns the layer does not know; what can be shown of them is kept."""
        for heading in self.matching.unknown:
            for position, cell in enumerate(batch.table[heading]):
                if isinstance(cell, BadCell):
                    self.refuse(batch, position, heading, cell.shown, cell.reason, "cell")

    def _shapes(self, batch: Batch, good: Any) -> ObjectArray:  # noqa: ANN401
        found = find_shapes(batch, self.matching.places)
        placed = place_shapes(found.shapes, self.conversion, self.spec.shapes)
        reasons = found.refused | placed.refused
        needed = self.spec.geometry_required
        column = "/".join(self.matching.places.values())
        for position, reason in reasons.items():
            value = "/".join(
                text_of(batch.table[one].iloc[position]) for one in self.matching.places.values()
            )
            self.refuse(batch, position, column or "geometry", value, reason, "row" if needed else "cell")
        bare = [at for at, shape in enumerate(placed.shapes) if shape is None and at not in reasons]
        if needed:
            for position in bare:
                self.refuse(batch, position, column or "geometry", "", _NO_GEOMETRY, "row")
            good[[*bare, *reasons]] = False
        self.tally.bare += len(bare)
        self.tally.repaired.extend(int(row) for row in batch.rows[placed.repaired])
        return placed.shapes

    def _ragged(self, batch: Batch, good: Any) -> None:  # noqa: ANN401
        for position, extra in batch.ragged.items():
            reason = Text(
                f"这一行比表头多出 {len(extra)} 个单元格，列可能错位。",
                f"The row has {counted(len(extra), 'cell')} more than there are headings: its columns may be "
                "out of step.",
            )
            if good[position]:
                self.refuse(batch, position, "", ",".join(extra), reason, "row")
            good[position] = False

    def _ids(self, columns: dict[str, ObjectArray], shapes: ObjectArray, batch: Batch) -> None:
        if "id" in columns:
            return
        codes = columns.get("code") if self.spec.id in _KNOWN_BY_CODE else None
        if codes is not None:
            columns["id"] = codes.copy()
            self.tally.notes[ID_FROM_CODE] = None
            return
        ids = content_ids(self.spec, columns, shapes, [int(row) for row in batch.rows])
        columns["id"] = self.tally.twins.part(ids, batch.table, shapes)
        self.tally.notes[ID_FROM_CONTENT] = None

    def _required(self, batch: Batch, columns: dict[str, ObjectArray], good: Any) -> None:  # noqa: ANN401
        for one in self.spec.fields:
            if not one.required or (one.name == "id" and "id" not in self.matching.fields):
                continue
            values = columns.get(one.name)
            absent = (
                good if values is None else good & np.array([value is None for value in values], dtype=bool)
            )
            reason = _missing(one)
            for position in np.flatnonzero(absent):
                self.refuse(
                    batch, int(position), self.matching.fields.get(one.name, one.name), "", reason, "row"
                )
            good[absent] = False

    def _attributes(
        self, batch: Batch, given: ObjectArray | None, kept: Mapping[int, Mapping[str, Any]]
    ) -> ObjectArray:
        """Keep what has no field of its own: unknown columns and refused cells, as one JSON object per row."""
        unknown = [(name, batch.table[name].to_numpy()) for name in self.matching.unknown]
        made = np.full(len(batch.rows), None, dtype=object)
        for position in range(len(batch.rows)):
            extra = {
                name: _plain(cells[position]) for name, cells in unknown if not is_missing(cells[position])
            }
            extra |= {name: _plain(cell) for name, cell in kept.get(position, {}).items()}
            if given is not None and given[position] is not None:
                extra = _merged(given[position], extra)
            if extra:
                made[position] = json.dumps(extra, ensure_ascii=False, default=str)
        return made


def constant_columns(spec: LayerSpec, matching: Matching, count: int) -> dict[str, ObjectArray]:
    """Give the columns whose value the user gave for every row.

    Raises
    ------
    ColumnError
        When a value is not one of the field.
    """
    columns: dict[str, ObjectArray] = {}
    for name, said in matching.constants.items():
        cells = convert([said], spec.field(name))
        if cells.refused:
            raise ColumnError(
                Text(
                    f"--columns {name}=={said} 用不了：{cells.refused[0].zh}",
                    f"--columns {name}=={said}: {cells.refused[0].en}",
                )
            )
        columns[name] = np.full(count, cells.cells[0], dtype=object)
    return columns


def _stored_as(reason: Text, one: Field, code: str | None) -> Text:
    """Add to a reason which code is stored instead."""
    if code is None:
        return reason
    label = label_of(one.vocabulary, code)
    return Text(
        f"{reason.zh}存为“{label.zh}”，不算在营。",
        f"{reason.en} Stored as {label.en!r}, which does not count as in service.",
    )


def _missing(one: Field) -> Text:
    """Say that a required value is missing; of coded ones also how to give all rows the same."""
    zh, en = f"缺少必填的“{one.label.zh}”。", f"The required {one.label.en} is missing."
    if one.name == "level":
        zh += "代码推不出级别；整个文件同一级时可写 --columns level==village，给每一行同一个值。"
        en += (
            " The code does not tell it; if it is the same throughout, give it with --columns level==village."
        )
    return Text(zh, en)


_NO_GEOMETRY = Text("没有坐标或几何。", "There are no coordinates and no geometry.")


def _plain(cell: Any) -> Any:  # noqa: ANN401 - a cell may hold anything
    return cell if isinstance(cell, int | float | bool | list | dict) else text_of(cell)


def _merged(said: str, extra: dict[str, Any]) -> dict[str, Any]:
    try:
        before = json.loads(said)
    except ValueError:
        before = said
    return {**(before if isinstance(before, dict) else {"attributes": before}), **extra}
