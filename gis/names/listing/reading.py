"""Opening a list of names: any table ``layers.reading`` can read, or one name a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gis.names.candidate import Candidate
from gis.names.listing.columns import NAME_LIST, READ_AS_THEY_STAND
from gis.names.listing.places import Jurisdiction, Places, plain_code
from gis.names.listing.plain import lines_of
from gis.names.listing.rows import ListedName, Problem, class_code, named
from layers.errors import ColumnError, InputError
from layers.model import Field, Kind
from layers.reading.headings import Matching, knows, match_headings
from layers.reading.opening import open_source
from layers.reading.source import Batch, Source, Wish
from layers.reading.values import CellError, convert, degrees_of, is_missing, text_of
from layers.text import Text

_TEXTS = ("status", "registered_name", "signed_name")
_FACTS = ("approved_on", "in_use_since", "heritage", "site_m2", "floor_area_m2", "floors")
_GREEN = Field("green_rate", Kind.FLOAT, Text("绿地率", "Green rate"), minimum=0, maximum=100)
_NO_CLASS = Text(
    "“{}”不是已知的地名类别，按类别不明检查。", "{!r} is no known class: judged with the class unknown."
)
_NO_PLACE = Text(
    "辖区不明，没有与清单中其他地名比较重名。",
    "The jurisdiction is not known: not compared with the other names.",
)


@dataclass(frozen=True, slots=True)
class NameList:
    """A list as it was read: its rows in file order, and what to say about the file."""

    rows: tuple[ListedName, ...]
    notes: tuple[Text, ...] = ()


def read_list(
    path: Path,
    *,
    jurisdiction: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> NameList:
    """Read a list of names.

    Parameters
    ----------
    path
        A table (.csv, .tsv, .txt, .xlsx …) with a column of names, or a text with one name a line.
    jurisdiction
        Division code of rows that say nothing of their own.
    columns
        Field of ``NAME_LIST`` -> heading, where the headings do not speak for themselves.

    Returns
    -------
    NameList
        As many rows as the file has, in its order. What cannot be read is a problem of its row, never a lost row.

    Raises
    ------
    ColumnError
        When a table has no column of names, or two.
    InputError
        When ``jurisdiction`` is no division code; files raise as ``layers.reading.open_source`` does.
    """
    places = Places(plain_code(jurisdiction) if jurisdiction else "")
    plain = None if columns else lines_of(path, encoding)
    if plain is not None:
        return NameList(tuple(_of_line(row, name, places) for row, name in plain.rows), plain.notes)
    with open_source(path, Wish(encoding=encoding, knows=knows(NAME_LIST))) as source:
        matching = _matched(source, columns or {}, path)
        rows = [row for batch in source.batches() for row in _rows(batch, matching, places)]
        return NameList(tuple(rows), (*source.notes, *matching.notes, *_unknown(matching)))


def _of_line(row: int, name: str, places: Places) -> ListedName:
    where = places.of("", "", "", "")
    return _listed(row, {"name": name}, where, [])


def _matched(source: Source, wished: Mapping[str, str], path: Path) -> Matching:
    matching = match_headings(NAME_LIST, source.headings, wished, has_geometry=source.has_geometry)
    if "name" not in matching.fields:
        raise ColumnError(
            Text(
                f"{path.name} 没有名称列（name、名称、地名）；现有列：{'、'.join(source.headings)}。",
                f"{path.name} has no column of names (name, 名称, 地名); its columns: {', '.join(source.headings)}.",
            ),
            Text("请改表头，或用 --columns name=表头 指明。", "Name it with --columns name=HEADING."),
        )
    return matching


def _unknown(matching: Matching) -> tuple[Text, ...]:
    if not matching.unknown:
        return ()
    listed = matching.unknown[:20]
    return (Text(f"没有用到的列：{'、'.join(listed)}。", f"Columns not used: {', '.join(listed)}."),)


def _rows(batch: Batch, matching: Matching, places: Places) -> list[ListedName]:
    problems: dict[int, list[Problem]] = {at: [] for at in range(len(batch.rows))}
    values: dict[str, Sequence[Any]] = {}
    numbers = [int(row) for row in batch.rows]

    def refuse(at: int, column: str, value: object, reason: Text) -> None:
        problems[at].append(Problem(numbers[at], column, str(value)[:200], reason))

    for name, heading in matching.fields.items():
        raw = batch.table[heading].tolist()
        if name == "green_rate":
            raw = [_percent(cell) for cell in raw]
        elif name in READ_AS_THEY_STAND:
            values[name] = [str(text_of(cell)) for cell in raw]
            continue
        field = _GREEN if name == "green_rate" else NAME_LIST.field(name)
        cells = convert(raw, field, factor=matching.factors.get(name, 1.0))
        values[name] = cells.cells.tolist()
        for at, reason in cells.refused.items():
            refuse(at, heading, raw[at], reason)
    for axis, heading in matching.places.items():
        if axis in {"lon", "lat"}:
            values[axis] = [
                _degrees(at, cell, heading, refuse) for at, cell in enumerate(batch.table[heading])
            ]
    for at, extra in batch.ragged.items():
        refuse(
            at, "+", "，".join(extra), Text("这一行的单元格比表头多。", "More cells than there are headings.")
        )
    return [_row(numbers[at], {k: v[at] for k, v in values.items()}, problems[at], places) for at in problems]


def _percent(cell: Any) -> Any:  # noqa: ANN401 - a raw cell
    """Read ``35%`` as 35, and a share such as 0.35 (as workbooks keep percentages) as 35."""
    text = text_of(cell).replace("％", "%")
    if text.endswith("%"):
        return text[:-1]
    return cell * 100 if isinstance(cell, float) and 0 < cell <= 1 else cell


def _degrees(at: int, cell: Any, heading: str, refuse: Any) -> float | None:  # noqa: ANN401 - a raw cell, a closure
    try:
        value = degrees_of(cell)
    except CellError as error:
        refuse(at, heading, text_of(cell), error.reason)
        return None
    return None if value != value else value  # noqa: PLR0124 - NaN


def _row(row: int, values: dict[str, Any], problems: list[Problem], places: Places) -> ListedName:
    def text(name: str) -> str:
        said = str(values.get(name) or "")
        return "" if is_missing(said) else said

    code = ""
    try:
        code = plain_code(text("code")) if text("code") else ""
    except InputError as error:
        problems.append(Problem(row, "code", text("code"), error.message))
    where = places.of(code, text("province"), text("city"), text("county"))
    divisions = {name: text(name) for name in ("class", "city", "county", "town")}
    return _listed(row, values | divisions, where, problems)


def _listed(row: int, values: Mapping[str, Any], where: Jurisdiction, problems: list[Problem]) -> ListedName:
    word = str(values.get("class") or "")
    kind = class_code(word) if word else None
    notes = []
    if word and kind is None:
        problems.append(Problem(row, "class", word, _filled(_NO_CLASS, word)))
        notes.append(_filled(_NO_CLASS, word))
    if not where.group:
        notes.append(_NO_PLACE)
    lon, lat = _position(row, values, problems)
    facts: dict[str, Any] = {name: values.get(name) for name in (*_TEXTS, *_FACTS, "green_rate")}
    candidate = Candidate(
        id=str(row),
        name=str(values.get("name") or ""),
        entity_class=kind,
        jurisdiction=where.group,
        former_names=named(values.get("former_names")),
        marketing_names=named(values.get("marketing_names")),
        town=str(values.get("town") or ""),
        county=str(values.get("county") or ""),
        city=str(values.get("city") or ""),
        lon=lon,
        lat=lat,
        **facts,
    )
    return ListedName(row, candidate, where, tuple(problems), tuple(notes))


def _position(
    row: int, values: Mapping[str, Any], problems: list[Problem]
) -> tuple[float, float] | tuple[None, None]:
    """Return the position in degrees; none when a part is missing or it is not on earth."""
    lon, lat = values.get("lon"), values.get("lat")
    if lon is None or lat is None:
        return None, None
    if abs(lon) <= 180 and abs(lat) <= 90:  # noqa: PLR2004 - degrees
        return lon, lat
    said = Text("坐标不是经纬度（度）。", "The position is not in degrees.")
    problems.append(Problem(row, "lon, lat", f"{lon:g}, {lat:g}", said))
    return None, None


def _filled(text: Text, word: str) -> Text:
    return Text(text.zh.format(word), text.en.format(word))
