"""Numbers against each other: unreadable, doubled, skipped."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from gis.names.signs.limits import SignLimits
from gis.names.signs.numbers import arabic, is_chinese
from gis.names.signs.plates import Plates
from gis.names.signs.reported import NUMBERING, PLATES, about
from layers.findings import Finding, Severity, unjudged
from layers.text import Text, counted

_SAME_SPOT_M = 3.0


def check_numbers(plates: Plates, limits: SignLimits) -> list[Finding]:
    """Find numbers that are unreadable, doubled or skipped.

    What
    ----
    A number in Chinese numerals or no number at all; one number twice on a street (streets of one name far apart are
    two), twice among the buildings of a quarter or the stairs of a building; on one side of a street, neighbouring
    numbers farther apart than the profile's limit (a note: numbers may be kept for open ground).

    Why
    ---
    A number must lead to one door.

    Source
    ------
    宁波市地名管理条例 art. 23: Arabic numerals, no repeats, no skips, numbers kept for wide gaps; elsewhere unverified.
    """
    return [*_forms(plates), *_doubles(plates), *_gaps(plates, limits)]


def _forms(plates: Plates) -> Iterator[Finding]:
    for at in np.flatnonzero((plates.main < 0) & (plates.written != "")).tolist():
        written = str(plates.written[at])
        right = arabic(written) if is_chinese(written) else None
        right_zh, right_en = (f"，应写作“{right}”", f"; it should read {right}") if right else ("", "")
        message = Text(
            f"门楼牌“{plates.name(at)}”的号码“{written}”不是规范的阿拉伯数字写法{right_zh}。",
            f"Number {written!r} of plate {plates.name(at)!r} is not an Arabic number with its unit{right_en}.",
        )
        yield about(
            PLATES,
            plates.feature(at),
            "plate-number-form",
            Severity.REVIEW,
            message,
            citation=NUMBERING,
            sign_text=written,
            right_text=right,
        )
    empty = plates.ids[plates.written == ""]
    if len(empty):
        message = Text(
            f"{len(empty)} 块门楼牌没有填号码，无法核对。",
            f"{counted(len(empty), 'plate has', 'plates have')} no number recorded.",
        )
        ids = sorted(map(str, empty))[:20]
        yield unjudged(
            "signs.plate-number-unknown", PLATES, message, category="标志", ids=ids, count=len(empty)
        )


def _scopes(plates: Plates) -> "pd.Series[str]":
    """Say within what a number must be unique: a street, a quarter, a building; ``""`` where that is not known."""
    street = pd.Series(plates.street_name, dtype="object") + "\x1f" + pd.Series(plates.street).astype(str)
    placed_in = pd.Series(plates.town, dtype="object") + "\x1f" + pd.Series(plates.quarter, dtype="object")
    stairs = placed_in + "\x1f" + pd.Series(plates.building, dtype="object")
    kind = pd.Series(plates.kinds, dtype="object")
    scope = pd.Series("", index=kind.index, dtype="object")
    scope[plates.is_door] = "street\x1f" + street
    has_quarter = plates.quarter != ""
    in_building = has_quarter & (kind == "building").to_numpy()
    in_stairs = has_quarter & (kind == "unit").to_numpy() & (plates.building != "")
    scope[in_building], scope[in_stairs] = "building\x1f" + placed_in, "unit\x1f" + stairs
    return scope


def _doubles(plates: Plates) -> Iterator[Finding]:
    table = pd.DataFrame(
        {"scope": _scopes(plates), "main": plates.main, "part": plates.part, "id": plates.ids}
    )
    usable = table[(table["scope"] != "") & (table["main"] >= 0)].sort_values("id", kind="stable")
    doubled = usable[usable.duplicated(["scope", "main", "part"], keep=False)]
    for _, group in doubled.groupby(["scope", "main", "part"], sort=True):
        first, *others = (int(at) for at in group.index)
        for at in others:
            yield _double(plates, at, first)


def _double(plates: Plates, at: int, first: int) -> Finding:
    away = plates.metres_between(at, first)
    same_spot = away <= _SAME_SPOT_M
    code = "plate-duplicate" if plates.is_door[at] else "building-duplicate"
    where = "" if np.isnan(away) else f"，相距约 {away:.0f} 米"
    where_en = "" if np.isnan(away) else f", about {away:.0f} m away"
    message = Text(
        f"门楼牌“{plates.name(at)}”与 {plates.ids[first]} 重号{where}"
        f"{'，可能是同一块登记了两次' if same_spot else ''}。",
        f"Plate {plates.name(at)!r} has the number of {plates.ids[first]}{where_en}"
        f"{'; perhaps one plate entered twice' if same_spot else ''}.",
    )
    return about(
        PLATES,
        plates.feature(at),
        code,
        Severity.REVIEW if same_spot else Severity.SUSPECT,
        message,
        citation=NUMBERING,
        other=str(plates.ids[first]),
        distance_m=None if np.isnan(away) else round(away, 1),
    )


def _gaps(plates: Plates, limits: SignLimits) -> Iterator[Finding]:
    usable = np.flatnonzero(plates.is_door & (plates.main > 0) & (plates.street >= 0))
    main, street = plates.main[usable], plates.street[usable]
    order = np.lexsort((plates.ids[usable].astype(str), main, main % 2, street))
    at, main, street = usable[order], main[order], street[order]
    follows = (street[1:] == street[:-1]) & (main[1:] % 2 == main[:-1] % 2)
    for one in np.flatnonzero(follows & (np.diff(main) > limits.gap_numbers)).tolist():
        before, after = int(main[one]), int(main[one + 1])
        plate = int(at[one + 1])
        name = plates.street_name[plate]
        message = Text(
            f"“{name}”同侧从 {before} 号到 {after} 号之间跳号（超过 {limits.gap_numbers}）：空地预留，或漏编漏登。",
            f"{name}: nothing between {before} and {after} on that side (more than {limits.gap_numbers}): kept for"
            " open ground, or left out.",
        )
        yield about(
            PLATES,
            plates.feature(plate),
            "plate-gap",
            Severity.NOTE,
            message,
            citation=NUMBERING,
            missing=[before + 2, after - 2],
            allowed=limits.gap_numbers,
        )
