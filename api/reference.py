"""What there is to document: every command with its options, every route with its parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer.main

from api.cli import app as program

if TYPE_CHECKING:
    from fastapi import FastAPI

_HELP_OPTIONS = {"--help", "-h"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or option of a command, or a parameter of a route: as it is written, and what it does."""

    written: str
    help: str


@dataclass(frozen=True, slots=True)
class Page:
    """A command (``cover``) or a route (``GET /api/layers``) to document."""

    name: str
    help: str
    parameters: tuple[Parameter, ...]


def commands() -> tuple[Page, ...]:
    """List every command of ``fangyu`` in the order of its help."""
    return tuple(_pages(typer.main.get_command(program)))


def _pages(group: Any, before: str = "") -> Iterator[Page]:  # noqa: ANN401 - typer's classes are its own affair
    """Yield a page for every command of a group, and of the groups in it (``names check``)."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _pages(command, f"{before}{name} ")
        else:
            parameters = tuple(_parameter(one) for one in command.params if _is_ours(one))
            yield Page(f"{before}{name}", command.help or "", parameters)


def routes(app: "FastAPI") -> tuple[Page, ...]:
    """List every documented route of the application, by address."""
    return tuple(
        Page(
            f"{method.upper()} {address}",
            f"{operation.get('summary', '')}\n{operation.get('description', '')}".strip(),
            tuple(
                Parameter(one["name"], one.get("description") or one["schema"].get("description", ""))
                for one in operation.get("parameters", ())
            ),
        )
        for address, operations in sorted(app.openapi()["paths"].items())
        for method, operation in operations.items()
    )


def _is_ours(parameter: Any) -> bool:  # noqa: ANN401 - typer's parameter classes are its own affair
    return not _HELP_OPTIONS & set(parameter.opts)


def _parameter(parameter: Any) -> Parameter:  # noqa: ANN401 - likewise
    named = parameter.metavar if parameter.param_type_name == "argument" else ", ".join(parameter.opts)
    return Parameter(named or parameter.name, parameter.help or "")
