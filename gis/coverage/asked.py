"""Whether a question about coverage makes sense: every parameter by itself, and all of them together."""

from collections.abc import Mapping
from typing import get_args

from gis.coverage.definitions import BY_ROAD, DEFINITIONS, UNIT_DEFINITIONS
from gis.coverage.kernels import KERNELS
from gis.coverage.request import SERVICE_LAYERS, CoverageRequest, Mode
from gis.network.modes import check_sloped, mode_of
from layers.errors import InputError
from layers.model import Shape
from layers.norms import load_profile
from layers.specs import SPECS, spec_of
from layers.text import Text

LEVELS = ("village", "town", "county", "city", "province")
"""Levels of administrative units, fine to coarse."""


def check_request(request: CoverageRequest) -> None:
    """Refuse parameters that are unknown, out of range or contradict each other.

    Raises
    ------
    InputError
        When parameters are unknown, out of range or contradict each other.
    NotFoundError
        When a layer, field or norm profile does not exist.
    """
    spec = spec_of(request.layer_id)
    if request.layer_id not in SERVICE_LAYERS:
        raise InputError(
            Text(
                f"图层“{spec.label.zh}”（{spec.id}）不是服务设施。",
                f"Layer {spec.id} does not hold facilities that serve people.",
            ),
            Text(f"可用：{'、'.join(SERVICE_LAYERS)}。", f"Use one of: {', '.join(SERVICE_LAYERS)}."),
        )
    _one_of("definition", request.definition, (*DEFINITIONS, None))
    _one_of("travel", request.travel, ("network", "straight", None))
    _one_of("mode", request.mode, get_args(Mode))
    _one_of("kernel", request.kernel, (*KERNELS, None))
    _check_by(request.by)
    for name in ("within_min", "within_m", "need_per_1000"):
        value = getattr(request, name)
        if value is not None and not 0 < value < float("inf"):
            raise InputError(
                Text(
                    f"{_called(name).zh}应为大于 0 的有限数，给出的是 {value:g}。",
                    f"{_called(name).en} must be a finite number above 0, not {value:g}.",
                )
            )
    if not spec_of("population").field(request.population_field).count_of_people:
        raise InputError(
            Text(
                f"{request.population_field} 不是人数。", f"{request.population_field} does not count people."
            )
        )
    for field, _ in request.filters:
        spec.field(field)
    if request.norms is not None:
        load_profile(request.norms)
    for barrier in request.barriers:
        spec_of(barrier)
    _check_together(request)


_NAMES: Mapping[str, Text] = {
    "definition": Text("覆盖定义", "The definition"),
    "travel": Text("距离算法", "The way of measuring"),
    "mode": Text("出行方式", "The mode of travel"),
    "kernel": Text("衰减函数", "The kernel"),
    "within_min": Text("分钟数", "The number of minutes"),
    "within_m": Text("米数", "The number of metres"),
    "need_per_1000": Text("每千人需要量", "The need per 1,000 people"),
}


def _called(name: str) -> Text:
    """Name a parameter in words, with its option."""
    option = f"--{name.replace('_', '-')}"
    return Text(f"{_NAMES[name].zh}（{option}）", f"{_NAMES[name].en} ({option})")


def _check_by(by: str) -> None:
    """Accept a level, or a layer that has areas."""
    if by in LEVELS or by in area_layers():
        return
    areas = [one for one in area_layers() if Shape.POINT not in spec_of(one).shapes]
    raise InputError(
        Text(f"统计单位（--by）不能是“{by}”。", f"--by cannot be {by!r}."),
        Text(
            f"可用：{'、'.join(LEVELS)}，或面图层 {'、'.join(areas)}，或画成面的居住区（residential_quarter）等图层。",
            f"Use one of: {', '.join(LEVELS)}, or a layer of areas: {', '.join(areas)}, or one drawn as areas, such as "
            "residential_quarter.",
        ),
    )


def area_layers() -> tuple[str, ...]:
    """Return the layers that may hold areas to report by; whether one does is known only with its data."""
    return tuple(one for one in SPECS if Shape.POLYGON in spec_of(one).shapes and one not in _NOT_AREAS)


_NOT_AREAS = ("admin_unit", "population", "barrier")


def _one_of(name: str, value: str | None, allowed: tuple[str | None, ...]) -> None:
    if value not in allowed:
        words = [one for one in allowed if one]
        raise InputError(
            Text(f"{_called(name).zh}不能是“{value}”。", f"{_called(name).en} cannot be {value!r}."),
            Text(f"可用：{'、'.join(words)}。", f"Use one of: {', '.join(words)}."),
        )


def _check_walked(request: CoverageRequest) -> None:
    """Refuse slope where no time is walked by road."""
    straight = request.travel == "straight" or request.definition not in {None, *BY_ROAD}
    if straight or request.within_m is not None:
        raise InputError(
            Text(
                "坡度（--slope）只改变沿路网的步行时间，不用于直线、村居（C1、C2）和按米（--within-m）的问题。",
                "Slope (--slope) changes walking time by road; it is not for straight lines, units (C1, C2) and "
                "questions in metres (--within-m).",
            ),
            Text(
                "用 --within-min 和 C4、C6、C7、C8，或去掉 --slope。",
                "Use --within-min and C4, C6, C7 or C8, or leave out --slope.",
            ),
        )


def _check_together(request: CoverageRequest) -> None:
    if request.slope:
        check_sloped(mode_of(request.mode))
        _check_walked(request)
    if request.within_min is not None and request.within_m is not None:
        raise InputError(
            Text(
                "分钟（--within-min）和米（--within-m）只能给一个。",
                "Give minutes (--within-min) or metres (--within-m), not both.",
            ),
            Text("按时间用分钟，按距离用米。", "Minutes ask by time, metres by distance."),
        )
    if request.definition in {"C3", "C5"} and request.travel == "network":
        raise InputError(
            Text(
                f"{request.definition} 按直线距离定义，不能沿路网。",
                f"{request.definition} is straight by definition.",
            ),
            Text("沿路网请用 C6。", "By road ask for C6."),
        )
    if request.definition in {"C4", "C6"} and request.travel == "straight":
        raise InputError(
            Text(
                f"{request.definition} 按路网定义，不能用直线。",
                f"{request.definition} is by road by definition, not straight.",
            ),
            Text("直线距离请用 C5。", "In a straight line ask for C5."),
        )
    if request.definition in UNIT_DEFINITIONS and (request.within_min or request.within_m):
        raise InputError(
            Text(
                f"{request.definition} 不看距离，不能给分钟（--within-min）或米（--within-m）。",
                f"{request.definition} knows no distance: leave out --within-min and --within-m.",
            )
        )
