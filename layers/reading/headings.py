"""Which column of a file is which field: by name, label or customary heading, never by the values."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from layers.errors import ColumnError
from layers.model import Field, LayerSpec
from layers.text import Text, counted, joined

LON, LAT, LONLAT, WKT = "lon", "lat", "lonlat", "wkt"
_PLACES: Mapping[str, tuple[str, ...]] = {
    LON: (
        "lon",
        "lng",
        "long",
        "longitude",
        "经度",
        "东经",
        "x",
        "x坐标",
        "东坐标",
        "坐标x",
        "point_x",
        "easting",
        "經度",
    ),
    LAT: ("lat", "latitude", "纬度", "北纬", "y", "y坐标", "北坐标", "坐标y", "point_y", "northing", "緯度"),
    LONLAT: ("经纬度", "坐标", "经纬度坐标", "地理坐标", "lonlat", "location"),
    WKT: ("wkt", "geometry", "geom", "the_geom", "wkt_geom", "几何", "几何wkt", "空间数据", "gdm"),
}
_ROW_NUMBERS = frozenset({"序号", "行号", "no", "no."})
"""Headings of a mere row counter: never taken for an id unless the user says so."""
_FACTORS: Mapping[str, Mapping[str, float]] = {
    "m²": {"亩": 2000 / 3, "公顷": 1e4, "ha": 1e4, "万平方米": 1e4, "平方公里": 1e6, "km2": 1e6},
    "m": {"公里": 1e3, "千米": 1e3, "km": 1e3},
    "人": {"万人": 1e4, "千人": 1e3},
    "户": {"万户": 1e4},
}
_AGED = re.compile(
    r"(?:其中)?(\d+)周?岁[及含]?以上的?(?:老年人口数?|老年人数?|老人人?数?|人口数量?|人口|人员|人数)?"
)
"""A count of people of an age and over, in the ways offices write it; shares and parts of it do not match."""
_ALIAS_RANK = 3
_DBF_NAME = 10
"""A Shapefile cuts field names to this."""


@dataclass(frozen=True, slots=True)
class Matching:
    """How the headings of a file were understood.

    Attributes
    ----------
    fields
        Field name to heading.
    places
        ``lon``, ``lat``, ``lonlat`` or ``wkt`` to heading.
    factors
        By how much to multiply numbers of a field whose heading names another unit.
    unknown
        Headings that mean nothing to the layer; their values are kept in ``attributes``.
    constants
        Field name to a value the user gave for every row.
    """

    fields: Mapping[str, str]
    places: Mapping[str, str]
    unknown: tuple[str, ...]
    constants: Mapping[str, str] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


def normal_form(heading: str) -> str:
    """Reduce a heading to what counts: no brackets, spaces, full-width forms, capitals or marks."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", heading).casefold())
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", plain) or plain
    short = re.sub(r"[\s*:：_\-]+", "", bare)
    aged = _AGED.fullmatch(short)
    return f"{aged[1]}岁以上" if aged else short


def knows(spec: LayerSpec) -> Callable[[str], bool]:
    """Return a test whether a heading means anything to a layer."""
    words = {word for one in spec.fields for word in _words(one)} | {
        normal_form(w) for ws in _PLACES.values() for w in ws
    }
    return lambda heading: normal_form(heading) in words


def heading_row(rows: Sequence[Sequence[str]], understood: Callable[[str], bool]) -> int:
    """Find the row of headings among the top rows: most known headings first, else the first row that is not blank."""
    scores = [sum(1 for cell in row if cell.strip() and understood(cell)) for row in rows]
    if scores and max(scores) > 0:
        return scores.index(max(scores))
    return next((index for index, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table: their names, the index of their last row, and what to say about it."""

    names: tuple[str, ...]
    last: int
    notes: tuple[Text, ...]


def find_headings(rows: Sequence[Sequence[str]], understood: Callable[[str], bool]) -> Headings:
    """Find the headings among the top rows of a table, over one row or two.

    Two rows are what merged cells leave: a group title over its columns (坐标 over 经度 and 纬度), and headings that
    span both rows. The lower word counts, the upper one where there is none.
    """
    start = heading_row(rows, understood)
    for upper in (start - 1, start):
        if 0 <= upper < len(rows) - 1 and _two_rows(rows[upper], rows[upper + 1], understood):
            names = _joined(rows[upper], rows[upper + 1])
            said = Text(
                f"表头占第 {upper + 1}、{upper + 2} 两行，已合为一行。",
                f"The headings take rows {upper + 1} and {upper + 2}; they were joined.",
            )
            return Headings(tidy_headings(names), upper + 1, (said,))
    said = Text(f"表头在第 {start + 1} 行。", f"The headings are in row {start + 1}.")
    return Headings(tidy_headings(rows[start]), start, (said,) if start else ())


def _two_rows(upper: Sequence[str], lower: Sequence[str], understood: Callable[[str], bool]) -> bool:
    """Tell whether the lower row fills groups of the upper one and leaves its other headings alone."""
    above = [cell.strip() for cell in upper] + [""] * (len(lower) - len(upper) + 1)
    below = [cell.strip() for cell in lower] + [""] * (len(above) - len(lower))
    filled = [index for index, cell in enumerate(below) if cell]
    grouped = all(not above[at] or not [*above, ""][at + 1] or understood(below[at]) for at in filled)
    known = sum(1 for at in filled if understood(below[at]))
    spanning = any(cell and understood(cell) and not under for cell, under in zip(above, below, strict=True))
    wordy = not any(any(sign.isdecimal() for sign in below[at]) for at in filled)
    return len(filled) > 1 and known > 0 and grouped and spanning and wordy


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    return [under if under.strip() else over for over, under in zip(above, below, strict=True)]


def tidy_headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Name every column once: blanks at the end are cut, blanks between get a number, doubles get ``[2]``."""
    names = [re.sub(r"\s+", " ", cell.replace("\ufeff", "")).strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    tidy: list[str] = []
    for index, name in enumerate(names, start=1):
        wanted = name or f"列{index}"
        twin = 2
        unique = wanted
        while unique in tidy:
            unique, twin = f"{wanted} [{twin}]", twin + 1
        tidy.append(unique)
    return tuple(tidy)


def match_headings(
    spec: LayerSpec, headings: Sequence[str], wished: Mapping[str, str], *, has_geometry: bool
) -> Matching:
    """Match headings to fields.

    Parameters
    ----------
    wished
        Field (or ``lon``, ``lat``, ``lonlat``, ``wkt``) to heading, as the user said; wins over everything.
        ``=value`` instead of a heading gives the field that value in every row.

    Raises
    ------
    ColumnError
        When a wished field or heading does not exist, or two headings stand for one field.
    """
    constants = {
        name: said[1:].strip()
        for name, said in wished.items()
        if said.startswith("=") and said not in headings
    }
    targets = _wished(spec, headings, wished, constants)
    taken = set(targets.values())
    notes: list[Text] = []
    claims: dict[str, list[tuple[int, str]]] = {}
    for heading in headings:
        if heading in taken:
            continue
        claim = _best_target(spec, heading, has_geometry=has_geometry, settled={*targets, *constants})
        if claim:
            claims.setdefault(claim[0], []).append((claim[1], heading))
    for target, offers in claims.items():
        targets[target] = _settle(spec, target, offers, notes)
    fields = {name: heading for name, heading in targets.items() if name not in _PLACES}
    used = set(targets.values())
    factors = _factors(spec, fields, notes)
    return Matching(
        fields,
        {name: heading for name, heading in targets.items() if name in _PLACES},
        tuple(heading for heading in headings if heading not in used),
        constants,
        factors,
        tuple(notes),
    )


def _words(one: Field) -> tuple[str, ...]:
    return tuple(
        normal_form(word)
        for word in (
            one.name,
            one.label.zh,
            one.label.en,
            *one.headers,
            one.name[:_DBF_NAME],
        )
    )


def _wished(
    spec: LayerSpec, headings: Sequence[str], wished: Mapping[str, str], constants: Mapping[str, str]
) -> dict[str, str]:
    targets: dict[str, str] = {}
    for name, heading in wished.items():
        if name not in _PLACES and name not in spec.field_names:
            allowed = [*spec.field_names, *_PLACES]
            raise ColumnError(
                Text(
                    f"--columns 里的字段 {name} 不存在。",
                    f"--columns names the field {name}, which does not exist.",
                ),
                Text(f"可用：{'、'.join(allowed)}。", f"Available: {', '.join(allowed)}."),
            )
        if name in constants:
            continue
        same = [one for one in headings if one == heading] or [
            one for one in headings if normal_form(one) == normal_form(heading)
        ]
        if not same:
            raise ColumnError(
                Text(f"文件里没有“{heading}”这一列。", f"The file has no column {heading!r}."),
                Text(f"现有列：{'、'.join(headings)}。", f"Its columns: {', '.join(headings)}."),
            )
        targets[name] = same[0]
    return targets


def _best_target(
    spec: LayerSpec, heading: str, *, has_geometry: bool, settled: AbstractSet[str]
) -> tuple[str, int] | None:
    """Give the field or place a heading fits best, with its rank (smaller is surer)."""
    form = normal_form(heading)
    fits = [
        (_words(one).index(form), order, one.name)
        for order, one in enumerate(spec.fields)
        if one.name not in settled and form in _words(one) and not (one.name == "id" and form in _ROW_NUMBERS)
    ]
    if fits:
        rank, _, name = min(fits)
        return name, min(rank, _ALIAS_RANK)
    if has_geometry or WKT in settled:
        return None
    for place, words in _PLACES.items():
        if place not in settled and form in {normal_form(word) for word in words}:
            return place, _ALIAS_RANK
    return None


def _settle(spec: LayerSpec, target: str, offers: list[tuple[int, str]], notes: list[Text]) -> str:
    """Choose among the headings that fit one field: the field's own name beats a customary heading, else ask."""
    offers.sort(key=lambda offer: offer[0])
    best, others = offers[0], offers[1:]
    if not others:
        return best[1]
    forms = {normal_form(heading) for _, heading in offers}
    if best[0] < _ALIAS_RANK <= others[0][0] and len(forms) > 1:
        label = spec.field(target).label
        ignored = joined(heading for _, heading in others)
        notes.append(
            Text(
                f"请核对：“{best[1]}”和“{ignored.zh}”都像“{label.zh}”，取了与字段同名的“{best[1]}”，"
                f"“{ignored.zh}”原样存进 attributes。要换用请写 --columns {target}={others[0][1]}。",
                f"Please check: {best[1]!r} and {ignored.en!r} both look like {label.en}; {best[1]!r}, which "
                "is its own "
                f"name, was taken, and {ignored.en!r} kept in attributes. To change: --columns "
                f"{target}={others[0][1]}.",
            )
        )
        return best[1]
    named = [heading for _, heading in offers]
    label = spec.field(target).label if target not in _PLACES else Text(target, target)
    raise ColumnError(
        Text(
            f"有 {len(named)} 列都像是“{label.zh}”（{target}）：{'、'.join(named)}。",
            f"{counted(len(named), 'column looks', 'columns look')} like {label.en} ({target}): {', '.join(named)}.",
        ),
        Text(
            f"用 --columns 指明一列，例如 --columns {target}={named[0]}。",
            f"Name one with --columns, for example --columns {target}={named[0]}.",
        ),
    )


def _factors(spec: LayerSpec, fields: Mapping[str, str], notes: list[Text]) -> dict[str, float]:
    factors: dict[str, float] = {}
    for name, heading in fields.items():
        unit = spec.field(name).unit
        said = re.findall(r"[(\[【]([^)\]】]*)[)\]】]", unicodedata.normalize("NFKC", heading))
        for word in said:
            factor = _FACTORS.get(unit, {}).get(word.removeprefix("单位:").strip().casefold())
            if factor:
                factors[name] = factor
                notes.append(
                    Text(
                        f"“{heading}”按 1 {word} = {factor:g} {unit} 换算。",
                        f"{heading!r} was converted: 1 {word} = {factor:g} {unit}.",
                    )
                )
    return factors
