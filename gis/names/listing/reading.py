"""Opening a list of names: any table ``layers.reading`` can read, or one name a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gis.names.candidate import Candidate
from gis.names.listing.blanks import blank_rows
from gis.names.listing.columns import NAME_LIST, READ_AS_THEY_STAND
from gis.names.listing.places import Jurisdiction, Places, looked_up, plain_code
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
    default = plain_code(jurisdiction) if jurisdiction else ""
    places, about_default = Places(default), _unlisted(default)
    plain = None if columns else lines_of(path, encoding)
    if plain is not None:
        named_rows = tuple(_of_line(row, name, places) for row, name in plain.rows)
        return NameList(named_rows, (*plain.notes, *about_default))
    with open_source(path, Wish(encoding=encoding, knows=knows(NAME_LIST))) as source:
        matching = _matched(source, columns or {}, path)
        rows = [row for batch in source.batches() for row in _rows(batch, matching, places)]
        blank = blank_rows(path, source.encoding, [row.row for row in rows])
        notes = (*source.notes, *matching.notes, *_unknown(matching))
    rows = sorted((*rows, *(_of_line(row, "", places) for row in blank)), key=lambda one: one.row)
    return NameList(tuple(rows), (*notes, *about_default))


def _unlisted(code: str) -> tuple[Text, ...]:
    """Say how far a code was looked up: no list of counties comes with the program."""
    known, name = looked_up(code)
    if len(known) >= len(code):
        return ()
    return (
        Text(
            f"区划代码 {code} 只核对到 {known}（{name}）：本程序没有附区县名单，此后各位是否存在请自行核对。",
            f"Division code {code} was looked up as far as {known} ({name}): no list of counties comes with the "
            "program, so please check that the rest exists.",
        ),
    )


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

    names = {name: text(name) for name in ("class", "province", "city", "county", "town")}
    code = _code(row, text("code"), names, problems)
    where = places.of(code, names["province"], names["city"], names["county"])
    return _listed(row, values | names, where, problems)


def _code(row: int, own: str, names: dict[str, str], problems: list[Problem]) -> str:
    """Return the division code of a row: its own, else one that stands where a name of a division should."""
    written = {"code": own} if own else {}
    for column in ("town", "county", "city", "province"):
        if names[column].isascii() and names[column].isdigit():
            written[column], names[column] = names[column], ""
    for column, code in written.items():
        try:
            return plain_code(code)
        except InputError as error:
            problems.append(Problem(row, column, code, error.message))
    return ""


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
