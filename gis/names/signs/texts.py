"""What stands on a sign against the standard name: text first, then pinyin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from gis.names.readings import ReadingDictionary
from gis.names.signs.limits import SignLimits
from gis.names.signs.register import Entry, NameRegister, plain
from gis.names.signs.reported import SIGNS, SPELLING, STANDARD, about
from gis.names.signs.spelling import SignForm, fault_of, sign_form
from layers.findings import Finding, Severity, unjudged
from layers.model import Layer
from layers.text import Text, counted

_CULTURE = "culture"


@dataclass(frozen=True, slots=True)
class SignText:
    """What stands on one sign and what it is for; empty where not recorded."""

    id: str
    text: str
    pinyin: str
    kind: str
    target: str
    target_id: str

    @property
    def feature(self) -> tuple[str, str]:
        """Id and name for a finding."""
        return self.id, self.text or self.target

    def entry(self, register: NameRegister) -> Entry | None:
        """Find the name of the register the sign is for: by id, by the place given, by its own text."""
        if self.target_id in register.by_id:
            return register.by_id[self.target_id]
        if self.target:
            return register.meant_by(self.target)
        return register.meant_by(self.text)


def sign_texts(signs: Layer) -> list[SignText]:
    """Read the texts of a ``road_sign`` layer, in the order of its rows."""
    columns = ("id", "name", "sign_pinyin", "kind", "place_name", "place_name_id")
    cells = (signs.frame[one].tolist() for one in columns)
    return [
        SignText(_str(key), plain(_str(text)), " ".join(_str(spelt).split()), _str(kind), plain(_str(of)), _str(of_id))
        for key, text, spelt, kind, of, of_id in zip(*cells, strict=True)
    ]  # fmt: skip


def _str(value: Any) -> str:  # noqa: ANN401 - a cell
    return "" if pd.isna(value) else str(value)


def check_texts(
    signs: list[SignText],
    register: NameRegister,
    limits: SignLimits,
    on: date,
    readings: ReadingDictionary | None = None,
) -> list[Finding]:
    """Hold the text and the pinyin of every sign to the register.

    What
    ----
    A former name still on the sign; a name that is not the standard one; a generic term left out; traditional or rare
    characters; any other difference; a name the register does not know. Where the text is right: pinyin with wrong
    letters, a generic term in English, capitals or spacing. A reading that is not certain is a review at most.

    Why
    ---
    Signs must show the standard name, spelt in Hanyu Pinyin.

    Source
    ------
    地名管理条例（2022） arts. 15 and 18; GB 17733-2008 (as reported, not seen).
    """
    found = [
        finding
        for sign in signs
        if sign.text
        for finding in (_text(sign, register, limits, on, readings) or _pinyin(sign, register, readings))
    ]
    return [*found, *_unrecorded(signs)]


def _unrecorded(signs: list[SignText]) -> Iterator[Finding]:
    without_text = [sign.id for sign in signs if not sign.text]
    without_pinyin = [sign.id for sign in signs if sign.text and not sign.pinyin]
    for code, ids, zh, en in (
        ("text-unknown", without_text, "牌面文字", "text on the sign"),
        ("pinyin-unknown", without_pinyin, "牌面拼音", "pinyin on the sign"),
    ):
        if ids:
            message = Text(
                f"{len(ids)} 块标志没有填“{zh}”，无法核对。",
                f"{counted(len(ids), 'sign has', 'signs have')} no {en} recorded.",
            )
            yield unjudged(
                f"signs.{code}", SIGNS, message, category="标志", ids=sorted(ids)[:20], count=len(ids)
            )


def _text(
    sign: SignText,
    register: NameRegister,
    limits: SignLimits,
    on: date,
    readings: ReadingDictionary | None,
) -> list[Finding]:
    entry = sign.entry(register)
    if entry is None:
        return [_unregistered(sign)]
    right = entry.standard
    if right == sign.text and not entry.historic:
        return []
    code, severity, said = _difference(sign, entry)
    if sign.kind == _CULTURE and code == "old-name":
        return []
    form = sign_form(right, entry, readings=readings) if right else None
    due = _due(entry, limits) if code == "old-name" else None
    right_zh, right_en = (f"，应为“{right}”", f"; it should be {right}") if right else ("", "")
    message = Text(f"标志“{sign.text}”{said.zh}{right_zh}。", f"Sign {sign.text!r} {said.en}{right_en}.")
    return [
        about(
            SIGNS,
            sign.feature,
            code,
            severity,
            message,
            citation=STANDARD,
            sign_text=sign.text,
            right_text=right,
            right_pinyin=form.form if form else None,
            right_pinyin_unsure=(form.unsure or None) if form else None,
            name_id=entry.id,
            due=due.isoformat() if due else None,
            overdue=(due < on) if due else None,
        )
    ]


def _due(entry: Entry, limits: SignLimits) -> date | None:
    """Give the day by which a renamed place must have its sign, where the limit and the day are known."""
    if entry.approved_on is None or limits.setup_days is None:
        return None
    return entry.approved_on + timedelta(days=limits.setup_days)


def _difference(sign: SignText, entry: Entry) -> tuple[str, Severity, Text]:
    if entry.historic:
        return "old-name", Severity.REVIEW, Text("是已停用的地名", "shows a name no longer in use")
    if sign.text in entry.former:
        return "old-name", Severity.SUSPECT, Text("仍是曾用名", "still shows a former name")
    if sign.text == entry.name or sign.text in entry.marketing:
        return "nonstandard-name", Severity.SUSPECT, Text("不是标准地名", "does not show the standard name")
    if sign.text == entry.specific:
        return "generic-missing", Severity.SUSPECT, Text("缺少通名", "lacks the generic term")
    odd = [one for one in sign.text if not _in_gb2312(one) and one not in (entry.standard or entry.name)]
    if odd:
        joined = "、".join(odd)
        said = Text(f"用字不规范（{joined}）", f"has characters that are not standard ({', '.join(odd)})")
        return "nonstandard-characters", Severity.SUSPECT, said
    return "name-differs", Severity.SUSPECT, Text("与标准地名不符", "differs from the standard name")


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _unregistered(sign: SignText) -> Finding:
    given = bool(sign.target or sign.target_id)
    what = sign.target or sign.target_id or sign.text
    message = Text(
        f"标志“{sign.text}”{'所指的' + what if given else ''}不在标准地名名册中：请核对名册，或查是否擅自设置。",
        f"Sign {sign.text!r}: {what} is not in the register of names. See whether the register lacks it or nobody"
        " approved it.",
    )
    code = "target-unregistered" if given else "name-unregistered"
    return about(SIGNS, sign.feature, code, Severity.REVIEW, message, citation=STANDARD, sign_text=sign.text)


_FAULTS = {
    "english": (
        "pinyin-english",
        Severity.SUSPECT,
        Text("把通名译成了外文", "has a generic term in English"),
    ),
    "letters": ("pinyin-letters", Severity.SUSPECT, Text("拼写不符", "is spelt wrongly")),
    "unsure": (
        "pinyin-letters",
        Severity.REVIEW,
        Text("与推定的读音不符，而读音本身不确定", "differs from a reading that is itself not certain"),
    ),
    "form": ("pinyin-form", Severity.NOTE, Text("大小写或分写不合", "differs in capitals or spacing")),
}


def _pinyin(sign: SignText, register: NameRegister, readings: ReadingDictionary | None) -> list[Finding]:
    if not sign.pinyin:
        return []
    entry = sign.entry(register)
    right = sign_form(sign.text, entry, readings=readings)
    fault = fault_of(sign.pinyin, right) if right.form else ""
    if not fault:
        return []
    code, severity, said = _FAULTS[fault]
    return [_spelt_wrongly(sign, code, severity, said, right)]


def _spelt_wrongly(sign: SignText, code: str, severity: Severity, said: Text, right: SignForm) -> Finding:
    message = Text(
        f"标志“{sign.text}”的拼音“{sign.pinyin}”{said.zh}，应为“{right.form}”。",
        f"The pinyin {sign.pinyin!r} of sign {sign.text!r} {said.en}; it should be {right.form!r}.",
    )
    return about(
        SIGNS,
        sign.feature,
        code,
        severity,
        message,
        citation=SPELLING,
        sign_text=sign.text,
        sign_pinyin=sign.pinyin,
        right_text=sign.text,
        right_pinyin=right.form,
        right_pinyin_unsure=right.unsure or None,
        reading_from=right.source,
        reading_others=list(right.others) or None,
    )
