"""The version of the program."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Return the version of the installed distribution, or ``0+unknown`` in a bare checkout."""
    try:
        return version("fangyu")
    except PackageNotFoundError:
        return "0+unknown"
