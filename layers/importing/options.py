"""What a user can say about an import."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to read a file.

    Attributes
    ----------
    crs
        ``wgs84``, ``cgcs2000``, ``gcj02``, ``bd09``, ``EPSG:n``; wins over what the file says.
    columns
        Field (or ``lon``, ``lat``, ``lonlat``, ``wkt``) to heading; wins over header guessing.
    encoding, sheet, source_layer
        Text encoding, worksheet, and layer (or file) inside a container; found out when not given.
    nodes
        Table of the nodes that a table of roads names; for roads without a geometry of their own.
    only
        Heading to the value a row must have to be taken at all, several divided by ``|``; all rows without it.
    dry_run
        Do everything except write.
    update
        Rows whose id is in the layer already replace it, instead of being refused.
    heights, heights_crs
        Raster of heights that gives roads their incline, and its coordinate system where it does not say it.
    synthetic
        The file holds generated, fictional data.
    """

    crs: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    source_layer: str | None = None
    nodes: Path | None = None
    only: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    update: bool = False
    synthetic: bool = False
    heights: Path | None = None
    heights_crs: str | None = None
