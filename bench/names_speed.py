"""How fast names are audited and pre-checked at national size, beside the plain ways to do the same.

    python bench/names_speed.py [FILE with code,name …]

Every work runs in a process of its own. CPU seconds leave starting up out; peak memory is of the whole process.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from measuring import answer, measured

DEFAULT_FILE = Path(__file__).resolve().parents[1] / "../shared/data/names/villages_nationwide_2023.csv.xz"
_PROVINCE = "32"
_ASKED = 5_000


def audit(file: str, province: str = "") -> Callable[[], Any]:
    """Audit by all rules, duplicates and homophones of every grade; findings above notes are written out."""

    def work() -> dict[str, Any]:
        import gc

        from gis.names import load_packs
        from gis.names.namesakes.audit import audit_parts, part_digits
        from gis.names.namesakes.villages import read_villages

        pack, read = load_packs(("national-2022",)), read_villages(Path(file))
        read.keep_only(province)
        gc.freeze()
        report = audit_parts(read.parts(part_digits(pack)), pack, repeated=read.repeated())
        written = sum(1 for _ in report.findings)
        return {"names": report.tally.names, "written": written, **report.tally.as_json()["severity"]}

    return work


def grouping(file: str, province: str = "") -> Callable[[], Any]:
    """Take the plain way: pypinyin on every name, group by county and sound; no rules, no grades, no evidence."""

    def work() -> dict[str, Any]:
        from pypinyin import lazy_pinyin

        groups: dict[tuple[str, ...], int] = defaultdict(int)
        names = 0
        for code, name in _rows(file, province):
            names += 1
            groups[code[:6], *lazy_pinyin(name)] += 1
        return {"names": names, "clashing": sum(count for count in groups.values() if count > 1)}

    return work


def pairwise(file: str, province: str = "") -> Callable[[], Any]:
    """Take the plainest way: within each county every name with every other, by their pypinyin."""

    def work() -> dict[str, Any]:
        from pypinyin import lazy_pinyin

        counties: dict[str, list[list[str]]] = defaultdict(list)
        for code, name in _rows(file, province):
            counties[code[:6]].append(lazy_pinyin(name))
        pairs = sum(one == other for names in counties.values() for one, other in combinations(names, 2))
        return {"names": sum(map(len, counties.values())), "pairs": pairs}

    return work


def precheck(file: str) -> Callable[[], Any]:
    """Build the live index, ask it, add to it, take out of it."""

    def work() -> dict[str, Any]:
        from gis.names import Candidate, load_packs
        from gis.names.namesakes import NameIndex

        rows = list(_rows(file, ""))
        began = time.process_time()
        index = NameIndex(
            load_packs(("national-2022",)),
            (
                Candidate(id=code, name=name, entity_class="committee", jurisdiction=code)
                for code, name in rows
            ),
        )
        built = time.process_time() - began
        asked = [
            Candidate(name=name, entity_class="committee", jurisdiction=code)
            for code, name in random.Random(7).sample(rows, _ASKED)  # noqa: S311 - a fixed sample, no secret
        ]
        asking = _milliseconds(index.namesakes, asked)
        crowds = {f"namesakes_of_{size}_ms": _crowded(index, size) for size in (100, 1_000)}
        crowd = [Candidate(id=f"y{at}", name="人民路", jurisdiction="110101") for at in range(_ASKED)]
        return {
            "names": len(index),
            "build_s": round(built, 1),
            "namesakes_ms": asking,
            **crowds,
            "add_ms": _milliseconds(index.add, crowd),
            "remove_ms": _milliseconds(lambda one: index.remove(one.id), crowd),
        }

    return work


def _crowded(index: Any, size: int) -> dict[str, float]:
    """Ask for a road name that so many roads of one county have, each with its place."""
    from gis.names import Candidate

    crowd = [
        Candidate(id=f"x{at}", name="人民路", jurisdiction="110101", lon=116 + at / 1e5, lat=40.0)
        for at in range(size)
    ]
    for one in crowd:
        index.add(one)
    spent = _milliseconds(index.namesakes, crowd[:100] * 3)
    for one in crowd:
        index.remove(one.id)
    return spent


def _milliseconds(ask: Callable[[Any], Any], cases: list[Any]) -> dict[str, float]:
    spent = []
    for one in cases:
        began = time.perf_counter()
        ask(one)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return {f"p{share}": round(spent[len(spent) * share // 100], 3) for share in (50, 99)}


def _rows(file: str, province: str) -> Iterator[tuple[str, str]]:
    from gis.names.namesakes.villages import read_villages

    return (row for row in read_villages(Path(file)).rows if row[0].startswith(province))


WORKS = {"audit": audit, "grouping": grouping, "pairwise": pairwise, "precheck": precheck}


def main(file: Path) -> None:
    """Print every figure."""
    asked = (
        ("audit", {}),
        ("grouping", {}),
        ("audit", {"province": _PROVINCE}),
        ("grouping", {"province": _PROVINCE}),
        ("pairwise", {"province": _PROVINCE}),
        ("precheck", {}),
    )
    for name, more in asked:
        figures = measured(__file__, name, {"file": str(file), **more}, runs=1)
        where = more.get("province", "all")
        print(f"{name:10} {where:4} {figures.cpu_s:7.1f} CPU s {figures.peak_mb:7.0f} MB  {figures.value}")


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004 - the process that measures is called with work and arguments
        answer(WORKS)
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FILE)
