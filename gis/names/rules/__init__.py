"""The name rules, one file each; the docstring of a rule is its page in the manual."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules


@cache
def load() -> None:
    """Import every rule file once, so that its rules register themselves."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
