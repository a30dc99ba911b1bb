"""The manual pages of the rules, made from their docstrings and a pack."""

from collections.abc import Mapping
from inspect import cleandoc

from gis.names.packs import load_packs
from gis.names.registry import all_rules

SECTIONS = ("What", "Why", "Exceptions")
"""Every rule says these three things."""


def rule_pages(pack_id: str = "national-2022") -> Mapping[str, str]:
    """Return the page of every rule as Markdown, by code, with what the pack says of it."""
    settings = load_packs((pack_id,)).rules
    pages: dict[str, str] = {}
    for code, rule in all_rules().items():
        lines = [f"# `names.{code}`", "", _as_markdown(cleandoc(rule.page))]
        if code in settings:
            said = settings[code]
            lines += [
                "",
                "## In the pack",
                "",
                f"- {pack_id}: {said.category}, {said.severity}",
                f"- {said.citation}",
                *(f"- {one.label.zh}（{one.id}）：{one.source}" for one in said.words.lists),
            ]
        pages[code] = "\n".join(lines) + "\n"
    return pages


def _as_markdown(page: str) -> str:
    for section in SECTIONS:
        page = page.replace(f"{section}\n{'-' * len(section)}", f"## {section}\n")
    return page
