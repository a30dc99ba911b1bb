"""Templates, and JSON that is safe inside a page."""

import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).resolve().parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: Any) -> str:  # noqa: ANN401 - what a template takes
    """Fill a template; everything that is not Markup is escaped."""
    return _environment().get_template(template).render(**values)


def json_inside(value: object) -> Markup:
    """Write JSON for a ``<script type="application/json">``."""
    return json_text_inside(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def json_text_inside(text: str) -> Markup:
    """Make JSON text safe inside a script element: no name can end the element or open a comment.

    ``<`` occurs in JSON only inside strings, where its escape means the same.
    """
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(safe)  # noqa: S704 - escaped above


def program_version() -> str:
    """Return the version of the installed program, or ``"0"`` when it runs without being installed."""
    try:
        return version("fangyu")
    except PackageNotFoundError:
        return "0"
