"""How good the name rules, readings and namesakes are, on cases at hand, beside a keyword list and plain pypinyin.

    python bench/names.py [FOLDER with dev_positives.csv …]

Prints every figure for both halves of the cases. Half A was read while the rules were made; of half B only totals
were, so it is less than blind. Recall counts names listed as 大, 洋 or 怪 that come out suspect or review; “disputed”
are those whose listing was contested, “grey” communities named after estates: both belong under review. Names with
trigger words are legal names of villages, judged as such. The keyword baseline is the list most offices use; plain
pypinyin reads every name by its defaults.
"""

import csv
import hashlib
import lzma
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from pypinyin import Style, pinyin

from gis.names import Candidate, check_name, load_packs, read_name, status_of

CATEGORIES = frozenset("大洋怪")
DEFAULT_FOLDER = Path(__file__).resolve().parents[1] / "../shared/data/names"
_KEYWORDS = (
    "宇宙 中央 天下 世界 环球 欧洲 澳洲 美洲 中国 中华 全国 万国 国际 皇帝 皇庭 御府 帝都 王府 相府 皇 帝 御 "
    "罗马 巴黎 维也纳 柏林 曼哈顿 纽约 伦敦 威尼斯 东京 加州 哑巴 黄泉"
)
_GRADES = {
    "exact": {"exact"},
    "same_specific_different_generic": {"same_specific"},
    "tonal_homophone": {"tonal"},
    "toneless_homophone_only": {"toneless"},
}
"""Relation of dev_homophones.csv -> the grades that say the same."""

Figures = Mapping[str, float]


def half_of(name: str) -> str:
    """Return the half a case belongs to, by a hash of its name."""
    return "AB"[hashlib.sha256(name.encode()).digest()[-1] % 2]


def rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV, plain or .xz."""
    raw = path.read_bytes()
    text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def listed_official(folder: Path) -> list[dict[str, str]]:
    """Return names listed as 大, 洋 or 怪, and nothing else."""
    return [row for row in rows(folder / "dev_positives.csv") if CATEGORIES & set(row["category"])]


def judged(name: str, *, entity_class: str | None = None) -> tuple[str, frozenset[str]]:
    """Return the status of a name and the categories of its findings above a note."""
    findings = [
        one for one in check_name(Candidate(name=name, entity_class=entity_class)) if one.severity != "note"
    ]
    return status_of(findings), frozenset(one.category for one in findings)


def recall(cases: Iterable[Mapping[str, str]]) -> Figures:
    """Return the shares found, and found in the right category."""
    found, right, total = 0, 0, 0
    for row in cases:
        status, categories = judged(row["name"])
        total += 1
        found += status != "clear"
        right += bool(categories & set(row["category"]))
    return {"cases": total, "found": found / max(total, 1), "right_category": right / max(total, 1)}


def shares(names: Iterable[str], *, entity_class: str | None = None) -> Figures:
    """Return the shares of names that come out suspect and review."""
    counts = Counter(judged(name, entity_class=entity_class)[0] for name in names)
    total = max(counts.total(), 1)
    return {"cases": counts.total(), "suspect": counts["suspect"] / total, "review": counts["review"] / total}


def ordinary_villages(folder: Path, count: int = 10_000) -> list[str]:
    """Return a fixed random sample of the national register."""
    everything = rows(folder / "villages_nationwide_2023.csv.xz")
    return [row["name"] for row in random.Random(20260101).sample(everything, count)]  # noqa: S311


def readings(cases: Iterable[Mapping[str, str]]) -> Figures:
    """Return the share read right, and of the wrong ones those that said they were unsure; and plain pypinyin's."""
    right, plain, wrong, said = 0, 0, 0, 0
    for row in cases:
        expected = tuple(row["pinyin_with_tones"].split())
        plain += tuple(one[0] for one in pinyin(row["name"], style=Style.TONE)) == expected
        reading = read_name(row["name"])
        if reading.syllables == expected:
            right += 1
        else:
            wrong += 1
            said += reading.unsure
    total = max(right + wrong, 1)
    return {
        "cases": right + wrong,
        "right": right / total,
        "wrong": wrong,
        "wrong_but_unsure": said,
        "plain_pypinyin_right": plain / total,
    }


def homophones(cases: Iterable[Mapping[str, str]]) -> Figures:
    """Return the share of pairs graded as the cases say; empty where the grades cannot be had."""
    try:
        from gis.names.namesakes import grade
        from gis.names.registry import Case
    except ImportError:
        return {}
    pack = load_packs(("national-2022",))
    agreed, total = 0, 0
    for row in cases:
        one, other = (
            Case.of(Candidate(name=row[side], entity_class="committee")) for side in ("name_a", "name_b")
        )
        total += 1
        agreed += str(grade(one, other, pack)) in _GRADES[row["relation"]]
    return {"cases": total, "as_expected": agreed / max(total, 1)}


def report(folder: Path) -> Mapping[str, Figures]:
    """Return every figure, by half."""
    official = listed_official(folder)
    negatives = rows(folder / "dev_negatives.csv")
    named = {
        "legitimate": [row["name"] for row in negatives if not row["kind"].startswith("grey")],
        "grey": [row["name"] for row in negatives if row["kind"].startswith("grey")],
        "disputed": [row["name"] for row in official if row["evidence"].endswith("disputed")],
    }
    spoken = {"readings": readings, "homophones": homophones}
    said = {"readings": rows(folder / "dev_pinyin.csv"), "homophones": rows(folder / "dev_homophones.csv")}
    figures: dict[str, Figures] = {}
    for half in "AB":
        figures[f"official 大洋怪 {half}"] = recall(row for row in official if half_of(row["name"]) == half)
        for kind, names in named.items():
            figures[f"{kind} {half}"] = shares(name for name in names if half_of(name) == half)
        for kind, measure in spoken.items():
            key = "name" if kind == "readings" else "name_a"
            figures[f"{kind} {half}"] = measure(row for row in said[kind] if half_of(row[key]) == half)
    figures["ordinary villages"] = shares(ordinary_villages(folder), entity_class="committee")
    trigger = [row["name"] for row in rows(folder / "official_names_with_trigger_words.csv")]
    figures["villages with trigger words"] = shares(trigger, entity_class="committee")
    figures["keyword baseline: official"] = {"found": _keyword_share(row["name"] for row in official)}
    figures["keyword baseline: legitimate"] = {"found": _keyword_share(named["legitimate"])}
    figures["keyword baseline: trigger words"] = {"found": _keyword_share(trigger)}
    return {title: values for title, values in figures.items() if values}


def _keyword_share(names: Iterable[str]) -> float:
    flags = [any(word in name for word in _KEYWORDS.split()) for name in names]
    return sum(flags) / max(len(flags), 1)


if __name__ == "__main__":
    for title, values in report(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER).items():
        print(f"{title:32}", *(f"{key} {value:.4g}" for key, value in values.items()), sep="  ")
