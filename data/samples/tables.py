"""A table as an office keeps it: Chinese headings, one row per thing, and where each thing is."""

# ruff: noqa: ANN401 - shapely is untyped

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from data.samples.plane import Grid

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = dict[str, Cell]
Form: TypeAlias = Literal["geojson", "csv", "xlsx", "shapefile"]

SOURCE = "虚构示例数据（方舆示例生成器）"
AS_OF = "2025-12-31"


@dataclass
class Table:
    """One file to be (rows may be changed while faults are planted, then it is read only).

    Attributes
    ----------
    layer_id
        The layer it is taken into, empty for a table that is only a report.
    grid
        Coordinates of the file; ``crs`` is what has to be declared at the import, None when the file says it itself.
    encoding
        Of CSV files and of the text in Shapefiles.
    shapes
        Geometry of every row in local metres, None where the office wrote none. CSV and XLSX hold points only.
    """

    layer_id: str
    file_name: str
    form: Form
    grid: Grid
    crs: str | None
    note: str
    encoding: str = "utf-8"
    rows: list[Row] = field(default_factory=list)
    shapes: list[Any] = field(default_factory=list)
    repeated: bool = True

    def add(self, row: Row, shape: Any) -> None:
        """Append a row; every row of data says how old it is and that it is made up."""
        self.rows.append(row | ({"数据截至": AS_OF, "来源": SOURCE} if self.repeated else {}))
        self.shapes.append(shape)

    def row(self, key: str) -> Row:
        """Return the row whose 编号 is ``key``."""
        return next(row for row in self.rows if row["编号"] == key)

    def position(self, key: str) -> int:
        """Return where the row with that 编号 stands, from 0."""
        return next(number for number, row in enumerate(self.rows) if row["编号"] == key)


def phone(number: int) -> str:
    """Give a telephone number that cannot be real."""
    return f"0000-8{number:07d}"
