"""Learn how telling each character is of a transliteration, and write ``data/vocabularies/transliteration.toml``.

    python bench/learn_transliteration.py VILLAGES.csv.xz

The weight of a character is how much more frequent it is in the foreign names of our own word lists than in the
names of communities outside minority areas (国家统计局统计用区划代码, 2023), in half nats, rounded. Only these
weights are shipped.
"""

import csv
import lzma
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from gis.names import Candidate, load_packs, segment

TARGET = Path(__file__).resolve().parents[1] / "data/vocabularies/transliteration.toml"
_MINORITY_AREAS = ("15", "45", "51", "52", "53", "54", "62", "63", "64", "65", "2224", "4228", "4331")
_COMMUNITY = ("居委会", "居民委员会", "社区")
_MEANING = frozenset("国王宫城市区街港山岛公主夫人大帝")
_LEAST, _MOST, _UNSEEN = -6, 8, -6
_SMOOTHING = 5
_HEAD = """\
# How telling a character is of a transliteration: half nats of (frequency in our lists of foreign names) over
# (frequency in names of communities outside minority areas; 国家统计局统计用区划代码, 2023).
# Made by bench/learn_transliteration.py.

unseen = {unseen}

[weights]
"""


def foreign_words() -> set[str]:
    """Return the listed foreign names of three characters and more."""
    rules = load_packs(("national-2022",)).rules
    return {
        word
        for code in ("foreign-place", "foreign-person", "foreign-word")
        for one in rules[code].words.lists
        for word in one.words
        if len(word) > 2 and word not in rules[code].homographs  # noqa: PLR2004
    }


def community_names(path: Path) -> Iterable[str]:
    """Yield the specific parts of the names of communities outside minority areas."""
    with lzma.open(path, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["name"].endswith(_COMMUNITY) and not row["code"].startswith(_MINORITY_AREAS):
                yield segment(Candidate(name=row["name"])).specific


def weights(foreign: Iterable[str], native: Iterable[str]) -> dict[str, int]:
    """Return the weight of every character of the foreign names."""
    theirs = Counter(one for word in foreign for one in set(word) - _MEANING if one.isalpha())
    ours = Counter(one for name in native for one in name)
    total_theirs, total_ours = theirs.total(), ours.total()
    return {
        one: max(
            _LEAST,
            min(_MOST, round(2 * math.log(count / total_theirs / ((ours[one] + _SMOOTHING) / total_ours)))),
        )
        for one, count in theirs.items()
    }


def main(path: Path) -> None:
    """Learn and write."""
    by_weight: dict[int, list[str]] = defaultdict(list)
    for one, weight in weights(foreign_words(), community_names(path)).items():
        if weight > _UNSEEN:
            by_weight[weight].append(one)
    lines = [
        f'"{weight}" = "{"".join(sorted(by_weight[weight]))}"\n' for weight in sorted(by_weight, reverse=True)
    ]
    TARGET.write_text(_HEAD.format(unseen=_UNSEEN) + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
