"""The reject report: every dropped row and cell, streamed to a CSV that opens in Excel."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from layers.importing.report import Reject

KEPT_IN_MEMORY = 1000
_HEADINGS = (
    "行号 row",
    "列 column",
    "值 value",
    "原因",
    "reason",
    "舍去 dropped",
    "原始行 original row (JSON)",
)


class RejectLog:
    """Collects rejects: all of them in a file, the first thousand in memory, in order of rows and columns.

    Parameters
    ----------
    path
        The CSV to write (UTF-8 with BOM), made when the first reject comes; None writes nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: IO[str] | None = None
        self._writer: Any = None
        self._first: list[Reject] = []
        self._waiting: list[tuple[Reject, Callable[[], Mapping[str, Any]]]] = []
        self.count = 0
        self.cells = 0

    @property
    def first(self) -> tuple[Reject, ...]:
        """The first rejects, as far as they are settled."""
        return tuple(self._first)

    @property
    def file(self) -> Path | None:
        """The file written, or None when there was nothing to write."""
        return self._path if self._file is not None else None

    def add(self, reject: Reject, original: Callable[[], Mapping[str, Any]]) -> None:
        """Take one reject; ``original`` gives its row as it stood in the file, when it is settled."""
        self.count += 1
        self.cells += reject.dropped == "cell"
        self._waiting.append((reject, original))

    def settle(self, headings: Sequence[str] = ()) -> None:
        """Write what was added since the last time, by row and then in the order of the headings."""
        order = {heading: number for number, heading in enumerate(headings)}
        self._waiting.sort(key=lambda one: (one[0].row, order.get(one[0].column, len(order))))
        for reject, original in self._waiting:
            if len(self._first) < KEPT_IN_MEMORY:
                self._first.append(reject)
            self._write(reject, original)
        self._waiting.clear()

    def _write(self, reject: Reject, original: Callable[[], Mapping[str, Any]]) -> None:
        if self._path is None:
            return
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(_HEADINGS)
        whole = json.dumps(dict(original()), ensure_ascii=False, default=str)
        self._writer.writerow(
            [
                reject.row,
                _harmless(reject.column),
                _harmless(reject.value),
                *reject.reason,
                reject.dropped,
                whole,
            ]
        )

    def __enter__(self) -> Self:
        """Return the log."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Settle what waits, unless something failed, and close the file."""
        if error is None:
            self.settle()
        if self._file is not None:
            self._file.close()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "@"} or cell[:2] == "-=" else cell
