"""What is answered about a proposed name, the same for both doors (HTTP and command line)."""

from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any

from layers.errors import InputError
from layers.text import Text
from layers.vocabulary import vocabulary

if TYPE_CHECKING:
    from gis.names import Candidate
    from gis.names.precheck import Place, PrecheckReport, Register
    from layers.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A proposed name and what is known of the thing.

    Attributes
    ----------
    entity_class
        A code or word of ``name_class``; ``""`` leaves it to the name itself.
    county
        Division code; ``""`` for the district of the workspace.
    """

    name: str
    entity_class: str = ""
    county: str = ""
    site_m2: float | None = None
    floor_area_m2: float | None = None
    floors: float | None = None
    green_rate: float | None = None
    on: date | None = None
    with_alternatives: bool = True


class LiveRegister:
    """The register of a workspace being served: read at the first question, then following every edit."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._register: Register | None = None

    def of(self, workspace: "Workspace") -> "Register":
        """Return the register as the workspace is now."""
        from gis.names.precheck import Register  # noqa: PLC0415 - geometry libraries load with the first question

        with self._lock:
            if self._register is None:
                self._register = Register.of_workspace(workspace)
        self._register.follow(workspace)
        return self._register


def report_on(
    workspace: "Workspace", register: "Register", asked: Asked, place: "Place | None"
) -> "PrecheckReport":
    """Precheck a name.

    Raises
    ------
    InputError
        When the name is empty or too long, or class or county cannot be understood.
    """
    return register.precheck(
        _candidate(asked, workspace.settings.code),
        on=asked.on or workspace.day,
        place=place,
        with_alternatives=asked.with_alternatives,
    )


def romanized(workspace: "Workspace", name: str, entity_class: str) -> dict[str, Any]:
    """Write a name in Hanyu Pinyin, by the readings of the workspace; raises InputError as ``report_on`` does."""
    from gis.names.readings import load_readings, romanize  # noqa: PLC0415 - dictionaries load with the first question

    said: dict[str, Any] = romanize(
        name,
        entity_class=_class(entity_class),
        jurisdiction=workspace.settings.code,
        readings=load_readings(workspace.root),
    ).as_json()
    return said


def _candidate(asked: Asked, district: str) -> "Candidate":
    from gis.names import Candidate  # noqa: PLC0415 - keeps `--help` light
    from gis.names.listing.places import plain_code  # noqa: PLC0415 - as above

    return Candidate(
        name=asked.name.strip(),
        entity_class=_class(asked.entity_class),
        jurisdiction=plain_code(asked.county) if asked.county else district,
        site_m2=asked.site_m2,
        floor_area_m2=asked.floor_area_m2,
        floors=asked.floors,
        green_rate=asked.green_rate,
    )


def _class(word: str) -> str | None:
    from gis.names.listing.rows import class_code  # noqa: PLC0415 - keeps `--help` light

    code = class_code(word) if word.strip() else None
    if word.strip() and code is None:
        terms = vocabulary("name_class")
        raise InputError(
            Text(f"没有“{word}”这个地名类别。", f"There is no class {word!r}."),
            Text(
                f"可用：{'、'.join(f'{term.label.zh} {one}' for one, term in terms.items())}。",
                f"Classes: {', '.join(terms)}.",
            ),
        )
    return code
