"""One name to be judged, with everything known about the thing it names."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A name and the facts that decide, beside its words, whether it may stand.

    Every fact but the name may be missing: then evidence is weaker, and findings say so.

    Attributes
    ----------
    entity_class
        A code of the vocabulary ``name_class``, or None when unknown (then it is inferred from the generic part).
    jurisdiction
        NBS division code of two to twelve digits, the finest that is known.
    status
        A code of ``name_status``; ``historic`` names are not judged as current ones; ``nonstandard``
        ones (俗称, 推广名) are in use and are.
    registered_name
        The name in the register or on the approval, where it differs from the name in use.
    marketing_names
        Names the thing is advertised under (推广名).
    overlaid_by
        Names of other roads whose lines run over this one's.
    signed_name
        The name as its signs show it, or None when nobody read them.
    town, county, city
        Names of the divisions the thing lies in, ``""`` where unknown.
    site_m2, floor_area_m2, floors, green_rate
        Size of a residential area or building; ``green_rate`` in percent.
    specific, generic
        The two parts of the name, when the register keeps them apart.
    lon, lat
        Degrees, storage CRS, for distances in the evidence.
    """

    name: str
    id: str = ""
    layer_id: str = "place_name"
    entity_class: str | None = None
    jurisdiction: str = ""
    status: str | None = None
    approved_on: date | None = None
    in_use_since: date | None = None
    registered_name: str | None = None
    former_names: tuple[str, ...] = ()
    marketing_names: tuple[str, ...] = ()
    overlaid_by: tuple[str, ...] = ()
    signed_name: str | None = None
    town: str = ""
    county: str = ""
    city: str = ""
    heritage: bool | None = None
    site_m2: float | None = None
    floor_area_m2: float | None = None
    floors: float | None = None
    green_rate: float | None = None
    specific: str | None = None
    generic: str | None = None
    lon: float | None = None
    lat: float | None = None

    @property
    def is_current(self) -> bool:
        """Tell whether the name is in use, as standard or not."""
        return self.status != "historic"
