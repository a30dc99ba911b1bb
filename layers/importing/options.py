"""What a user can say about an import."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    dry_run
        Do everything except write.
    update
        Rows whose id is in the layer already replace it, instead of being refused.
    synthetic
        The file holds generated, fictional data.
    """

    crs: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    source_layer: str | None = None
    dry_run: bool = False
    update: bool = False
    synthetic: bool = False
