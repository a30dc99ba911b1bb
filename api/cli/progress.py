"""Progress on stderr: a bar where a person looks on, and a plain line now and then where a file or a program does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from api.cli.language import chosen
from api.cli.output import remark
from layers.progress import Progress
from layers.text import Text

_EVERY_S = 5.0


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a progress to hand to long work; the bar goes away when the block ends.

    Without a terminal the stage and its share are written as a line every five seconds, so that quick work says
    nothing.
    """
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        with _in_lines(_EVERY_S) as told:
            yield told
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, object] = {}
    with Bars(*columns, console=console, transient=True) as bars:

        def show(stage: Text, done: int, total: int | None) -> None:
            words = stage.pick(chosen())
            if words not in tasks:
                tasks[words] = bars.add_task(words, total=total)
            bars.update(tasks[words], completed=done, total=total)  # type: ignore[arg-type]

        yield show


@contextmanager
def _in_lines(every_s: float) -> Iterator[Progress]:
    """Write the stage that goes on, every so many seconds, until the block ends."""
    lang, now, over = chosen(), [""], threading.Event()

    def note(stage: Text, done: int, total: int | None) -> None:
        share = f" {done}/{total} ({done / total:.0%})" if total else ""
        now[0] = f"{stage.pick(lang)}{share}"

    def tell() -> None:
        while not over.wait(every_s):
            if now[0]:
                remark(f"… {now[0]}")

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield note
    finally:
        over.set()
        teller.join()
