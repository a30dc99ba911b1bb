"""Every text a page shows, in both languages, from one file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from layers.text import Lang, Text


@cache
def all_texts() -> Mapping[str, Text]:
    """Return every text by key, as written in ``texts.toml``."""
    with (Path(__file__).resolve().parent / "texts.toml").open("rb") as file:
        entries = tomllib.load(file)
    return {key: Text(entry["zh"], entry["en"]) for key, entry in entries.items()}


@cache
def texts(lang: Lang) -> Mapping[str, str]:
    """Return every text by key in one language."""
    return {key: text.pick(lang) for key, text in all_texts().items()}
