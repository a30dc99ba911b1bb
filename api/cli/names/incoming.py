"""A file given to a command on names, or what comes by standard input."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STDIN = "-"
_ZIPPED = b"PK\x03\x04"
"""How a workbook begins."""


@contextmanager
def readable(file: str) -> Iterator[Path]:
    """Give the path of the file; what comes by standard input is put into a file first, kept while it is read."""
    if file != STDIN:
        yield Path(file)
        return
    content = sys.stdin.buffer.read()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("stdin.xlsx" if content.startswith(_ZIPPED) else "stdin.csv")
        path.write_bytes(content)
        yield path
