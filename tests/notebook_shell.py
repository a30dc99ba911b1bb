"""A real interactive shell without history or settings of its own, as a notebook runs cells in."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def shell_in(folder: Path) -> "Iterator[InteractiveShell]":
    settings = Config()
    settings.HistoryManager.enabled = False
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=settings, ipython_dir=str(folder))
    try:
        yield shell
    finally:
        shell.restore_sys_module_state()
        InteractiveShell.clear_instance()


def shown(shell: InteractiveShell, cell: str) -> dict[str, Any]:
    """Run a cell; give what the display formatter makes of its last line, by media type."""
    ran = shell.run_cell(cell)
    ran.raise_error()
    forms, _ = shell.display_formatter.format(ran.result)
    return dict(forms)
