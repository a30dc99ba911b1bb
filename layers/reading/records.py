"""JSON rows that are no GeoJSON: a list of objects, or pages of ``records`` as the national place-name service gives.

The service names every place once in a row and tells more of it under ``details``; objects in a row are laid flat.
``gdm`` holds the place as GeoJSON in CGCS2000 degrees, its type in small letters. Rows we wrote ourselves have an
object ``fangyu`` besides, and come back as they went.
"""

import contextlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely

from layers.errors import FileFormatError
from layers.place_type_codes import is_place_type_code, place_type_codes
from layers.reading.delimited import heading_only
from layers.reading.encoding import detect_encoding
from layers.reading.source import ROWS_PER_BATCH, BadCell, Batch, Source, Wish, batch_of_rows
from layers.text import Text, counted
from layers.vocabulary import code_for

PLACE, NAMED = "gdm", "standard_name"
OURS, WHOLE = "fangyu", "geometry"
"""Where our own rows keep what the service has no field for, and in it the WKT of a shape that ``gdm`` changes."""
_SAID_TWICE = frozenset({"place_type", "area"})
"""What our own rows say once more in the words of the service."""
_CHUNK = 1 << 20
_HEAD_BYTES = 4096
_LARGEST_BYTES = 1 << 30
_SHOWN = 60
_LISTED = 5
_TYPES = {
    one.casefold(): one
    for one in ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
}
_TOWN_DIGITS = 9

Row = dict[str, Any]


def holds_records(path: Path) -> bool:
    """Tell by its first bytes whether a JSON file holds plain rows: a list, or an object that is no GeoJSON."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if head.startswith("["):
        return True
    geojson = any(word in head for word in ('"Feature"', '"FeatureCollection"', '"features"', '"crs"'))
    return head.startswith("{") and '"records"' in head and not geojson


@contextlib.contextmanager
def open_records(path: Path, wish: Wish) -> Iterator[Source]:
    """Open a JSON file of rows.

    Rows that are no objects are kept as rows with a bad cell, so that the report names them. A class code that is not
    known is kept as written and said in the notes.

    Raises
    ------
    EncodingError, FileFormatError
        The text is in no known encoding; it is no JSON, holds no rows, or is larger than 1 GiB.
    """
    encoding, rows = _read(path, wish)
    if not rows:
        raise heading_only(path)
    named = next((key for row in rows if isinstance(row, dict) for key in row), NAMED)
    broken = NAMED if any(isinstance(row, dict) and NAMED in row for row in rows) else named
    flat = [_flat(row, broken) for row in rows]
    notes = _about_codes(flat) if any(PLACE in row or NAMED in row for row in flat) else ()
    headings = tuple(dict.fromkeys(key for row in flat for key in row))
    yield Source(
        kind="json",
        headings=headings,
        batches=lambda: _batches(flat, headings),
        crs="EPSG:4490" if PLACE in headings else None,
        encoding=encoding,
        total=len(flat),
        notes=notes,
    )


def _read(path: Path, wish: Wish) -> tuple[str, list[Any]]:
    if path.stat().st_size > _LARGEST_BYTES:
        raise FileFormatError(
            Text(f"{path.name} 超过 1 GiB，不能整体读入。", f"{path.name} is larger than 1 GiB."),
            Text("请分成几个文件导入。", "Split it into several files."),
        )
    with path.open("rb") as file:
        encoding = detect_encoding(iter(lambda: file.read(_CHUNK), b""), wish.encoding)
    try:
        said = json.loads(path.read_bytes().decode(encoding).lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise FileFormatError(
            Text(f"{path.name} 不是完整的 JSON：{error}。", f"{path.name} is no whole JSON: {error}."),
            Text("请重新导出或下载。", "Export or download it again."),
        ) from error
    return encoding, _rows_of(said, path)


def _rows_of(said: Any, path: Path) -> list[Any]:  # noqa: ANN401 - any JSON value
    """Find the rows: a list of rows, a page with ``records``, or a list of such pages."""
    if isinstance(said, dict) and isinstance(said.get("records"), list):
        return list(said["records"])
    if isinstance(said, list):
        pages = [one["records"] if _is_page(one) else [one] for one in said]
        return [row for page in pages for row in page]
    raise FileFormatError(
        Text(
            f"{path.name} 里没有记录：应为一组对象，或含 records 的分页。",
            f"{path.name} holds no rows: a list of objects or pages with records are expected.",
        ),
        Text("请检查是否选对了文件。", "Check whether it is the right file."),
    )


def _is_page(one: Any) -> bool:  # noqa: ANN401 - any JSON value
    return isinstance(one, dict) and isinstance(one.get("records"), list)


def _flat(row: Any, broken: str) -> Row:  # noqa: ANN401 - any JSON value
    """Lay the objects of a row flat; the row's own value goes before one from within.

    What is no object becomes a bad cell of the column ``broken``.
    """
    if not isinstance(row, dict):
        return {broken: BadCell(str(row)[:_SHOWN], Text("这一行不是对象。", "The row is no object."))}
    flat: Row = {key: value for key, value in row.items() if key == PLACE or not isinstance(value, dict)}
    for key, inner in row.items():
        if key != PLACE and isinstance(inner, dict):
            for name, value in inner.items():
                if flat.get(name) in (None, ""):
                    flat[name] = value
    ours = isinstance(row.get(OURS), dict) and NAMED in row
    if PLACE in flat:
        whole = flat.pop(WHOLE, None) if ours else None
        flat[PLACE] = _whole(whole) or _place(flat[PLACE])
    if NAMED in flat:
        _one_history(flat)
        if ours:
            flat = {key: value for key, value in flat.items() if key not in _SAID_TWICE}
        else:
            _derive(flat)
    return {key: _cell(value) for key, value in flat.items()}


def _derive(flat: Row) -> None:
    """Fill what the service says in other words: class from class code, unit from ``area``."""
    if flat.get("entity_class") in (None, ""):
        known = place_type_codes().get(str(flat.get("place_type_code") or "").strip())
        flat["entity_class"] = (
            known.entity_class if known else code_for("name_class", str(flat.get("place_type") or ""))
        )
    area = str(flat.get("area") or "")
    town = len(area) == _TOWN_DIGITS and area.isdigit() and not area.endswith("999")
    if flat.get("unit_code") in (None, "") and town:
        flat["unit_code"] = area


def _one_history(flat: Row) -> None:
    """Make one history of the two of the service."""
    histories = [flat.pop(name, None) for name in ("place_history", "government_history")]
    flat["government_history"] = "；".join(dict.fromkeys(str(one) for one in histories if one)) or None


def _whole(written: Any) -> str | None:  # noqa: ANN401 - any JSON value
    """Return WKT that can be read, else None: then ``gdm`` says where the place is."""
    if not isinstance(written, str):
        return None
    shape = shapely.from_wkt(written, on_invalid="ignore")
    return None if shape is None or shape.is_empty else written


def _place(said: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Turn a GeoJSON geometry (or its text) into WKT; what is none becomes a bad cell, what is blank stays blank."""
    if said in (None, "", {}, []):
        return None
    try:
        geometry = json.loads(said) if isinstance(said, str) else said
        shape = shapely.geometry.shape(
            {"type": _TYPES[str(geometry["type"]).casefold()], "coordinates": geometry["coordinates"]}
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
        shown = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
        reason = Text(
            "gdm 不是 GeoJSON 几何（如 multipoint 与坐标对）。",
            "gdm is no GeoJSON geometry (such as multipoint with pairs).",
        )
        return BadCell(shown[:_SHOWN], reason)
    return None if shape.is_empty else shape.wkt


def _cell(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        return ";".join(str(one) for one in value) or None
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


def _about_codes(rows: Sequence[Mapping[str, Any]]) -> tuple[Text, ...]:
    """Say which class codes are malformed and which are not in the list of known ones."""
    codes = Counter(str(row.get("place_type_code") or "").strip() for row in rows)
    del codes[""]
    wrong = {code: count for code, count in codes.items() if not is_place_type_code(code)}
    strange = {
        code: count for code, count in codes.items() if code not in wrong and code not in place_type_codes()
    }
    notes = []
    if wrong:
        notes.append(
            Text(
                f"{sum(wrong.values())} 行的类别代码不是五位数字，原样保留：{_listed(wrong, '、')}。",
                f"The class code of {counted(sum(wrong.values()), 'row')} is not five digits, kept as written: "
                f"{_listed(wrong, ', ')}.",
            )
        )
    if strange:
        notes.append(
            Text(
                f"{sum(strange.values())} 行的类别代码不在已知代码表中，原样保留：{_listed(strange, '、')}。",
                f"The class code of {counted(sum(strange.values()), 'row')} is not in the list of known ones, "
                "kept as written: "
                f"{_listed(strange, ', ')}.",
            )
        )
    return tuple(notes)


def _listed(codes: Mapping[str, int], comma: str) -> str:
    first = [f"{code}×{count}" for code, count in sorted(codes.items())[:_LISTED]]
    return comma.join(first) + ("…" if len(codes) > _LISTED else "")


def _batches(rows: Sequence[Row], headings: tuple[str, ...]) -> Iterator[Batch]:
    for begun in range(0, len(rows), ROWS_PER_BATCH):
        some = rows[begun : begun + ROWS_PER_BATCH]
        numbers = range(begun + 1, begun + 1 + len(some))
        yield batch_of_rows(numbers, [[row.get(name) for name in headings] for row in some], headings, {})
