"""What may stand in ``words/*.toml``, told by file, list and key when it is something else."""

from collections.abc import Collection, Mapping
from pathlib import Path

from gis.names.packs.source import wrong_in
from layers.errors import InputError
from layers.text import Text

_KEYS: Mapping[str, Text] = {
    "label": Text('{ zh = "…", en = "…" }', '{ zh = "…", en = "…" }'),
    "source": Text("文字（词从哪里来）", "a text (where the words come from)"),
    "words": Text(
        '一行文字，词之间用空格隔开，如 "甲词 乙词"', 'one text with spaces between the words, such as "A B"'
    ),
}
_OPTIONAL = ("basis",)
_FORM = Text(
    '词表写作：[编号]，下面各行 label = { zh = "…", en = "…" }、source = "…"、words = "甲词 乙词"，'
    '可加 basis = "依据 第几条"；完整的例子见 docs/packs.md。',
    'A list is written [id] and under it label = { zh = "…", en = "…" }, source = "…", words = "A B" and, if wanted, '
    'basis = "TEXT article"; docs/packs.md has a whole example.',
)


def refuse_misshapen_list(path: Path, list_id: str, said: object) -> None:
    """Look at the form of one word list.

    Raises
    ------
    InputError
        When it is no table, lacks a key, has one that does not exist, or a value of another type; the message says
        file, line, list and key.
    """
    if not isinstance(said, dict):
        raise _wrong(path, list_id, Text("应为表（[编号]）", "must be a table ([id])"), at=list_id)
    for key in said:
        if key not in _KEYS and key not in _OPTIONAL:
            raise _wrong(path, list_id, Text(f"没有“{key}”这一项", f"has no key {key!r}"), at=key)
    for key, form in _KEYS.items():
        if key not in said:
            raise _wrong(path, list_id, Text(f"缺少 {key}", f"lacks {key}"), at=f"[{list_id}]")
        if not _is_right(key, said[key]):
            raise _wrong(
                path,
                list_id,
                Text(
                    f"{key} 应为{form.zh}，现为 {said[key]!r}", f"{key} must be {form.en}, not {said[key]!r}"
                ),
                at=key,
            )
    if not isinstance(said.get("basis", ""), str):
        raise _wrong(path, list_id, Text("basis 应为文字", "basis must be a text"), at="basis")


def refuse_unknown_basis(path: Path, list_id: str, said: Mapping[str, str], basis: Collection[str]) -> None:
    """Refuse a list that rests on a text its pack does not name; raises InputError with file and line."""
    short = said.get("basis", "").partition(" ")[0]
    if short and short not in basis:
        zh, en = (
            f"的依据“{short}”不在 pack.toml 的 [basis] 里",
            f"rests on {short!r}, which [basis] does not name",
        )
        raise _wrong(path, list_id, Text(zh, en), at="basis")


def _is_right(key: str, value: object) -> bool:
    if key == "label":
        return isinstance(value, dict) and all(isinstance(value.get(lang), str) for lang in ("zh", "en"))
    return isinstance(value, str) and bool(value.strip())


def _wrong(path: Path, list_id: str, what: Text, *, at: str) -> InputError:
    return wrong_in(
        path, f"词表“{list_id}”{what.zh}。", f"word list {list_id!r} {what.en}.", at=at, hint=_FORM
    )
