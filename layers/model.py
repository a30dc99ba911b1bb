"""The core types: a field, a layer's specification, where data came from, and a layer of features."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from layers.errors import InputError, NotFoundError
from layers.text import Text

if TYPE_CHECKING:
    import geopandas as gpd

STORAGE_CRS = "EPSG:4490"
"""CGCS2000 geographic, always longitude first."""


class Kind(StrEnum):
    """What a field holds. In a frame: str→object/str, int→Int64, float→float64, bool→boolean, date→datetime64."""

    TEXT = "text"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DATE = "date"
    CODE = "code"
    """One value of ``Field.vocabulary``."""
    LIST = "list"
    """Several values, kept as one string joined by ``;``."""


class Shape(StrEnum):
    """Families of geometry a layer accepts (single or multi)."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a layer.

    Attributes
    ----------
    public
        May be shown without a login. Private unless said otherwise.
    count_of_people
        A count that is suppressed in public when under the k of the workspace.
    headers
        Column headings under which offices keep this field, for header guessing.
    minimum, maximum
        Bounds of a number, inclusive.
    """

    name: str
    kind: Kind
    label: Text
    unit: str = ""
    vocabulary: str = ""
    required: bool = False
    public: bool = False
    count_of_people: bool = False
    headers: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """What a layer holds.

    Attributes
    ----------
    geometry_required
        False for registers that often come as bare lists (units, names).
    public
        Whether the layer may be shown without a login at all.
    """

    id: str
    label: Text
    shapes: frozenset[Shape]
    fields: tuple[Field, ...]
    geometry_required: bool = True
    public: bool = True

    def field(self, name: str) -> Field:
        """Return the field called ``name``.

        Raises
        ------
        NotFoundError
            When the layer has no such field.
        """
        for one in self.fields:
            if one.name == name:
                return one
        raise NotFoundError(
            Text(
                f"图层“{self.label.zh}”（{self.id}）没有字段 {name}。",
                f"Layer {self.id} has no field {name}.",
            ),
            Text(
                f"现有字段：{'、'.join(f.name for f in self.fields)}。",
                f"Its fields: {', '.join(f.name for f in self.fields)}.",
            ),
        )

    @property
    def field_names(self) -> tuple[str, ...]:
        """Names of all fields, in the order they are shown."""
        return tuple(one.name for one in self.fields)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the rows of a layer came from.

    Attributes
    ----------
    version
        Changes whenever the layer changes; printed with every result.
    sources
        File names (never full paths) or descriptions, newest last.
    as_of
        The latest date the data claims to describe, or None when it does not say.
    synthetic
        True when any row comes from a generated sample: every map and report must say so.
    """

    version: str = "0"
    sources: tuple[str, ...] = ()
    as_of: date | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """Features of one layer, in storage CRS, with unique ids and every field of the specification.

    Attributes
    ----------
    frame
        Columns: every field of ``spec`` in its order, then ``geometry``; default integer index. A missing value
        is null (None, NaN, NaT or NA), never zero or an empty string. Never changed in place by anybody.
    """

    spec: LayerSpec
    frame: "gpd.GeoDataFrame"
    provenance: Provenance = field(default_factory=Provenance)

    def __post_init__(self) -> None:
        """Refuse a frame that breaks the promises of a layer."""
        wanted = [*self.spec.field_names, "geometry"]
        if list(self.frame.columns) != wanted:
            missing = sorted(set(wanted) ^ set(self.frame.columns))
            raise InputError(
                Text(f"{self.spec.id} 的列不符：{missing}。", f"Columns of {self.spec.id} differ: {missing}.")
            )
        if self.frame.crs is None or self.frame.crs.to_epsg() != 4490:  # noqa: PLR2004
            raise InputError(
                Text(
                    f"{self.spec.id} 的坐标系是 {self.frame.crs}，应为 {STORAGE_CRS}。",
                    f"The CRS of {self.spec.id} is {self.frame.crs}, not {STORAGE_CRS}.",
                )
            )
        if not self.frame["id"].is_unique:
            doubled = self.frame["id"][self.frame["id"].duplicated()].iloc[0]
            raise InputError(
                Text(
                    f"{self.spec.id} 有重复的 id：{doubled}。", f"{self.spec.id} has the id {doubled} twice."
                )
            )

    def __len__(self) -> int:
        """Count the features."""
        return len(self.frame)

    @property
    def id(self) -> str:
        """Id of the specification."""
        return self.spec.id
