"""The one place that runs all checks: data quality, names, signs, boundaries, cemeteries."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from layers.errors import NotFoundError
from layers.findings import Finding, Severity, unjudged
from layers.model import Layer
from layers.progress import Progress, silent
from layers.specs import SPECS
from layers.text import Text
from layers.workspace import Workspace

ALL = "all"
_NAMED_LAYERS = ("place_name", "residential_quarter")
_ECHOES = {"quality.part-over-whole": "cemeteries.used-over-total"}
"""Codes of general checks, and the code of the special check that says the same of the same feature."""


@dataclass(frozen=True, slots=True)
class Check:
    """One group of checks that can be asked for by name.

    Attributes
    ----------
    layers
        Layers it looks at; without them it answers *unknown*.
    """

    id: str
    label: Text
    layers: tuple[str, ...]
    run: Callable[[Workspace, date, Progress], list[Finding]]


def _quality(workspace: Workspace, on: date, progress: Progress) -> list[Finding]:
    from layers.quality import check_quality  # noqa: PLC0415 - listing the checks must not load geometry libraries

    return check_quality(workspace, progress, on=on)


def _names(workspace: Workspace, on: date, progress: Progress) -> list[Finding]:  # noqa: ARG001 - one shape of check
    from gis.names import check_names  # noqa: PLC0415 - as above
    from gis.names.packs import packs_of_workspace  # noqa: PLC0415 - as above
    from gis.names.readings import check_pinyin, load_readings  # noqa: PLC0415 - as above

    register, quarters = _layers(workspace, *_NAMED_LAYERS)
    layers = [layer for layer in (register, _not_in(quarters, register)) if layer is not None]
    if not layers:
        return [_no_names()]
    settings, readings = workspace.settings, load_readings(workspace.root)
    packs = packs_of_workspace(workspace)
    found = [
        finding
        for layer in layers
        for finding in check_names(layer, packs, settings.code, on=on, folder=workspace.root)
    ]
    if register is not None:
        found += check_pinyin(register, district_code=settings.code, readings=readings)
    return found


def _not_in(quarters: Layer | None, register: Layer | None) -> Layer | None:
    """Leave out quarters whose name stands in the register of names: it is judged there, with all that is known."""
    if quarters is None or register is None:
        return quarters
    frame = quarters.frame[~quarters.frame["name"].isin(register.frame["name"])]
    return Layer(quarters.spec, frame.reset_index(drop=True), quarters.provenance)


def _signs(workspace: Workspace, on: date, progress: Progress) -> list[Finding]:  # noqa: ARG001 - as above
    from gis.names.signs import check_signs  # noqa: PLC0415 - as above

    return check_signs(workspace, on=on)


def _boundaries(workspace: Workspace, on: date, progress: Progress) -> list[Finding]:  # noqa: ARG001 - as above
    from gis.boundaries import Tolerances, check_boundaries  # noqa: PLC0415 - as above
    from layers.norms import load_profile  # noqa: PLC0415 - as above

    markers, lines = _layers(workspace, "boundary_marker", "boundary_line")
    return check_boundaries(
        markers, lines, on, Tolerances.of(load_profile(workspace.settings.norm_profile), on)
    )


def _cemeteries(workspace: Workspace, on: date, progress: Progress) -> list[Finding]:  # noqa: ARG001 - as above
    from gis.cemeteries import check_cemeteries  # noqa: PLC0415 - as above
    from layers.norms import load_profile  # noqa: PLC0415 - as above

    cemeteries, zones, units = _layers(workspace, "cemetery", "no_burial_zone", "admin_unit")
    return check_cemeteries(cemeteries, zones, units, load_profile(workspace.settings.norm_profile), on)


CHECKS: Mapping[str, Check] = {
    check.id: check
    for check in (
        Check("quality", Text("数据质量", "Data quality"), tuple(SPECS), _quality),
        Check("names", Text("地名规范", "Place names"), _NAMED_LAYERS, _names),
        Check(
            "signs",
            Text("标志门牌", "Signs and plates"),
            ("road_sign", "door_plate", "place_name", "road"),
            _signs,
        ),
        Check(
            "boundaries", Text("界线界桩", "Boundaries"), ("boundary_marker", "boundary_line"), _boundaries
        ),
        Check(
            "cemeteries",
            Text("公墓", "Cemeteries"),
            ("cemetery", "no_burial_zone", "admin_unit"),
            _cemeteries,
        ),
    )
}
"""The checks by name, in the order they run. ``all`` stands for every one of them."""


def run_checks(
    workspace: Workspace, which: str = ALL, on: date | None = None, progress: Progress = silent
) -> list[Finding]:
    """Run one group of checks over a workspace, or all.

    Parameters
    ----------
    which
        ``all`` or a key of ``CHECKS``.
    on
        The day everything is judged from; today when not given.

    Returns
    -------
    list of Finding
        Most severe first, then by layer, code, feature and subject: the same order on every run. A missing layer
        is a finding of severity *unknown*, never silence.

    Raises
    ------
    NotFoundError
        When there is no check called ``which``.
    """
    if which != ALL and which not in CHECKS:
        raise _no_such_check(which)
    chosen = list(CHECKS.values()) if which == ALL else [CHECKS[which]]
    day = on or workspace.day
    found: list[Finding] = []
    for done, check in enumerate(chosen):
        progress(check.label, done, len(chosen))
        found += check.run(workspace, day, progress)
    progress(Text("检查完成", "Checks done"), len(chosen), len(chosen))
    return sorted(_without_echoes(found), key=_rank)


def check_of(finding: Finding) -> str:
    """Name the group of checks a finding comes from: the first part of its code."""
    return finding.code.partition(".")[0]


def summary(findings: Iterable[Finding]) -> dict[str, Any]:
    """Count findings: ``{"total", "check": {…}, "severity": {…}, "category": {…}}``.

    Severities come in their order and are all there; checks and categories only where they occur, by name.
    """
    listed = list(findings)
    severities = Counter(finding.severity for finding in listed)
    return {
        "total": len(listed),
        "check": _counts(check_of(finding) for finding in listed),
        "severity": {severity.value: severities[severity] for severity in Severity},
        "category": _counts(finding.category for finding in listed),
    }


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _layers(workspace: Workspace, *layer_ids: str) -> list[Layer | None]:
    return [workspace.layer_or_none(layer_id) for layer_id in layer_ids]


def _without_echoes(findings: Iterable[Finding]) -> list[Finding]:
    """Drop what a general check says when the special check said it of the same feature."""
    listed = list(findings)
    said = {(finding.code, finding.feature_id) for finding in listed}
    return [finding for finding in listed if (_ECHOES.get(finding.code), finding.feature_id) not in said]


def _rank(finding: Finding) -> tuple[int, int, str, str, str]:
    layers = list(SPECS)
    layer = layers.index(finding.layer_id) if finding.layer_id in SPECS else len(layers)
    return list(Severity).index(finding.severity), layer, finding.code, finding.feature_id, finding.subject


def _no_names() -> Finding:
    message = Text(
        "没有“标准地名”图层，地名是否规范无法判断。请导入：fangyu import place_name 文件名。",
        "There is no place_name layer, so no name can be judged. Import one: fangyu import place_name FILE.",
    )
    return unjudged("names.layer-missing", "place_name", message, category="")


def _no_such_check(which: str) -> NotFoundError:
    valid = [ALL, *CHECKS]
    return NotFoundError(
        Text(f"没有名为“{which}”的检查。", f"There is no check called {which!r}."),
        Text(f"可用的检查：{'、'.join(valid)}。", f"Checks: {', '.join(valid)}."),
    )
