"""A Chinese font of this machine, for PDF files and for the words on maps."""

import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from layers.errors import NotFoundError
from layers.text import Text

_NAMES: tuple[tuple[str, int], ...] = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("NotoSansSC-Regular.ttf", 0),
    ("SourceHanSansSC-Regular.otf", 0),
    ("SourceHanSansCN-Regular.otf", 0),
    ("simhei.ttf", 0),
    ("msyh.ttc", 0),
    ("msyh.ttf", 0),
    ("simsun.ttc", 0),
    ("simfang.ttf", 0),
    ("Deng.ttf", 0),
    ("PingFang.ttc", 3),
    ("STHeiti Light.ttc", 1),
    ("Hiragino Sans GB.ttc", 0),
    ("Arial Unicode.ttf", 0),
    ("wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", 0),
    ("DroidSansFallbackFull.ttf", 0),
    ("uming.ttc", 0),
)
"""File and number of the face for simplified Chinese in it, best first."""
FONT_VARIABLE = "FANGYU_FONT"


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, and which face of a collection."""

    path: Path
    face: int = 0


def folders() -> tuple[Path, ...]:
    """List the folders fonts are kept in on this system."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
        return (windows, home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    )


@cache
def chinese_font() -> Font | None:
    """Find a font with simplified Chinese: the file named by ``FANGYU_FONT``, else the best one installed.

    None where there is none.
    """
    own = os.environ.get(FONT_VARIABLE)
    if own and Path(own).is_file():
        return Font(Path(own))
    found: dict[str, Path] = {}
    for folder in folders():
        for path in folder.rglob("*") if folder.is_dir() else ():
            found.setdefault(path.name.casefold(), path)
    for name, face in _NAMES:
        if name.casefold() in found:
            return Font(found[name.casefold()], face)
    return None


def needed_font() -> Font:
    """Find a font as ``chinese_font`` does.

    Raises
    ------
    NotFoundError
        When there is none: a PDF has to hold the font it is set in.
    """
    font = chinese_font()
    if font is None:
        raise NotFoundError(
            Text(
                "本机没有中文字体，不能写 PDF。",
                "There is no Chinese font on this machine; a PDF cannot be written.",
            ),
            Text(
                "请安装思源黑体或文泉驿（Debian、Ubuntu：apt install fonts-noto-cjk），"
                f"或用环境变量 {FONT_VARIABLE} 指定字体文件；也可以改写成 docx 或 html。",
                f"Install Noto Sans CJK (Debian, Ubuntu: apt install fonts-noto-cjk), or name a font file in "
                f"{FONT_VARIABLE}; or write docx or html instead.",
            ),
        )
    return font
