"""How fast names are audited and pre-checked at national size, beside the plain ways to do the same.

    python bench/names_speed.py [FILE with code,name …]

Every work runs in a process of its own, the audit as the command itself, from its start to the written file. CPU
seconds are of one core; peak memory is of the whole process. The pairwise way is measured on one county and
extrapolated: its time grows with the pairs.
"""

import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from measuring import Figures, answer, measured

DEFAULT_FILE = Path(__file__).resolve().parents[1] / "../shared/data/names/villages_nationwide_2023.csv.xz"
_COUNTY = "320413"
_ASKED = 5_000


def audit(file: str) -> Callable[[], Any]:
    """Run ``fangyu names audit``: all rules, duplicates and homophones of every grade; findings above notes as JSON."""

    def work() -> dict[str, Any]:
        from api.cli import main

        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "found.json"
            sys.argv = ["fangyu", "names", "audit", "--villages", file, "--format", "json", "-o", str(out)]
            try:
                main()
            except SystemExit as left:
                if left.code not in {0, 1}:
                    raise
            with out.open(encoding="utf-8") as written:
                said = json.loads(written.read(10_000).partition(',\n  "findings"')[0] + "}")
        return {"names": said["names"], **said["counts"]["severity"]}

    return work


def grouping(file: str) -> Callable[[], Any]:
    """Take the plain way: pypinyin on every name, group by county and sound; no rules, no grades, no evidence."""

    def work() -> dict[str, Any]:
        from pypinyin import lazy_pinyin

        groups: dict[tuple[str, ...], int] = defaultdict(int)
        for code, name in _rows(file):
            groups[code[:6], *lazy_pinyin(name)] += 1
        return {"names": sum(groups.values()), "clashing": sum(n for n in groups.values() if n > 1)}

    return work


def pairwise(file: str) -> Callable[[], Any]:
    """Take the plainest way in one county: the same grades, every name compared with every other."""
    rows = list(_rows(file))
    sizes = Counter(code[:6] for code, _ in rows)
    every = sum(size * (size - 1) // 2 for size in sizes.values())

    def work() -> dict[str, Any]:
        from gis.names import load_packs
        from gis.names.namesakes import grade
        from gis.names.registry import Case

        pack = load_packs(("national-2022",))
        cases = [Case.of(_village(code, name, code)) for code, name in rows if code.startswith(_COUNTY)]
        grade(cases[0], cases[1], pack)
        began = time.process_time()
        pairs = list(combinations(cases, 2))
        alike = sum(grade(one, other, pack) is not None for one, other in pairs)
        spent = time.process_time() - began
        return {"pairs": len(pairs), "alike": alike, "all_counties_s": round(spent / len(pairs) * every)}

    return work


def precheck(file: str) -> Callable[[], Any]:
    """Build the live index, ask it by itself and with all rules, add to it, take out of it."""

    def work() -> dict[str, Any]:
        from gis.names import Candidate, load_packs
        from gis.names.namesakes import NameIndex
        from gis.names.precheck import precheck as ask

        rows, pack, day = list(_rows(file)), load_packs(("national-2022",)), date(2026, 1, 1)
        began = time.process_time()
        index = NameIndex(pack, (_village(code, name, code) for code, name in rows))
        built = time.process_time() - began
        asked = [
            _village("", name, code)
            for code, name in random.Random(7).sample(rows, _ASKED)  # noqa: S311 - a fixed sample, no secret
        ]
        crowds = {f"namesakes_of_{size}_ms": _crowded(index, size) for size in (100, 1_000)}
        crowd = [Candidate(id=f"y{at}", name="人民路", jurisdiction="110101") for at in range(_ASKED)]
        return {
            "names": len(index),
            "build_s": round(built, 1),
            "precheck_ms": _milliseconds(lambda one: ask(one, index=index, pack=pack, on=day), asked),
            "namesakes_ms": _milliseconds(index.namesakes, asked),
            **crowds,
            "add_ms": _milliseconds(index.add, crowd),
            "remove_ms": _milliseconds(lambda one: index.remove(one.id), crowd),
        }

    return work


def _village(feature_id: str, name: str, code: str) -> Any:
    from gis.names import Candidate

    return Candidate(id=feature_id, name=name, entity_class="committee", jurisdiction=code)


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


def _rows(file: str) -> Iterator[tuple[str, str]]:
    from gis.names.namesakes.villages import read_villages

    yield from read_villages(Path(file)).rows


WORKS = {"audit": audit, "grouping": grouping, "pairwise": pairwise, "precheck": precheck}


def main(file: Path) -> None:
    """Print every figure."""
    found: dict[str, Figures] = {}
    for name in WORKS:
        one = found[name] = measured(__file__, name, {"file": str(file)}, runs=1)
        print(f"{name:10} {one.cpu_s:7.1f} CPU s {one.peak_mb:7.0f} MB  {one.value}", flush=True)
    audited = found["audit"].cpu_s
    grouped, paired = found["grouping"].cpu_s / audited, found["pairwise"].value["all_counties_s"] / audited
    print(f"the audit's time: grouping by pypinyin {grouped:.1f}x, pairwise in every county {paired:.0f}x")


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004 - the process that measures is called with work and arguments
        answer(WORKS)
    else:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FILE)
