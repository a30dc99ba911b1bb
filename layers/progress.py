"""How long work tells how far it is, without knowing whether a terminal or a browser listens."""

from typing import Protocol

from layers.text import Text


class Progress(Protocol):
    """Called now and then while work goes on."""

    def __call__(self, stage: Text, done: int, total: int | None) -> None:
        """Say that ``done`` of ``total`` steps of ``stage`` are done; ``total`` is None when unknown."""


def silent(stage: Text, done: int, total: int | None) -> None:
    """Ignore all progress."""
