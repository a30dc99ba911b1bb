"""The words for the codes that stand in the evidence of findings."""

from collections.abc import Mapping
from pathlib import Path

from gis.names import load_packs
from gis.names.namesakes import Grade
from gis.names.packs import Pack
from layers.specs import SPECS
from layers.text import Text
from layers.vocabulary import vocabulary

_OWN: Mapping[str, Mapping[str, Text]] = {
    "class_from": {
        "given": Text("登记册所填", "as the register has it"),
        "inferred": Text("由名称推定", "inferred from the name"),
        "unknown": Text("不明", "not known"),
    },
    "reading_from": {
        "register": Text("名册所填", "the register of names"),
        "reading": Text("程序注音", "read by the program"),
    },
    "from": {
        "surname": Text("姓氏读音", "surname"),
        "region": Text("当地地名读音", "reading of the region"),
        "dictionary": Text("地名读音词典", "dictionary of place-name readings"),
        "default": Text("地名常用读音", "usual in place names"),
        "general": Text("通用读音", "general reading"),
        "as_written": Text("照写", "as written"),
        "unread": Text("没有读音", "no reading known"),
    },
    "side": {"left": Text("左侧", "left"), "right": Text("右侧", "right")},
    "grade": {one.value: one.label for one in Grade},
    "status": {
        "complete": Text("完整", "complete"),
        "incomplete": Text("缺字", "characters missing"),
        "invalid": Text("不合规则", "not of the form"),
    },
}
_VOCABULARIES = {"zone_kind": "zone_kind", "district_from": "unit_level", "entity_class": "name_class"}


def evidence_words(
    packs: tuple[str, ...], *, folder: Path | None = None
) -> dict[str, dict[str, dict[str, str]]]:
    """Return name of the evidence -> code -> its label in both languages, as JSON values.

    ``list`` holds every word list of the rule packs, ``pack`` their titles, ``needs`` and ``layer`` every layer;
    names of fields are not here, they come with the layers.

    Parameters
    ----------
    folder
        Of the workspace, whose own packs may be named too.

    Raises
    ------
    NotFoundError
        When there is no pack of that id.
    """
    words: dict[str, Mapping[str, Text]] = dict(_OWN)
    for name, vocabulary_id in _VOCABULARIES.items():
        words[name] = {code: term.label for code, term in vocabulary(vocabulary_id).items()}
    words["list"] = _list_labels(load_packs(packs, folder=folder))
    words["pack"] = {one.id: one.title for one in _packs(packs, folder)}
    words["needs"] = words["layer"] = {spec.id: spec.label for spec in SPECS.values()}
    return {name: {code: text._asdict() for code, text in of.items()} for name, of in words.items()}


def _packs(ids: tuple[str, ...], folder: Path | None) -> list[Pack]:
    parts = load_packs(ids, folder=folder).parts
    return [load_packs((one,), folder=folder) for one in parts]


def _list_labels(pack: Pack) -> dict[str, Text]:
    indexes = [
        index
        for rule in pack.rules.values()
        for index in (rule.words, rule.homographs, rule.passes, rule.mild)
    ]
    return {one.id: one.label for index in indexes for one in index.lists}
