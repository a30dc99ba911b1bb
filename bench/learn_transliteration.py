"""Learn how telling characters are of a transliteration; write ``data/vocabularies/transliteration.toml``.

    python bench/learn_transliteration.py VILLAGES.csv.xz [--check]

Foreign names: our own word lists; territories, time-zone cities and languages of Unicode CLDR (package ``babel``);
the subdivisions of ISO 3166-2 as the system's ``iso-codes`` catalogue translates them, where it is installed.
Names at home: communities outside minority areas (国家统计局统计用区划代码, 2023). Two models of characters, each a
character given the one before it (Witten–Bell), are set against each other; only the weights are shipped: one per
character, and a correction for pairs that say much more or less than their characters. ``--check`` holds a fifth of
the foreign names and of the communities out, five times, and prints what is found of the one and of the other.
"""

import argparse
import csv
import gettext
import lzma
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from gis.names import Candidate, load_packs, segment
from gis.names.transliteration import Table, best_run

TARGET = Path(__file__).resolve().parents[1] / "data/vocabularies/transliteration.toml"
_MINORITY_AREAS = ("15", "45", "51", "52", "53", "54", "62", "63", "64", "65", "2224", "4228", "4331")
_COMMUNITY = ("居委会", "居民委员会", "社区")
_HOME_TERRITORIES = frozenset({"CN", "HK", "MO", "TW"})
_SUFFIX = re.compile(
    r"(?:自治区|自治州|特别区|行政区|大区|地区|直辖市|联邦区|共和国|群岛|半岛|王国|公国|省|州|郡|县|区|市|府|道|岛|语|文)+$"
)
_PREFIX = re.compile(r"^(?:[东西南北中上下新大小]|东北|西北|东南|西南)(?=[一-鿿]{3})")
_TABLE_CHARACTERS = (
    "阿艾爱安昂奥巴班邦保贝本比宾波伯博布查察昌彻达丹道德登迪蒂丁东杜多恩尔法凡范菲芬佛夫弗福富盖甘冈高戈格根贡古瓜圭哈"
    "海汉豪赫亨洪胡华惠霍基吉加贾简杰金久居卡凯坎康考科克肯孔库夸奎昆拉莱兰朗劳勒雷利莉丽连良列林琳龙卢鲁路露伦罗洛马"
    "玛迈麦曼芒毛梅门蒙米密明缪摩莫默姆穆纳娜奈南瑙内嫩尼妮年宁纽农努诺欧帕派潘庞培佩彭皮匹平珀普奇齐恰钱乔切钦琴琼"
    "丘热荣茹瑞若撒萨塞赛桑瑟森沙莎山尚绍舍申圣施什史士舒朔斯丝思松苏孙索塔泰坦汤唐陶特腾提田廷通图托瓦万旺威韦维温翁"
    "沃乌武西希锡夏香肖谢辛欣兴休修许雅亚延扬耶叶伊因英永尤于约扎赞泽曾詹章珍芝朱茱兹宗祖佐"
)
"""Characters of the tables for transcribing English, French, German, Spanish, Italian and Russian names (新华社)."""
_MEANING = frozenset("国王宫城市区街港山岛公主夫人大帝")
_LEAST, _MOST = -8, 8
_LEAST_PAIR = 2
_DISCOUNT_NATIVE = 2.0
_STRENGTH_FOREIGN, _STRENGTH_NATIVE = 6.0, 12.0


@dataclass(frozen=True)
class Model:
    """Counts of characters and of pairs, and the probability of one given the other."""

    single: Counter[str]
    pair: Counter[str]
    follow: Counter[str]
    strength: float
    smoothing: float

    @classmethod
    def of(cls, names: Iterable[str], *, strength: float, smoothing: float) -> "Model":
        """Count names."""
        kept = list(names)
        single = Counter(one for name in kept for one in name)
        pair = Counter(name[at : at + 2] for name in kept for at in range(len(name) - 1))
        follow = Counter(name[at] for name in kept for at in range(len(name) - 1))
        return cls(single, pair, follow, strength, smoothing)

    def alone(self, one: str) -> float:
        """Return the probability of a character."""
        return (self.single[one] + self.smoothing) / (self.single.total() + self.smoothing * 4000)

    def after(self, before: str, one: str) -> float:
        """Return the probability of a character after another."""
        share = self.follow[before] / (self.follow[before] + self.strength)
        seen = self.pair[before + one] / self.follow[before] if self.follow[before] else 0.0
        return share * seen + (1 - share) * self.alone(one)


def foreign_names() -> list[str]:
    """Return foreign names of two characters and more, without what only describes them."""
    names = {*_listed(), *_of_cldr(), *_of_iso_codes()}
    return sorted(one for one in names if len(one) > 1 and re.fullmatch(r"[一-鿿]+", one))


def _listed() -> Iterable[str]:
    rules = load_packs(("national-2022",)).rules
    for code in ("foreign-place", "foreign-person", "foreign-word"):
        for one in rules[code].words.lists:
            if one.id not in {"foreign-styles", "foreign-titles"}:
                yield from (
                    word
                    for word in one.words
                    if len(word) > 2 and word not in rules[code].homographs  # noqa: PLR2004
                )


def _of_cldr() -> Iterable[str]:
    locale = Locale.parse("zh_Hans_CN")
    for code, name in locale.territories.items():
        if code.isalpha() and code not in _HOME_TERRITORIES:
            yield from _cleaned(name)
    for name in locale.languages.values():
        yield from _cleaned(name)
    for zone in locale.time_zones.values():
        yield from _cleaned(zone.get("city", ""))


def _of_iso_codes() -> Iterable[str]:
    try:
        said = gettext.translation("iso_3166-2", languages=["zh_CN"])
    except FileNotFoundError:
        return
    catalogue: Mapping[object, str] = said._catalog  # type: ignore[attr-defined]  # noqa: SLF001 - no public way to list
    for name in catalogue.values():
        yield from _cleaned(name)


def _cleaned(name: str) -> Iterable[str]:
    for part in re.split(r"[·\-（）(),，、\s]|和|与", name):
        core = _PREFIX.sub("", _SUFFIX.sub("", part))
        if len(core) > 2:  # noqa: PLR2004
            yield core


def community_names(path: Path) -> list[str]:
    """Return the specific parts of the names of communities outside minority areas, each once."""
    found = set()
    with lzma.open(path, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["name"].endswith(_COMMUNITY) and not row["code"].startswith(_MINORITY_AREAS):
                found.add(segment(Candidate(name=row["name"])).specific)
    return sorted(one for one in found if re.fullmatch(r"[一-鿿]+", one))


def learn(foreign: Sequence[str], native: Sequence[str]) -> Table:
    """Return weights of characters and corrections for pairs, in half nats."""
    extra = list(_TABLE_CHARACTERS)
    theirs = Model.of([*foreign, *extra], strength=_STRENGTH_FOREIGN, smoothing=0.05)
    ours = Model.of(native, strength=_STRENGTH_NATIVE, smoothing=_DISCOUNT_NATIVE)
    weights = {
        one: _rounded(math.log(theirs.alone(one) / ours.alone(one)))
        for one in theirs.single
        if one not in _MEANING
    }
    weights = {one: weight for one, weight in weights.items() if weight > _LEAST}
    pairs: dict[str, int] = {}
    for pair in {*theirs.pair, *(one for one, count in ours.pair.items() if count > 2)}:  # noqa: PLR2004
        before, one = pair[0], pair[1]
        if before not in weights or one not in weights:
            continue
        told = math.log(theirs.after(before, one) / ours.after(before, one))
        more = _rounded(told - math.log(theirs.alone(one) / ours.alone(one)))
        if abs(more) >= _LEAST_PAIR and (more < 0 or theirs.pair[pair] > 1):
            pairs[pair] = more
    return Table(weights, pairs, _LEAST)


def _rounded(nats: float) -> int:
    return max(_LEAST, min(_MOST, round(2 * nats)))


def check(foreign: Sequence[str], native: Sequence[str], folds: int = 5) -> None:
    """Print, for some scores, the shares of held-out names that reach them."""
    order = random.Random(7)  # noqa: S311
    foreign, native = list(foreign), list(native)
    order.shuffle(foreign)
    order.shuffle(native)
    theirs: list[int] = []
    ours: list[tuple[int, str, str]] = []
    for fold in range(folds):
        table = learn(
            [one for at, one in enumerate(foreign) if at % folds != fold],
            [one for at, one in enumerate(native) if at % folds != fold],
        )
        theirs += [_score(one, table)[0] for one in foreign[fold::folds] if len(one) > 2]  # noqa: PLR2004
        ours += [(*_score(one, table), one) for one in native[fold::folds] if len(one) > 2]  # noqa: PLR2004
    for least in range(0, 24, 2):
        found = sum(one >= least for one in theirs) / len(theirs)
        false = sum(one >= least for one, _, _ in ours) / len(ours)
        print(f"score >= {least:2}: foreign {found:.3f}  communities {false:.4f}")


def _score(name: str, table: Table) -> tuple[int, str]:
    run = best_run(name, table)
    return (run.score, run.text) if run else (-99, "")


def written(table: Table) -> str:
    """Return a table as TOML."""
    lines = [
        "# How telling characters are of a transliteration, in half nats: log of their frequency in foreign names over",
        "# that in names of communities outside minority areas. [pairs] corrects the second of two characters that say",
        "# more or less together. Made by bench/learn_transliteration.py.",
        "",
        f"unseen = {table.unseen}",
    ]
    for title, said, joint in (("weights", table.weights, ""), ("pairs", table.pairs, " ")):
        by_weight: dict[int, list[str]] = defaultdict(list)
        for one, weight in said.items():
            by_weight[weight].append(one)
        lines += ["", f"[{title}]"]
        lines += [
            f'"{weight}" = "{joint.join(sorted(by_weight[weight]))}"'
            for weight in sorted(by_weight, reverse=True)
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Learn and write, or check."""
    parser = argparse.ArgumentParser()
    parser.add_argument("villages", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    foreign, native = foreign_names(), community_names(asked.villages)
    print(f"{len(foreign)} foreign names, {len(native)} communities")
    if asked.check:
        check(foreign, native)
    else:
        TARGET.write_text(written(learn(foreign, native)), encoding="utf-8")


if __name__ == "__main__":
    main()
