"""What somebody decides about a case, checked before anything is done with it."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from gis.names.review.states import CATEGORIES, NEEDS, REASONS, Action
from layers.errors import InputError
from layers.text import Text, counted

MOST_WHO, MOST_NOTE, MOST_NAME = 50, 2000, 100
"""Most characters of who decides, of a note, of a new name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, for one case or many.

    Attributes
    ----------
    who
        Who decides; kept in the history.
    on
        The office's date of it; the workspace's day when None.
    """

    action: str
    who: str
    note: str = ""
    reason: str | None = None
    category: str | None = None
    new_name: str | None = None
    on: date | None = None


def checked(decision: Decision) -> Decision:
    """Return the decision with its texts trimmed.

    Raises
    ------
    InputError
        When who is missing, a text is too long or holds control characters, or a reason or category is unknown.
    """
    who = _text(decision.who, Text("经办人 who", "who"), MOST_WHO)
    if not who:
        raise InputError(
            Text("没有写明经办人（who）。", "It does not say who decides (who)."),
            Text("每一步都要记下是谁办的。", "Every step says who took it."),
        )
    _among(decision.reason, tuple(REASONS), Text("排除原因", "reason"))
    _among(decision.category, CATEGORIES, Text("类别", "category"))
    new_name = _text(decision.new_name or "", Text("新名称", "new name"), MOST_NAME)
    if ";" in new_name or "；" in new_name:
        raise InputError(
            Text(f"新名称里不能有分号：{new_name}。", f"A name holds no semicolon: {new_name}."),
            Text("请只写一个名称。", "Give one name."),
        )
    note = _text(decision.note, Text("说明 note", "note"), MOST_NOTE, lines=True)
    return replace(
        decision,
        who=who,
        note=note,
        new_name=new_name or None,
        reason=decision.reason or None,
        category=decision.category or None,
    )


def refuse_incomplete(decision: Decision, action: Action) -> None:
    """Raise InputError when the decision lacks what its action needs, naming it and the possible values."""
    for need in action.needs:
        if not getattr(decision, need):
            what = NEEDS[need]
            raise InputError(
                Text(
                    f"“{action.label.zh}”须写明{what.zh}（{need}）。",
                    f"{action.id} needs {what.en} ({need}).",
                ),
                _choices(need),
            )


def refuse_day(day: date, *, latest: date, previous: date | None) -> None:
    """Raise InputError for a date in the future, or before the step that came before."""
    if day > latest:
        raise InputError(
            Text(
                f"办理日期 {day} 在将来（今天是 {latest}）。",
                f"The date {day} lies ahead of today, {latest}.",
            ),
            Text("请写实际办理的日期。", "Give the day on which it was done."),
        )
    if previous is not None and day < previous:
        raise InputError(
            Text(
                f"办理日期 {day} 早于上一步的 {previous}。",
                f"The date {day} is before the last step's, {previous}.",
            ),
            Text("请核对日期。", "Check the date."),
        )


def _choices(need: str) -> Text:
    if need == "reason":
        return Text(
            f"可选：{'、'.join(f'{code} {label.zh}' for code, label in REASONS.items())}。",
            f"One of: {', '.join(REASONS)}.",
        )
    if need == "category":
        return Text(f"可选：{'、'.join(CATEGORIES)}。", f"One of: {', '.join(CATEGORIES)}.")
    return Text("", "")


def _text(given: str, what: Text, most: int, *, lines: bool = False) -> str:
    text = given.replace("\r\n", "\n").strip()
    allowed = "\n\t" if lines else ""
    wrong = next((one for one in text if unicodedata.category(one) in _UNWANTED and one not in allowed), None)
    if wrong is not None:
        raise InputError(
            Text(
                f"{what.zh}里有不能用的字符 U+{ord(wrong):04X}。",
                f"The {what.en} holds a character that cannot be used, U+{ord(wrong):04X}.",
            ),
            Text("请删去控制字符。", "Take control characters out."),
        )
    if len(text) > most:
        raise InputError(
            Text(
                f"{what.zh}有 {len(text)} 个字，最多 {most} 个。",
                f"The {what.en} has {counted(len(text), 'character')}, {most} at most.",
            ),
            Text("请写短些，详情附件另存。", "Make it shorter."),
        )
    return text


_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories of control, invisible and unpaired characters, which can hide what a text says."""


def _among(given: str | None, known: tuple[str, ...], what: Text) -> None:
    if given and given not in known:
        raise InputError(
            Text(f"没有“{given}”这个{what.zh}。", f"There is no {what.en} {given!r}."),
            Text(f"可选：{'、'.join(known)}。", f"One of: {', '.join(known)}."),
        )
