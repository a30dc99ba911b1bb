"""Help in columns: words wider than their column go on in the next line; nothing is cut off."""

from typing import Any


def whole_help() -> None:
    """Let the help that is printed from now on break long words.

    A Chinese sentence has no spaces, so that typer's columns take it for one word and cut what does not fit.
    """
    from typer import rich_utils

    inner: Any = rich_utils._make_rich_text  # noqa: SLF001 - typer offers no other way to say how text overflows
    if getattr(inner, "folds", False):
        return

    def folding(**said: Any) -> Any:  # noqa: ANN401 - typer's own parameters
        text = inner(**said)
        if hasattr(text, "overflow"):
            text.overflow = "fold"
        return text

    folding.folds = True  # type: ignore[attr-defined]
    rich_utils._make_rich_text = folding  # noqa: SLF001 - as above
