"""Plots of reports with matplotlib; lettering is Chinese where a Chinese font is installed, else English."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from layers.errors import InputError
from layers.text import Lang, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Noto Sans CJK JP",
)
_SIZE = (7.0, 5.0)
_BINS = 40
_MOST_LOADS = 40
_SUFFIXES = (".png", ".svg", ".pdf")
_LINES = ("-", "--", "-.", ":", (0, (1, 3)))
_BLUE, _GREY, _RED = "#1b5e8f", "#8a8f98", "#b3362b"


def plot(report: object, kind: str | None = None, *, lang: Lang = "zh") -> "Figure":
    """Plot a report.

    Parameters
    ----------
    report
        An AccessReport (``lorenz``), a SiteReport (``curve``), or a CoverageReport (``travel-times``, C7 ``loads``).
    kind
        One of ``PLOTS``; None chooses by the report.
    lang
        Language of the lettering; Chinese falls back to English where no Chinese font is installed.

    Raises
    ------
    InputError
        When the report has nothing of the kind to plot.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    chosen = kind or _kind_of(report)
    if chosen not in PLOTS:
        raise InputError(
            Text(f"没有名为“{chosen}”的图。", f"There is no plot called {chosen!r}."),
            Text(f"可用：{'、'.join(PLOTS)}。", f"Plots: {', '.join(PLOTS)}."),
        )
    font = _chinese_font()
    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    spoken: Lang = lang if lang == "en" or font else "en"
    PLOTS[chosen](axes, report, spoken)
    if font and spoken == "zh":
        _letter(figure, font)
    return figure


def save_plot(figure: "Figure", path: Path) -> None:
    """Write a plot to a file; the same figure gives the same SVG.

    Raises
    ------
    InputError
        When the suffix is not ``.png``, ``.svg`` or ``.pdf``.
    """
    check_picture(path)
    import matplotlib as mpl  # noqa: PLC0415 - slow to load

    dated = {"Date": None} if path.suffix.casefold() == ".svg" else {}
    with mpl.rc_context({"svg.hashsalt": "fangyu"}):
        figure.savefig(path, dpi=160, metadata=dated)


def check_picture(path: Path) -> None:
    """Refuse a file that is no picture a plot can be written to; raises InputError."""
    if path.suffix.casefold() not in _SUFFIXES:
        raise InputError(
            Text(f"不能把图写成 {path.name}。", f"A plot cannot be written to {path.name}."),
            Text(f"扩展名可用：{'、'.join(_SUFFIXES)}。", f"Suffixes: {', '.join(_SUFFIXES)}."),
        )


def _kind_of(report: object) -> str:
    named = {"AccessReport": "lorenz", "SiteReport": "curve", "CoverageReport": "travel-times"}
    if getattr(report, "loads", ()):
        return "loads"
    return named.get(type(report).__name__, "–")


def _nothing(what: Text) -> InputError:
    return InputError(Text(f"没有可画的{what.zh}。", f"There are no {what.en} to plot."))


def lorenz(axes: "Axes", report: Any, lang: Lang) -> None:  # noqa: ANN401 - an AccessReport
    """Draw the Lorenz curve of each kernel, units from worst to best served, with its Gini coefficient."""
    found = {name: one for name, one in getattr(report, "evenness", {}).items() if "lorenz" in one}
    if not found:
        raise _nothing(Text("洛伦兹曲线", "Lorenz curves"))
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1, label=Text("完全均衡", "perfectly even").pick(lang))
    for at, (name, one) in enumerate(found.items()):
        curve = one["lorenz"]
        axes.plot(
            curve["people"],
            curve["held"],
            linestyle=_LINES[at % len(_LINES)],
            label=f"{name} (Gini {one['gini_units']:.2f})",
        )
    axes.set_xlabel(Text("人口份额（由少到多）", "Share of people, worst served first").pick(lang))
    axes.set_ylabel(Text("可达供给份额", "Share of supply in reach").pick(lang))
    axes.set_title(Text("可达供给的洛伦兹曲线", "Lorenz curves of supply in reach").pick(lang))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.legend()


def curve(axes: "Axes", report: Any, lang: Lang) -> None:  # noqa: ANN401 - a SiteReport
    """Draw the share covered against the number of new sites, with the bound no choice of as many can pass."""
    points = getattr(report, "curve", ())
    if not points or not report.people > 0:
        raise _nothing(Text("覆盖曲线", "points of a curve"))
    sites = [one.sites for one in points]
    share = [100 * one.covered / report.people for one in points]
    bound = [100 * min(one.bound, report.people) / report.people for one in points]
    axes.fill_between(
        sites, share, bound, color=_BLUE, alpha=0.2, label=Text("上界之内", "up to the bound").pick(lang)
    )
    axes.plot(sites, share, marker="o", color=_BLUE, label=Text("方案", "plan").pick(lang))
    axes.plot(sites, bound, linestyle=":", color=_GREY, label=Text("上界", "bound").pick(lang))
    axes.set_xlabel(Text("新增站点数", "New sites").pick(lang))
    axes.set_ylabel(Text("覆盖人口（%）", "People covered (%)").pick(lang))
    axes.set_title(Text("覆盖率随站点数", "Coverage by number of new sites").pick(lang))
    axes.locator_params(axis="x", integer=True)
    axes.legend()


def travel_times(axes: "Axes", report: Any, lang: Lang) -> None:  # noqa: ANN401 - a CoverageReport
    """Draw how many people live how far from the nearest facility, with the limit at each speed of the band.

    Minutes at the middle speed where the limit is in minutes, metres where it is in metres; who reaches none, and who
    is farther than four times the longest limit, is said in words and not drawn.
    """
    ways = report.shown.ways if getattr(report, "shown", None) else None
    if ways is None or not len(ways.metres):
        raise _nothing(Text("人口的路程", "ways of people"))
    speeds = ways.speeds_m_s
    middle = 60 * speeds[len(speeds) // 2] if speeds else 1.0
    longest = 4 * max(ways.limits_m) / middle
    drawn = ways.metres / middle <= longest
    axes.hist(ways.metres[drawn] / middle, bins=_BINS, weights=ways.people[drawn], color=_BLUE, alpha=0.8)
    for at, limit in enumerate(ways.limits_m):
        words = f"{speeds[at]:g} m/s: {limit:.0f} m" if at < len(speeds) else f"{limit:.0f} m"
        axes.axvline(limit / middle, color=_RED, linestyle=_LINES[at % len(_LINES)], label=words)
    said = f"{ways.people[~drawn].sum():,.0f}"
    axes.plot(
        [], [], " ", label=Text(f"更远或不通 {said} 人", f"farther or unconnected: {said} people").pick(lang)
    )
    if speeds:
        label = Text(
            f"到最近设施的分钟数（{middle / 60:g} 米/秒）", f"Minutes to the nearest at {middle / 60:g} m/s"
        )
    else:
        label = Text("到最近设施的米数", "Metres to the nearest facility")
    axes.set_xlabel(label.pick(lang))
    axes.set_ylabel(Text("人数", "People").pick(lang))
    axes.set_title(Text("路程分布", "How far people are").pick(lang))
    axes.set_xlim(0, float(longest))
    axes.legend()


def loads(axes: "Axes", report: Any, lang: Lang) -> None:  # noqa: ANN401 - a CoverageReport under C7
    """Draw how full facilities are, the fullest first: people assigned beside people they are enough for."""
    known = [one for one in getattr(report, "loads", ()) if one.people_max is not None]
    if not known:
        raise _nothing(Text("设施容量（定义 C7 才有）", "loads of facilities (definition C7 has them)"))
    fullest = sorted(known, key=lambda one: -(one.used / one.people_max if one.people_max else 0.0))
    shown = fullest[:_MOST_LOADS]
    at = np.arange(len(shown))
    axes.bar(at, [one.people_max for one in shown], color=_GREY, alpha=0.5,
             label=Text("可服务人数", "room for").pick(lang))  # fmt: skip
    axes.bar(
        at, [one.used for one in shown], width=0.5, color=_BLUE, label=Text("承担人数", "takes on").pick(lang)
    )
    axes.set_xticks(at, [str(one + 1) for one in range(len(shown))], fontsize=7)
    axes.set_xlabel(
        Text(
            f"设施，由满到空（{len(shown)} / {len(known)}）",
            f"Facilities, fullest first ({len(shown)} of {len(known)})",
        ).pick(lang)
    )
    axes.set_ylabel(Text("人数", "People").pick(lang))
    axes.set_title(Text("设施承担的人数", "What facilities take on").pick(lang))
    axes.legend()


PLOTS: Mapping[str, Callable[["Axes", Any, Lang], None]] = {
    "lorenz": lorenz,
    "curve": curve,
    "travel-times": travel_times,
    "loads": loads,
}


def _chinese_font() -> str | None:
    """Return the first Chinese font that is installed, None without any."""
    from matplotlib import font_manager  # noqa: PLC0415 - slow to load

    there = {one.name for one in font_manager.fontManager.ttflist}
    return next((one for one in _FONTS if one in there), None)


def _letter(figure: "Figure", font: str) -> None:
    from matplotlib.text import Text as Lettering  # noqa: PLC0415 - slow to load

    for one in figure.findobj(Lettering):
        one.set_fontfamily([font, "sans-serif"])
