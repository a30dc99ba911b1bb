"""Closed lists of values: the stored code, its labels, and the words offices write for it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data import shipped
from layers.text import Text


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a vocabulary."""

    code: str
    label: Text
    aliases: tuple[str, ...]


@cache
def vocabulary(name: str) -> Mapping[str, Term]:
    """Return the terms of a shipped vocabulary by code.

    Raises
    ------
    FileNotFoundError
        When no vocabulary of that name was shipped.
    """
    with shipped(f"vocabularies/{name}.toml").open("rb") as file:
        entries = tomllib.load(file)
    return {
        code: Term(code, Text(entry["zh"], entry["en"]), tuple(entry["aliases"]))
        for code, entry in entries.items()
    }


@cache
def _codes_by_word(name: str) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for term in vocabulary(name).values():
        for word in (term.code, term.label.zh, term.label.en, *term.aliases):
            words.setdefault(word.strip().casefold(), term.code)
    return words


def code_for(name: str, word: str) -> str | None:
    """Return the code a written word stands for (code, label or alias, any case), or None when unknown."""
    return _codes_by_word(name).get(word.strip().casefold())


def label_of(name: str, code: str) -> Text:
    """Return the labels of a code; a code that is not in the list labels itself."""
    term = vocabulary(name).get(code)
    return term.label if term else Text(code, code)
