"""The rows of a file that are wanted: those whose cells say what the user named."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from layers.errors import ColumnError, InputError
from layers.reading.source import Batch, Source
from layers.reading.values import text_of
from layers.text import Text, counted

_SHOWN = 10


def selected(source: Source, only: Mapping[str, str], *, named: str) -> Source:
    """Leave out the rows whose cells say something else; the file is read once more beforehand to count them.

    Parameters
    ----------
    only
        Heading to the value wanted, or several divided by ``|``; a row has to fit every heading. Compared as text
        without blanks at the ends. Nothing leaves the source as it is.
    named
        What messages call the file.

    Raises
    ------
    ColumnError
        When there is no such heading.
    InputError
        When no row fits.
    """
    if not only:
        return source
    absent = [one for one in only if one not in source.headings]
    if absent:
        raise ColumnError(
            Text(f"{named} 里没有“{absent[0]}”这一列。", f"{named} has no column {absent[0]!r}."),
            Text(f"现有列：{'、'.join(source.headings)}。", f"Its columns: {', '.join(source.headings)}."),
        )
    wanted = {heading: {one.strip() for one in said.split("|")} for heading, said in only.items()}
    kept, seen, there = _counted(source, wanted)
    if not kept:
        raise _none_fits(named, only, there)
    return replace(
        source,
        batches=lambda: _fitting(source.batches(), wanted),
        total=kept,
        notes=(*source.notes, _told(only, kept, seen)),
    )


def _counted(source: Source, wanted: Mapping[str, set[str]]) -> tuple[int, int, dict[str, Counter[str]]]:
    """Count the rows that fit and all rows, and how often each value stands in the columns asked for."""
    kept = seen = 0
    there: dict[str, Counter[str]] = {heading: Counter() for heading in wanted}
    for batch in source.batches():
        kept += int(_fits(batch, wanted).sum())
        seen += len(batch.rows)
        for heading, counter in there.items():
            counter.update(_texts(batch, heading))
    return kept, seen, there


def _texts(batch: Batch, heading: str) -> list[str]:
    return [text_of(cell).strip() for cell in batch.table[heading]]


def _fits(batch: Batch, wanted: Mapping[str, set[str]]) -> npt.NDArray[np.bool_]:
    fits = np.ones(len(batch.rows), dtype=bool)
    for heading, values in wanted.items():
        fits &= np.array([one in values for one in _texts(batch, heading)], dtype=bool)
    return fits


def _fitting(batches: Iterator[Batch], wanted: Mapping[str, set[str]]) -> Iterator[Batch]:
    for batch in batches:
        at = np.flatnonzero(_fits(batch, wanted))
        if not len(at):
            continue
        place = {old: new for new, old in enumerate(at.tolist())}
        yield Batch(
            batch.rows[at],
            batch.table.iloc[at].reset_index(drop=True),
            None if batch.geometry is None else batch.geometry[at],
            {place[old]: extra for old, extra in batch.ragged.items() if old in place},
        )


def _written(only: Mapping[str, str]) -> Text:
    return Text(
        "、".join(f"“{heading}”为“{said}”" for heading, said in only.items()),
        ", ".join(f"{heading} = {said}" for heading, said in only.items()),
    )


def _told(only: Mapping[str, str], kept: int, seen: int) -> Text:
    what = _written(only)
    return Text(
        f"只取{what.zh}的 {kept} 行，其余 {seen - kept} 行不取。",
        f"Only the {counted(kept, 'row')} with {what.en} were taken; {seen - kept} others were left out.",
    )


def _none_fits(named: str, only: Mapping[str, str], there: Mapping[str, Counter[str]]) -> InputError:
    what = _written(only)
    values_zh, values_en = (
        _listed(there, blank, comma) for blank, comma in (("（空）", "、"), ("(blank)", ", "))
    )
    return InputError(
        Text(f"{named} 没有一行{what.zh}。", f"No row of {named} has {what.en}."),
        Text(f"现有取值（行数）：{values_zh}。", f"Values there (rows): {values_en}."),
    )


def _listed(there: Mapping[str, Counter[str]], blank: str, comma: str) -> str:
    """List the commonest values of each column with their numbers of rows."""
    said = []
    for heading, counter in there.items():
        values = comma.join(f"{one or blank} ({count})" for one, count in counter.most_common(_SHOWN))
        said.append(f"{heading} {values}")
    return "; ".join(said)
