"""Progress on stderr: a bar where a person looks on, nothing where a program does."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.cli.language import chosen
from layers.progress import Progress
from layers.text import Text


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a progress to hand to long work; the bar goes away when the block ends."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, object] = {}
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:

        def show(stage: Text, done: int, total: int | None) -> None:
            words = stage.pick(chosen())
            if words not in tasks:
                tasks[words] = bars.add_task(words, total=total)
            bars.update(tasks[words], completed=done, total=total)  # type: ignore[arg-type]

        yield show
