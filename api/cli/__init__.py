"""The command line; importing it loads no geometry library and no web framework, so that ``--help`` is quick."""

from api.cli.application import app, main

__all__ = ["app", "main"]
