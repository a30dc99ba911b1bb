"""Where packs lie and what their files say, before anything is folded together."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data import shipped
from layers.errors import FileFormatError, InputError, NotFoundError
from layers.text import Text

_LINE = re.compile(r"at line (\d+)")
MODEL = Text(
    "请对照随软件的规则包（如 data/packs/nanjing/pack.toml）改正。",
    "Mend it after the model of a shipped pack, such as data/packs/nanjing/pack.toml.",
)


@dataclass(frozen=True, slots=True)
class PackSource:
    """The folder of one pack and its ``pack.toml`` as read."""

    id: str
    folder: Path
    said: dict[str, Any]
    is_shipped: bool

    def wrong(self, zh: str, en: str, *, at: str = "", hint: Text = MODEL) -> InputError:
        """Make the error that says where in ``pack.toml`` something is wrong; ``at`` is text to find the line by."""
        return _wrong(self.folder / "pack.toml", _line_of(self.folder / "pack.toml", at), zh, en, hint)


def pack_ids(folder: Path | None = None) -> tuple[str, ...]:
    """Return the ids of all shipped packs and of those in ``packs/`` of a workspace folder."""
    return tuple(sorted({path.parent.name for root in _roots(folder) for path in root.glob("*/pack.toml")}))


def own_pack_ids(folder: Path) -> tuple[str, ...]:
    """Return the ids of the packs in ``packs/`` of a workspace folder."""
    return tuple(sorted(path.parent.name for path in (folder / "packs").glob("*/pack.toml")))


def pack_source(pack_id: str, folder: Path | None = None) -> PackSource:
    """Read one pack's own file; a pack of the workspace stands for a shipped one of the same id.

    Raises
    ------
    NotFoundError
        When there is no such pack.
    InputError
        When its file is no TOML, or says another id.
    """
    for root in _roots(folder):
        if pack_id in pack_ids(folder) and (root / pack_id / "pack.toml").is_file():
            said = read_toml(root / pack_id / "pack.toml")
            found = PackSource(pack_id, root / pack_id, said, root == shipped("packs"))
            if said.get("id") != pack_id:
                raise found.wrong(
                    f"id 写作“{said.get('id', '')}”，应与文件夹名“{pack_id}”相同。",
                    f"the id is {said.get('id', '')!r} and must be the folder's name, {pack_id!r}.",
                    at="id",
                )
            return found
    known = pack_ids(folder)
    raise NotFoundError(
        Text(f"没有名为“{pack_id}”的规则包。", f"There is no rule pack {pack_id!r}."),
        Text(f"现有规则包：{'、'.join(known)}。", f"The packs: {', '.join(known)}."),
    )


def with_bases(ids: Iterable[str], folder: Path | None = None) -> tuple[PackSource, ...]:
    """Return the packs in the order given, each after the one it extends, none twice.

    Raises
    ------
    InputError
        When packs extend each other in a ring.
    """
    ordered: dict[str, PackSource] = {}

    def visit(pack_id: str, above: tuple[str, ...]) -> None:
        if pack_id in ordered:
            return
        source = pack_source(pack_id, folder)
        if pack_id in above:
            ring = " → ".join((*above, pack_id))
            raise source.wrong(f"extends 成环：{ring}。", f"packs extend each other: {ring}.", at="extends")
        base = source.said.get("extends")
        if base:
            visit(base, (*above, pack_id))
        ordered[pack_id] = source

    for one in ids:
        visit(one, ())
    return tuple(ordered.values())


def read_toml(path: Path) -> dict[str, Any]:
    """Read a file of a pack.

    Raises
    ------
    FileFormatError
        When it is no TOML in UTF-8; the message says file and line.
    """
    try:
        stamp = path.stat()
        return _parsed(path, stamp.st_mtime_ns, stamp.st_size)
    except UnicodeDecodeError as error:
        raise FileFormatError(
            Text(
                f"规则包文件 {_shown(path)} 不是 UTF-8 编码。", f"{_shown(path)} of a rule pack is not UTF-8."
            ),
            Text("请另存为 UTF-8。", "Save it as UTF-8."),
        ) from error
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found.group(1)) if found else path.read_text(encoding="utf-8").count("\n") + 1
        raise _wrong(path, line, f"不是合法的 TOML：{error}。", f"no valid TOML: {error}.", MODEL) from error


@lru_cache(maxsize=256)
def _parsed(path: Path, _changed_ns: int, _size: int) -> dict[str, Any]:
    """Read a file once for all packs that rest on it; nobody changes what it says."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def wrong_in(path: Path, zh: str, en: str, *, at: str, hint: Text) -> FileFormatError:
    """Make the error that says where in a file of a pack something is wrong; ``at`` is text to find the line by."""
    return _wrong(path, _line_of(path, at), zh, en, hint)


def _roots(folder: Path | None) -> tuple[Path, ...]:
    own = (folder / "packs",) if folder is not None else ()
    return (*own, shipped("packs"))


def _line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines() if text else []
    return next((number for number, line in enumerate(lines, start=1) if text in line), 0)


def _shown(path: Path) -> str:
    """Return the path from the folder of the pack's name on."""
    depth = 3 if path.parent.name == "words" else 2
    return "/".join(path.parts[-depth:])


def _wrong(path: Path, line: int, zh: str, en: str, hint: Text) -> FileFormatError:
    at = Text(f" 第 {line} 行" if line else "", f", line {line}" if line else "")
    return FileFormatError(
        Text(f"规则包文件 {_shown(path)}{at.zh}：{zh}", f"Rule pack file {_shown(path)}{at.en}: {en}"), hint
    )
