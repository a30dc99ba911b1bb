"""Values that follow from others: unit codes say level, parent and kind; rows without an id get a lasting one.

Codes follow GB/T 10114 and the rules of the statistics bureau: 2 digits province, 4 city, 6 county, 9 town, 12
village; the last three of twelve are 001-199 for a residents' committee and 200-399 for a villagers' committee.
"""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from layers.model import LayerSpec
from layers.reading.division_codes import LEVELS, significant_digits
from layers.reading.source import ObjectArray
from layers.text import Text

_PARENT_DIGITS: Mapping[int, int] = {4: 2, 6: 4, 9: 6, 12: 9}
_TELLING = (
    "name",
    "address",
    "unit_code",
    "raw_number",
    "line_number",
    "node_from",
    "node_to",
    "number",
    "street",
    "quarter",
)
_GRID_DEG = 1e-7
DERIVED = Text(
    "级别、上级代码和类别由区划代码推出（GB/T 10114：001–199 居委会，200–399 村委会）。",
    "Level, parent and kind were derived from the code (GB/T 10114: 001-199 community, 200-399 village).",
)
ID_FROM_CODE = Text("以代码作为编号。", "The code serves as the id.")
ID_FROM_CONTENT = Text(
    "没有编号列：编号由名称、地址与位置算出，同样的行总得同样的编号。",
    "There is no id column: ids are computed from name, address and place; equal rows get equal ids.",
)


def derive_unit(columns: dict[str, ObjectArray]) -> bool:
    """Fill missing ``level``, ``parent_code`` and ``kind`` of units from their codes; tell whether anything was."""
    codes = columns.get("code")
    if codes is None:
        return False
    changed = False
    for name in ("level", "parent_code", "kind"):
        columns.setdefault(name, np.full(len(codes), None, dtype=object))
    for position, code in enumerate(codes):
        digits = significant_digits(code) if code is not None else None
        if digits is None:
            continue
        for name, value in _said_by(code, digits).items():
            if columns[name][position] is None and value is not None:
                columns[name][position] = value
                changed = True
    return changed


def _said_by(code: str, digits: int) -> dict[str, str | None]:
    parent = code[: _PARENT_DIGITS[digits]] if digits in _PARENT_DIGITS else None
    if parent is not None and len(code) != digits:
        parent = parent.ljust(len(code), "0")
    return {
        "level": LEVELS[digits],
        "parent_code": parent,
        "kind": _kind(code) if digits == max(LEVELS) else None,
    }


def _kind(code: str) -> str:
    number = int(code[-3:])
    if number < 200:  # noqa: PLR2004 - the standard's ranges
        return "community"
    return "village" if number < 400 else "quasi"  # noqa: PLR2004 - the standard's ranges


def content_ids(
    spec: LayerSpec, columns: Mapping[str, ObjectArray], shapes: ObjectArray, rows: Sequence[int]
) -> ObjectArray:
    """Compute ids of sixteen hex digits from what tells features apart: name, address, unit, number and place.

    A row that says none of these is told apart by its row number.
    """
    telling = [columns[name] for name in _TELLING if name in columns]
    ids = np.empty(len(shapes), dtype=object)
    for position, place in enumerate(_places(shapes)):
        said = [str(column[position]) if column[position] is not None else "" for column in telling]
        if not any(said) and not place:
            said = [f"row {rows[position]}"]
        ids[position] = _digest(spec.id, *said, place)
    return ids


class SeenNumbers:
    """A growing set of 64-bit numbers, eight bytes each, asked and extended a batch at a time.

    Holds few sorted runs of falling length; a new run swallows those not at least twice as long, so that a number is
    moved about log2(n) times in all.
    """

    def __init__(self) -> None:
        self._runs: list[npt.NDArray[np.uint64]] = []

    def seen(self, numbers: "npt.NDArray[np.uint64]") -> "npt.NDArray[np.bool_]":
        """Tell which numbers were added before."""
        found = np.zeros(len(numbers), dtype=bool)
        for run in self._runs:
            at = np.minimum(np.searchsorted(run, numbers), len(run) - 1)
            found |= run[at] == numbers
        return found

    def add(self, numbers: "npt.NDArray[np.uint64]") -> None:
        """Add numbers; those that are there already may stand twice."""
        if len(numbers) == 0:
            return
        run = np.sort(numbers)
        while self._runs and len(self._runs[-1]) < 2 * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        self._runs.append(run)


class Twins:
    """Keeps rows apart that share name, address and place but not the rest: two services of one house.

    The first such row keeps its id; a later one that differs in any cell gets an id from its whole row. Rows that are
    equal in every cell keep equal ids and are refused as doubles. Remembers sixteen bytes per row.
    """

    def __init__(self) -> None:
        self._ids = SeenNumbers()
        self._wholes = SeenNumbers()
        self.count = 0

    def part(self, ids: ObjectArray, table: pd.DataFrame, places: ObjectArray) -> ObjectArray:
        """Return the ids of a batch with those of differing twins replaced."""
        keys = np.array([int(one, 16) for one in ids], dtype=np.uint64)
        cells = [table[name].to_numpy() for name in table.columns]
        wholes = np.array(
            [
                int(_digest(one, place, *(str(column[position]) for column in cells)), 16)
                for position, (one, place) in enumerate(zip(ids, _places(places), strict=True))
            ],
            dtype=np.uint64,
        )
        again = self._ids.seen(keys) | pd.Series(keys).duplicated().to_numpy()
        same = self._wholes.seen(wholes) | pd.Series(wholes).duplicated().to_numpy()
        self._ids.add(keys)
        self._wholes.add(wholes)
        parted = ids.copy()
        for position in np.flatnonzero(again & ~same):
            parted[position] = f"{int(wholes[position]):016x}"
            self.count += 1
        return parted


def _digest(*words: str) -> str:
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=8).hexdigest()


def _places(shapes: ObjectArray) -> list[str]:
    """Write geometries as hex to 1e-7 degrees (a centimetre); empty where there is none."""
    rounded = shapely.set_precision(shapes, _GRID_DEG, mode="pointwise")
    return [one or "" for one in shapely.to_wkb(rounded, byte_order=1, hex=True)]
