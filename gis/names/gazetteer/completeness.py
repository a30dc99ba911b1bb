"""How complete the entries of the gazetteer are: field by field, class by class, and one finding per gap."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from gis.names.gazetteer.standing import standard_names
from layers.findings import Finding, Severity
from layers.place_type_codes import is_place_type_code
from layers.text import Text, counted
from layers.vocabulary import label_of

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer

CODE = "names.entry-incomplete"
CATEGORY = "词条"
CITATION = (
    "《地名管理条例》第十五条、第十六条、第二十五条；词条字段按国家地名信息库公共服务，属工作要求而非处罚依据"
)
DEMANDED: Mapping[str, Text] = {
    "specific": Text("专名", "specific part"),
    "generic": Text("通名", "generic part"),
    "entity_class": Text("地名类别", "class"),
    "place_type_code": Text("GB/T 18521 类别代码", "GB/T 18521 class code"),
    "place_code": Text("地名代码", "place code"),
    "pinyin": Text("汉语拼音", "Hanyu Pinyin"),
    "meaning": Text("地名含义", "meaning"),
    "origin": Text("地名来历", "origin"),
    "position": Text("坐标", "coordinates"),
    "approval": Text("批准或始用", "approval or first use"),
}
"""What every entry must say."""
OPTIONAL: Mapping[str, Text] = {
    "history": Text("历史沿革", "history"),
    "former_names": Text("曾用名", "former names"),
    "ethnic_writing": Text("少数民族文字", "minority script"),
    "heritage": Text("地名文化遗产", "heritage"),
}
"""What an entry says where there is something to say: counted, not demanded."""
_ESSENTIAL = frozenset({"entity_class", "place_type_code", "pinyin", "position"})
"""Without these an entry cannot be submitted at all."""
_NO_CLASS = ""


@dataclass(frozen=True, slots=True)
class FieldShare:
    """In how many entries a field is filled."""

    field: str
    label: Text
    demanded: bool
    filled: int
    entries: int

    def as_json(self) -> dict[str, Any]:
        """Return the share as JSON values; ``share`` is None without entries."""
        return {
            "field": self.field,
            "label": self.label._asdict(),
            "demanded": self.demanded,
            "filled": self.filled,
            "entries": self.entries,
            "share": self.filled / self.entries if self.entries else None,
        }


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete a gazetteer is.

    Attributes
    ----------
    entries, complete
        Standard names, and those of them that lack nothing that is demanded.
    fields
        Every field over all entries.
    classes
        Class code (``""`` for none) to entries, complete ones, and the shares of its fields.
    on
        The day on which it was counted.
    """

    entries: int
    complete: int
    fields: tuple[FieldShare, ...]
    classes: Mapping[str, "Completeness"]
    on: date

    def as_json(self) -> dict[str, Any]:
        """Return the counts as JSON values, classes under their codes."""
        return {
            "on": self.on.isoformat(),
            "entries": self.entries,
            "complete": self.complete,
            "fields": [one.as_json() for one in self.fields],
            "classes": {
                code: {
                    "label": class_label(code)._asdict(),
                    "entries": one.entries,
                    "complete": one.complete,
                    "fields": [share.as_json() for share in one.fields],
                }
                for code, one in self.classes.items()
            },
        }


def completeness(layer: "Layer", *, on: date, units: "Layer | None" = None, town: str = "") -> Completeness:
    """Count how many entries have each field, over all and by class; an empty register gives zeros.

    What the program would fill in (a machine reading, a class told by the generic part) does not count.
    """
    frame = standard_names(layer, units=units, town=town)
    there = filled_in(frame)
    classes = frame["entity_class"].fillna(_NO_CLASS).astype(str)
    parts = {
        code: _counted(there[classes == code], {}, on) for code in sorted(classes.unique(), key=_class_order)
    }
    return _counted(there, parts, on)


def _class_order(code: str) -> tuple[bool, str]:
    return code == _NO_CLASS, code


def class_label(code: str) -> Text:
    """Return the label of a class code, and of names without a class."""
    return label_of("name_class", code) if code else Text("未分类", "No class")


def filled_in(frame: "gpd.GeoDataFrame") -> pd.DataFrame:
    """Tell for every row which fields of its entry are there: one boolean column per field.

    A class code that is not five digits is not there.
    """
    there = {name: _there(frame, name) for name in (*DEMANDED, *OPTIONAL) if name in frame}
    codes = frame["place_type_code"].fillna("").astype(str)
    there["place_type_code"] = codes.map(is_place_type_code).astype(bool)
    there["position"] = (frame.geometry.notna() & ~frame.geometry.is_empty).astype(bool)
    there["approval"] = (
        _there(frame, "approval") | frame["approved_on"].notna() | frame["in_use_since"].notna()
    )
    return pd.DataFrame({name: there[name] for name in (*DEMANDED, *OPTIONAL)})


def _there(frame: "gpd.GeoDataFrame", name: str) -> "pd.Series[bool]":
    said: pd.Series[Any] = frame[name]
    there: pd.Series[bool] = said.notna()
    return there & (said.fillna("").astype(str).str.strip() != "") if said.dtype == object else there


def _counted(there: pd.DataFrame, parts: Mapping[str, Completeness], on: date) -> Completeness:
    labels = {**DEMANDED, **OPTIONAL}
    shares = tuple(
        FieldShare(name, label, name in DEMANDED, int(there[name].sum()), len(there))
        for name, label in labels.items()
    )
    complete = int(there[list(DEMANDED)].all(axis=1).sum()) if len(there) else 0
    return Completeness(len(there), complete, shares, parts, on)


def check_gazetteer(
    layer: "Layer", on: date, *, units: "Layer | None" = None, town: str = ""
) -> list[Finding]:
    """Find the entries that lack something that is demanded, by id; one finding an entry.

    ``review`` where class, class code, spelling or coordinates are missing, else ``note``. These findings say nothing
    about the name itself and are no part of the checks of names.
    """
    frame = standard_names(layer, units=units, town=town)
    there = filled_in(frame)[list(DEMANDED)]
    gaps = there[~there.all(axis=1)]
    return [
        _finding(frame.loc[index], [name for name in DEMANDED if not row[name]], on)
        for index, row in gaps.iterrows()
    ]


def _finding(row: "pd.Series[Any]", missing: list[str], on: date) -> Finding:
    zh = "、".join(DEMANDED[name].zh for name in missing)
    en = ", ".join(DEMANDED[name].en for name in missing)
    code = row["place_type_code"]
    malformed = isinstance(code, str) and code.strip() and "place_type_code" in missing
    return Finding(
        code=CODE,
        severity=Severity.REVIEW if _ESSENTIAL & set(missing) else Severity.NOTE,
        layer_id="place_name",
        feature_id=str(row["id"]),
        feature_name=str(row["name"]),
        category=CATEGORY,
        message=Text(
            f"词条不完整，缺 {len(missing)} 项：{zh}。"
            + (f"类别代码“{code}”不是五位数字。" if malformed else ""),
            f"The entry lacks {counted(len(missing), 'field')}: {en}."
            + (f" The class code {code!r} is not five digits." if malformed else ""),
        ),
        evidence={"missing": missing, "on": on.isoformat()} | ({"code": code} if malformed else {}),
        citation=CITATION,
    )
