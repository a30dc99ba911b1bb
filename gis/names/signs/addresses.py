"""Plates and addresses against each other, and the names of the streets plates stand on against the register."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from gis.names.signs.numbers import parse_number
from gis.names.signs.plates import Plates
from gis.names.signs.register import NameRegister, plain
from gis.names.signs.reported import ADDRESSED, PLATES, STANDARD, about
from layers.findings import Finding, Severity, unjudged
from layers.model import Layer
from layers.text import Text, counted

_NUMBERED = re.compile(r"(?P<before>[^\d]+)(?P<number>\d{1,5}(?:-\d{1,3})?)号")
_LONGEST_STREET = 12


def check_streets(plates: Plates, register: NameRegister) -> Iterator[Finding]:
    """Find streets that have plates but no standard name: one finding a street.

    What
    ----
    The street is not in the register, or under another name, which is still on the plates.

    Why
    ---
    Plates show a street's standard name.

    Source
    ------
    地名管理条例（2022） arts. 15 and 18.
    """
    doors = np.flatnonzero(plates.is_door)
    table = pd.DataFrame({"street": plates.street_name[doors], "at": doors, "id": plates.ids[doors]})
    for street, group in table.sort_values("id").groupby("street", sort=True):
        name = str(street)
        if register.is_standard(name):
            continue
        yield _loose_street(name, group["id"].astype(str).tolist(), register)


def _loose_street(name: str, ids: Sequence[str], register: NameRegister) -> Finding:
    entry = register.meant_by(name)
    right = entry.standard if entry else None
    if right and right != name:
        message = Text(
            f"{len(ids)} 块门牌仍用“{name}”，标准地名是“{right}”。",
            f"{counted(len(ids), 'plate still says', 'plates still say')} {name}; the standard name is {right}.",
        )
        code, severity = "plate-old-street", Severity.SUSPECT
    else:
        message = Text(
            f"“{name}”有 {len(ids)} 块门牌，但不是名册中的标准地名：补录名册，或查是否擅自命名。",
            f"{name} has {counted(len(ids), 'plate')} but is no standard name of the register: enter it, or "
            "see who named it.",
        )
        code, severity = "plate-street-unregistered", Severity.REVIEW
    return about(
        PLATES,
        (ids[0], name),
        code,
        severity,
        message,
        citation=STANDARD,
        subject=name,
        right_text=right,
        count=len(ids),
        ids=list(ids[:20]),
    )


def check_addresses(plates: Plates) -> list[Finding]:
    """Find plates without an address and plates whose address says something else.

    What
    ----
    No address recorded (unknown as a whole when the column is empty); an address that does not end in the plate's
    street or quarter and number.

    Why
    ---
    An address needs a plate and a plate an address.

    Source
    ------
    Local rules on plates (有址有牌), unverified.
    """
    empty = plates.address == ""
    if len(plates.ids) and bool(empty.all()):
        message = Text(
            "门楼牌都没有填地址，有牌无址无法检查。", "No plate has an address recorded: unchecked."
        )
        return [unjudged("signs.plate-address-unknown", PLATES, message, category="标志", count=len(empty))]
    return [
        *(_without_address(plates, at) for at in np.flatnonzero(empty).tolist()),
        *_differing(plates, ~empty),
    ]


def _without_address(plates: Plates, at: int) -> Finding:
    message = Text(f"门楼牌“{plates.name(at)}”没有地址。", f"Plate {plates.name(at)!r} has no address.")
    return about(
        PLATES, plates.feature(at), "plate-address-missing", Severity.REVIEW, message, citation=ADDRESSED
    )


def _differing(plates: Plates, known: np.ndarray) -> Iterator[Finding]:
    place = np.where(plates.is_door, plates.street_name, plates.quarter + plates.building)
    wanted = place + plates.written
    for at in np.flatnonzero(known & (place != "") & (plates.main >= 0)).tolist():
        address = str(plates.address[at])
        if str(wanted[at]) in address or _same_number(address, str(place[at]), str(plates.written[at])):
            continue
        message = Text(
            f"门楼牌“{plates.name(at)}”的地址是“{address}”，与牌面不符。",
            f"The address of plate {plates.name(at)!r} is {address}: it differs from the plate.",
        )
        yield about(
            PLATES,
            plates.feature(at),
            "plate-address-differs",
            Severity.REVIEW,
            message,
            citation=ADDRESSED,
            address=address,
            right_text=str(wanted[at]),
        )


def _same_number(address: str, place: str, written: str) -> bool:
    """Tell whether an address names the place and, in another form (12号之一, 12-1号), the same number."""
    _, found, rest = address.partition(place)
    return bool(found) and parse_number(rest) is not None and parse_number(rest) == parse_number(written)


def check_listed_addresses(plates: Plates, layers: Sequence[Layer]) -> Iterator[Finding]:
    """Find addresses of facilities on streets that have plates, whose number has none (a note).

    Addresses that name no such street are not judged. Source: as ``check_addresses``.
    """
    doors = plates.is_door & (plates.main >= 0)
    numbers = set(zip(plates.street_name[doors].tolist(), plates.main[doors].tolist(), strict=True))
    streets = {street for street, _ in numbers}
    for layer in layers:
        frame = layer.frame[layer.frame["address"].notna()]
        for key, name, address in zip(frame["id"], frame["name"], frame["address"], strict=True):
            street, number = _street_and_number(plain(str(address)), streets)
            if not street or (street, number) in numbers:
                continue
            message = Text(
                f"“{name}”的地址“{address}”在门楼牌中没有对应的号码。",
                f"No plate has the number of {address}, the address of {name}.",
            )
            yield about(
                layer.id,
                (str(key), "" if pd.isna(name) else str(name)),
                "address-without-plate",
                Severity.NOTE,
                message,
                citation=ADDRESSED,
                address=str(address),
            )


def _street_and_number(address: str, streets: set[str]) -> tuple[str, int]:
    """Find a street that has plates, and the number after it; ``("", 0)`` when there is none."""
    for found in _NUMBERED.finditer(address):
        before = found["before"]
        for length in range(min(_LONGEST_STREET, len(before)), 1, -1):
            if before[-length:] in streets:
                return before[-length:], int(found["number"].partition("-")[0])
    return "", 0
