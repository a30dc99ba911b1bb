"""Where a result is written and in which form: the folder must be there, and the suffix must not contradict."""

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from layers.errors import InputError
from layers.text import Text

Form = TypeVar("Form", bound=StrEnum)
_TABLE = "table"
_TEXT_SUFFIXES = ("", ".txt", ".md", ".log")
_KNOWN_SUFFIXES = (".csv", ".json", ".xlsx")


def check_destination(output: Path | None) -> None:
    """Refuse a file in a folder that is not there, or a folder in place of a file.

    Raises
    ------
    InputError
        When nothing can be written there.
    """
    if output is None:
        return
    if output.is_dir():
        raise InputError(
            Text(f"{output} 是文件夹，不是文件。", f"{output} is a folder, not a file."),
            Text("请写上文件名。", "Add a file name."),
        )
    if not output.parent.is_dir():
        raise InputError(
            Text(
                f"文件夹 {output.parent} 不存在，没有写入 {output.name}。",
                f"There is no folder {output.parent}; {output.name} was not written.",
            ),
            Text("请先建好文件夹，或换一个位置。", "Make the folder first, or choose another place."),
        )


def check_plot(plot: Path | None) -> None:
    """Refuse a picture that cannot be written, before anything is computed; raises InputError."""
    check_destination(plot)
    if plot is not None:
        from web.plots import check_picture

        check_picture(plot)


def chosen_form(given: Form | None, output: Path | None, *, forms: type[Form]) -> Form:
    """Return the form asked for; when none was, the one the suffix of the file says, else a table.

    Raises
    ------
    InputError
        When nothing can be written there, form and suffix contradict each other, or the suffix is of no form there is.
    """
    check_destination(output)
    if output is None:
        return given or forms(_TABLE)
    suffix = output.suffix.casefold()
    named = _TABLE if suffix in _TEXT_SUFFIXES else suffix.removeprefix(".")
    possible = {one.value for one in forms}
    if given is None and named in possible:
        return forms(named)
    if given is None:
        raise InputError(
            Text(f"不能写成 {suffix} 文件：{output.name}。", f"Cannot write a {suffix} file: {output.name}."),
            Text(
                f"扩展名可用：{'、'.join(_suffixes(possible))}；或用 --format 说明格式。",
                f"Suffixes: {', '.join(_suffixes(possible))}; or say the form with --format.",
            ),
        )
    if suffix in _KNOWN_SUFFIXES and named != given.value:
        raise InputError(
            Text(
                f"--format {given.value} 与文件名 {output.name} 的扩展名不一致。",
                f"--format {given.value} contradicts the suffix of {output.name}.",
            ),
            Text(
                "请改扩展名，或去掉 --format，由扩展名决定格式。",
                "Change the suffix, or leave --format out: the suffix then decides.",
            ),
        )
    return given


def _suffixes(possible: set[str]) -> list[str]:
    others = sorted(possible - {_TABLE} - {one.removeprefix(".") for one in _KNOWN_SUFFIXES})
    known = [one for one in _KNOWN_SUFFIXES if one.removeprefix(".") in possible]
    return [*known, *(f".{one}" for one in others), ".txt"]
