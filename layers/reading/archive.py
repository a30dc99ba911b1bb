"""Zip files (and workbooks, which are zips) opened with suspicion: bombs, nesting, paths that climb out."""

import zipfile
from pathlib import Path, PurePosixPath

from layers.errors import FileFormatError
from layers.text import Text

MAX_ENTRIES = 2_000
MAX_TOTAL_BYTES = 2_000_000_000
MAX_RATIO = 200
_SMALL_BYTES = 10_000_000
"""Below this an entry may be compressed as tightly as it likes: blank sheets are."""
_NESTED = (".zip", ".rar", ".7z", ".gz", ".xz", ".bz2")
_PIECE = 1 << 20


def check_archive(path: Path) -> zipfile.ZipFile:
    """Open a zip after looking at its table of contents; close it yourself.

    Raises
    ------
    FileFormatError
        When it is no zip, is encrypted, holds too many or too large entries, expands suspiciously, holds another
        archive, or an entry whose path leads outside.
    """
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise FileFormatError(
            Text(f"{path.name} 不是完好的压缩文件。", f"{path.name} is not a sound zip file."),
            Text("请重新压缩或重新下载。", "Pack or download it again."),
        ) from error
    try:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise _hostile(
                path,
                f"含 {len(entries)} 个条目，上限 {MAX_ENTRIES}",
                f"{len(entries)} entries, at most {MAX_ENTRIES}",
            )
        for entry in entries:
            _check_entry(path, entry)
        total = sum(entry.file_size for entry in entries)
        if total > MAX_TOTAL_BYTES:
            raise _hostile(
                path,
                f"解压后有 {total / 1e6:.0f} MB，上限 {MAX_TOTAL_BYTES / 1e6:.0f} MB",
                f"it expands to {total / 1e6:.0f} MB, at most {MAX_TOTAL_BYTES / 1e6:.0f} MB",
            )
    except FileFormatError:
        archive.close()
        raise
    return archive


def _check_entry(path: Path, entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts or ":" in name.split("/", maxsplit=1)[0]:
        raise _hostile(path, f"条目路径“{name}”指向压缩包之外", f"the path {name!r} leads outside")
    if entry.flag_bits & 1:
        raise _hostile(path, f"条目“{name}”有密码", f"entry {name!r} is encrypted")
    if inside.suffix.casefold() in _NESTED:
        raise _hostile(path, f"内含压缩文件“{name}”", f"it holds another archive, {name!r}")
    if entry.file_size > _SMALL_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        ratio = entry.file_size / max(entry.compress_size, 1)
        raise _hostile(
            path,
            f"条目“{name}”压缩比达 {ratio:.0f} 倍，上限 {MAX_RATIO} 倍",
            f"entry {name!r} expands {ratio:.0f} times, at most {MAX_RATIO}",
        )


def extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> Path:
    """Write one entry to ``target`` piece by piece, never more than the table of contents promised.

    Raises
    ------
    FileFormatError
        When the entry is damaged or larger than it says.
    """
    left = entry.file_size
    try:
        with archive.open(entry) as packed, target.open("wb") as file:
            while piece := packed.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise _hostile(
                        target,
                        f"条目“{entry.filename}”比声明的大",
                        f"entry {entry.filename!r} is larger than it says",
                    )
                file.write(piece)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        raise FileFormatError(
            Text(
                f"压缩包里的“{entry.filename}”已损坏：{error}。",
                f"Entry {entry.filename!r} is damaged: {error}.",
            ),
            Text("请重新压缩或重新下载。", "Pack or download it again."),
        ) from error
    return target


def _hostile(path: Path, zh: str, en: str) -> FileFormatError:
    return FileFormatError(
        Text(f"不打开 {path.name}：{zh}。", f"{path.name} was not opened: {en}."),
        Text("请解压后只导入需要的文件。", "Unpack it yourself and import the file you need."),
    )
