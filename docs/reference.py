"""Write the reference pages from the code itself, so that they cannot be out of date.

    python docs/reference.py FOLDER

``conf.py`` runs it before every build; ``tests/test_docs.py`` checks that nothing is left out.
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import fields
from inspect import getdoc
from pathlib import Path

from api.app import create_app
from api.reference import Page, commands, routes
from gis.coverage.definitions import DEFINITIONS
from gis.names.pages import rule_pages
from layers.norms import load_profile, profile_ids
from layers.specs import SPECS
from layers.vocabulary import vocabulary
from layers.workspace import Settings, Workspace


def layers_page() -> str:
    """Write every layer and field."""
    lines = ["# 图层与字段 / Layers and fields", ""]
    for spec in SPECS.values():
        who = "公开 / public" if spec.public else "须登录 / needs a login"
        lines += [f"## {spec.label.zh} `{spec.id}`", "", f"{spec.label.en} · {who}", ""]
        lines += ["| 字段 | 名称 | English | 类型 | 单位 | 必填 | 公开 |", "|---|---|---|---|---|---|---|"]
        for one in spec.fields:
            kind = f"{one.kind} ({one.vocabulary})" if one.vocabulary else str(one.kind)
            marks = " | ".join("✓" if yes else "" for yes in (one.required, one.public))
            lines.append(
                f"| `{one.name}` | {one.label.zh} | {one.label.en} | {kind} | {one.unit} | {marks} |"
            )
        lines.append("")
    return "\n".join(lines)


def vocabularies_page() -> str:
    """Write every closed list of values with the words it is recognised by."""
    names = sorted({one.vocabulary for spec in SPECS.values() for one in spec.fields if one.vocabulary})
    lines = ["# 取值表 / Vocabularies", ""]
    for name in names:
        lines += [f"## `{name}`", "", "| 代码 | 名称 | English | 也写作 |", "|---|---|---|---|"]
        lines += [
            f"| `{term.code}` | {term.label.zh} | {term.label.en} | {'、'.join(term.aliases)} |"
            for term in vocabulary(name).values()
        ]
        lines.append("")
    return "\n".join(lines)


def coverage_page() -> str:
    """Write every coverage definition."""
    lines = ["# 覆盖定义 / Coverage definitions", ""]
    for one in DEFINITIONS.values():
        lines += [f"## {one.id} {one.label.zh} · {one.label.en}", "", one.formula.zh, "", one.formula.en, ""]
    return "\n".join(lines)


def norms_page() -> str:
    """Write every norm profile with the standing of each value."""
    lines = ["# 规范取值 / Norm profiles", ""]
    for name in profile_ids():
        profile = load_profile(name)
        lines += [f"## {profile.label.zh} `{name}`", ""]
        lines += ["| 参数 | 含义 | 取值 | 适用 | 范围 | 出处 | 已核原文 |", "|---|---|---|---|---|---|---|"]
        lines += [
            f"| `{v.param}` | {v.label.zh} | {v.value} {v.unit} | {v.applies_to} | {v.jurisdiction} | "
            f"{v.source} {v.clause} | {'✓' if v.verified else '否：可改的默认值'} |"
            for v in profile.values
        ]
        lines.append("")
    return "\n".join(lines)


def rules_page() -> str:
    """Write the page of every name rule."""
    pages = ("\n".join(_deeper(line) for line in page.splitlines()) for page in rule_pages().values())
    return "# 地名规则 / Name rules\n\n" + "\n\n".join(pages) + "\n"


def settings_page() -> str:
    """Write what ``fangyu.toml`` may say."""
    said = getdoc(Settings) or ""
    names = "\n".join(f"* `{one.name}`" for one in fields(Settings))
    return f"# 工作区设置 / fangyu.toml\n\n{names}\n\n```text\n{said}\n```\n"


def commands_page() -> str:
    """Write every command."""
    return "# 命令 / Commands\n\n" + "\n".join(_page(f"fangyu {one.name}", one) for one in commands())


def routes_page() -> str:
    """Write every HTTP route."""
    with tempfile.TemporaryDirectory() as folder:
        Workspace.create(Path(folder) / "w", Settings(code="000000", name="reference")).close()
        listed = routes(create_app(Path(folder) / "w", key="reference"))
    return "# 接口 / HTTP routes\n\n" + "\n".join(_page(one.name, one) for one in listed)


PAGES: Mapping[str, Callable[[], str]] = {
    "layers": layers_page,
    "vocabularies": vocabularies_page,
    "coverage": coverage_page,
    "norms": norms_page,
    "rules": rules_page,
    "settings": settings_page,
    "commands": commands_page,
    "routes": routes_page,
}


def write_all(folder: Path) -> None:
    """Write every reference page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / f"{name}.md").write_text(page() + "\n", encoding="utf-8")


def _deeper(line: str) -> str:
    return f"#{line}" if line.startswith("#") else line


def _page(title: str, page: Page) -> str:
    rows = [f"| `{one.written}` | {one.help.replace('|', '/')} |" for one in page.parameters]
    table = ["| 参数 | 说明 |", "|---|---|", *rows] if rows else []
    return "\n".join([f"## `{title}`", "", page.help, "", *table, ""])


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
