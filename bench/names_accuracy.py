"""How good the name rules are, on officially listed names, legitimate look-alikes and ordinary villages.

    python bench/names_accuracy.py [FOLDER with dev_positives.csv …]

Prints every figure for both halves of the cases. Half A was read while the rules were made. The names of half B were
not, but its totals by category were, so it is less than blind; some readings of half B were seen.
"""

import csv
import hashlib
import lzma
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from gis.names import Candidate, check_name, read_name, status_of

CATEGORIES = frozenset("大洋怪")
DEFAULT_FOLDER = Path(__file__).resolve().parents[1] / "../shared/data/names"
_KEYWORDS = (
    "宇宙 中央 天下 世界 环球 欧洲 澳洲 美洲 中国 中华 全国 万国 国际 皇帝 皇庭 御府 帝都 王府 相府 皇 帝 御 "
    "罗马 巴黎 维也纳 柏林 曼哈顿 纽约 伦敦 威尼斯 东京 加州 哑巴 黄泉"
)


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


def judged(name: str, **known: str) -> tuple[str, frozenset[str]]:
    """Return the status of a name and the categories of its findings above a note."""
    findings = [one for one in check_name(Candidate(name=name, **known)) if one.severity != "note"]
    return status_of(findings), frozenset(one.category for one in findings)


def recall(cases: Iterable[Mapping[str, str]]) -> Mapping[str, float]:
    """Return the shares found, and found in the right category."""
    found, right, total = 0, 0, 0
    for row in cases:
        status, categories = judged(row["name"])
        total += 1
        found += status != "clear"
        right += bool(categories & set(row["category"]))
    return {"cases": total, "found": found / max(total, 1), "right_category": right / max(total, 1)}


def shares(names: Iterable[str], **known: str) -> Mapping[str, float]:
    """Return the shares of names that come out suspect and review."""
    counts = Counter(judged(name, **known)[0] for name in names)
    total = max(counts.total(), 1)
    return {"cases": counts.total(), "suspect": counts["suspect"] / total, "review": counts["review"] / total}


def ordinary_villages(folder: Path, count: int = 10_000) -> list[str]:
    """Return a fixed random sample of the national register."""
    everything = rows(folder / "villages_nationwide_2023.csv.xz")
    return [row["name"] for row in random.Random(20260101).sample(everything, count)]  # noqa: S311


def readings(cases: Iterable[Mapping[str, str]]) -> Mapping[str, float]:
    """Return the share read right, and of the wrong ones the share that said it was unsure."""
    right, wrong, said = 0, 0, 0
    for row in cases:
        reading = read_name(row["name"])
        if reading.syllables == tuple(row["pinyin_with_tones"].split()):
            right += 1
        else:
            wrong += 1
            said += reading.unsure
    return {
        "cases": right + wrong,
        "right": right / max(right + wrong, 1),
        "wrong": wrong,
        "wrong_but_unsure": said,
    }


def report(folder: Path) -> Mapping[str, Mapping[str, float]]:
    """Return every figure, by half."""
    official = listed_official(folder)
    negatives = rows(folder / "dev_negatives.csv")
    legitimate = [row["name"] for row in negatives if not row["kind"].startswith("grey")]
    grey = [row["name"] for row in negatives if row["kind"].startswith("grey")]
    pinyin = rows(folder / "dev_pinyin.csv")
    figures: dict[str, Mapping[str, float]] = {}
    for half in "AB":
        figures[f"official 大洋怪 {half}"] = recall(row for row in official if half_of(row["name"]) == half)
        figures[f"legitimate {half}"] = shares(name for name in legitimate if half_of(name) == half)
        figures[f"grey {half}"] = shares(name for name in grey if half_of(name) == half)
        figures[f"readings {half}"] = readings(row for row in pinyin if half_of(row["name"]) == half)
    figures["ordinary villages"] = shares(ordinary_villages(folder), entity_class="committee")
    figures["keyword baseline: official"] = {"found": _keyword_share(row["name"] for row in official)}
    figures["keyword baseline: legitimate"] = {"found": _keyword_share(legitimate)}
    return figures


def _keyword_share(names: Iterable[str]) -> float:
    flags = [any(word in name for word in _KEYWORDS.split()) for name in names]
    return sum(flags) / max(len(flags), 1)


if __name__ == "__main__":
    for title, values in report(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER).items():
        print(f"{title:30}", *(f"{key} {value:.4g}" for key, value in values.items()), sep="  ")
