"""The commands on place names: ``fangyu names …``."""

from types import ModuleType

import typer

from api.cli.names import (
    auditing,
    checking,
    deciding,
    documents,
    gazetteer,
    listing_cases,
    packs,
    prechecking,
    romanizing,
    signs,
)

_COMMANDS: tuple[ModuleType, ...] = (
    auditing,
    checking,
    prechecking,
    romanizing,
    packs,
    listing_cases,
    deciding,
    documents,
    gazetteer,
    signs,
)


def add_to(app: typer.Typer) -> None:
    """Add the group to the program."""
    group = typer.Typer(name="names", help="地名：检查、核名、注音、审核 / Place names", no_args_is_help=True)
    for module in _COMMANDS:
        module.add_to(group)
    app.add_typer(group)
