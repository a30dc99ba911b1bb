"""Class codes of place names after GB/T 18521, as far as they are known for certain."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data import shipped
from layers.text import Text

_FORM = re.compile(r"[0-9]{5}")


@dataclass(frozen=True, slots=True)
class PlaceTypeCode:
    """One class code.

    Attributes
    ----------
    entity_class
        The code of the vocabulary ``name_class`` it belongs to.
    verified
        Seen with its label in the national service itself; otherwise read in an excerpt only.
    default
        Taken for a name of the class whose register gives no code.
    """

    code: str
    label: Text
    entity_class: str
    verified: bool
    default: bool = False


@cache
def place_type_codes() -> Mapping[str, PlaceTypeCode]:
    """Return the known codes, by code; the standard has more than these."""
    with shipped("vocabularies/place_type_codes.toml").open("rb") as file:
        entries = tomllib.load(file)
    return {
        code: PlaceTypeCode(
            code, Text(said["zh"], said["en"]), said["class"], said["verified"], said.get("default", False)
        )
        for code, said in entries.items()
    }


def is_place_type_code(code: str) -> bool:
    """Tell whether a code has the form of the national service: five digits."""
    return _FORM.fullmatch(code) is not None


def default_code(entity_class: str, *, community: bool = False) -> str:
    """Return the code a class of names usually has, or ``""`` when there is no telling.

    ``community`` says of a committee that it is a residents' one.
    """
    if entity_class == "committee":
        return "21620" if community else "21610"
    fitting = (one.code for one in place_type_codes().values() if one.default)
    return next((code for code in fitting if place_type_codes()[code].entity_class == entity_class), "")
