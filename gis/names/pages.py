"""The manual pages of the rules, made from their docstrings and a pack."""

from collections.abc import Mapping
from inspect import cleandoc

from gis.names.packs import RuleSetting, load_packs, pack_ids
from gis.names.registry import all_rules

SECTIONS = ("What", "Why", "Exceptions")
"""Every rule says these three things."""


def rule_pages(pack_id: str = "national-2022") -> Mapping[str, str]:
    """Return the page of every rule as Markdown, by code, with what the pack says of it.

    A rule that is off in the pack shows the shipped packs that switch it on instead.
    """
    settings = load_packs((pack_id,)).rules
    pages: dict[str, str] = {}
    for code, rule in all_rules().items():
        packs = {pack_id: settings[code]} if code in settings else _switched_on(code)
        lines = [f"# `names.{code}`", "", _as_markdown(cleandoc(rule.page)), "", "## In the packs", ""]
        for one, said in packs.items():
            lines += [f"- {one}: {said.category}, {said.severity}", f"- {said.citation}"]
            lines += [f"- {words.label.zh}（{words.id}）：{words.source}" for words in said.words.lists]
        pages[code] = "\n".join(lines) + "\n"
    return pages


def _switched_on(code: str) -> Mapping[str, RuleSetting]:
    packs = [load_packs((one,)) for one in pack_ids()]
    return {one.id: one.rules[code] for one in packs if code in one.rules}


def _as_markdown(page: str) -> str:
    for section in SECTIONS:
        page = page.replace(f"{section}\n{'-' * len(section)}", f"## {section}\n")
    return page
