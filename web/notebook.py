"""Reports that draw themselves in a notebook: ``%load_ext web.notebook``, or ``web.notebook.enable()``."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from layers.errors import FangyuError, InputError
from layers.text import Lang, Text
from web.maps.reports import draw
from web.plots import plot, save_plot

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

    from gis.coverage.shown import Tabular

__all__ = ["draw", "enable", "load_ipython_extension", "plot", "save_plot"]

_FIGURE = "matplotlib.figure.Figure"
_DPI = 100


def enable(shell: Any = None, *, lang: Lang = "zh") -> None:  # noqa: ANN401 - IPython's shell, where there is one
    """Let reports draw themselves as maps in the running notebook; without places they show as tables.

    Figures of ``plot`` show as pictures, which a shell does by itself only after ``%matplotlib inline``.

    Parameters
    ----------
    shell
        IPython's shell; None takes the running one.

    Raises
    ------
    InputError
        When no notebook is running: ``draw`` and ``plot`` work without one.
    """
    running = shell or _running_shell()
    formatter = running.display_formatter.formatters["text/html"]
    for kind in _kinds():
        formatter.for_type(kind, _formatter(lang))
    pictures = running.display_formatter.formatters["image/png"]
    if _FIGURE not in pictures:
        pictures.for_type(_FIGURE, _png)


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 - IPython's shell
    """Do what ``%load_ext web.notebook`` asks for."""
    enable(shell)


def _formatter(lang: Lang) -> "Callable[[Tabular], str]":
    def html(report: "Tabular") -> str:
        try:
            return str(draw(report, lang=lang)._repr_html_())
        except FangyuError:
            return str(report.as_table().to_html())

    return html


def _png(figure: "Figure") -> bytes:
    written = BytesIO()
    figure.savefig(written, format="png", dpi=_DPI)
    return written.getvalue()


def _kinds() -> "tuple[type[Tabular], ...]":
    from gis.coverage import (  # noqa: PLC0415 - slow to load
        AccessReport,
        CoverageReport,
        GapReport,
        IndicatorReport,
        MealPlanReport,
        PhaseReport,
        RedistributionReport,
        SiteReport,
    )
    from gis.coverage.scenarios import Comparison  # noqa: PLC0415 - slow to load

    return (
        AccessReport,
        Comparison,
        CoverageReport,
        GapReport,
        IndicatorReport,
        MealPlanReport,
        PhaseReport,
        RedistributionReport,
        SiteReport,
    )


def _running_shell() -> Any:  # noqa: ANN401 - IPython's shell
    try:
        from IPython import get_ipython  # noqa: PLC0415 - only where a notebook runs
    except ImportError:
        shell = None
    else:
        shell = get_ipython()
    if shell is None:
        raise InputError(
            Text("没有在运行的笔记本。", "No notebook is running."),
            Text("可直接用 web.notebook.draw(报告)。", "Use web.notebook.draw(report)."),
        )
    return shell
