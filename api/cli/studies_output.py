"""The results of a study as files, and how they were made on screen."""

import io
import json
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.cli.access_output import give_access, give_redistribution
from api.cli.coverage_output import give_report
from api.cli.gaps_output import give_gaps
from api.cli.indicators_output import give_indicators
from api.cli.language import picked, said
from api.cli.meals import give_meals
from api.cli.options import ReportFormat, TableFormat
from api.cli.output import give_json, remark
from api.cli.phases import give_phases
from api.cli.scenarios_output import give_comparison
from api.cli.site_options import SiteFormat
from api.cli.siting_output import give_sites
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage.studies import StudyRun

_GIVERS: Mapping[str, tuple[Callable[..., Any], Any]] = {
    "cover": (give_report, ReportFormat),
    "gaps": (give_gaps, ReportFormat),
    "access": (give_access, ReportFormat),
    "redistribute": (give_redistribution, ReportFormat),
    "indicators": (give_indicators, ReportFormat),
    "site": (give_sites, SiteFormat),
    "meals": (give_meals, TableFormat),
    "phases": (give_phases, TableFormat),
    "compare": (give_comparison, TableFormat),
}
"""By kind: what writes a result, and the forms it knows."""


def write_results(run: "StudyRun", folder: Path) -> None:
    """Write every result as JSON and CSV, as a workbook where there is one, and ``provenance.json``, into a folder.

    The folder is made; files of earlier runs under the same names are replaced.
    """
    from gis.coverage.studies.checking import PROVENANCE_FILE

    folder.mkdir(parents=True, exist_ok=True)
    for one in run.answers:
        with redirect_stderr(io.StringIO()), redirect_stdout(io.StringIO()):
            _write(one.question.kind, one.result, folder / one.question.id)
    text = json.dumps(run.provenance, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    (folder / PROVENANCE_FILE).write_text(text, encoding="utf-8")
    count = len(run.answers)
    remark(
        said(f"{count} 个问题的结果已写入 {folder}", f"Wrote the results of {count} questions to {folder}")
    )


def _write(kind: str, result: Mapping[str, Any], base: Path) -> None:
    """Write one result in every form there is; what the commands remark besides is left out."""
    give, forms = _GIVERS[kind]
    give_json(result, base.with_name(f"{base.name}.json"))
    give(result, forms("csv"), base.with_name(f"{base.name}.csv"))
    if "xlsx" in {form.value for form in forms}:
        give(result, forms("xlsx"), base.with_name(f"{base.name}.xlsx"))


def provenance_lines(run: "StudyRun") -> list[str]:
    """Say how the results were made: program, data, norms, and the checksum of each result."""
    made = run.provenance
    lines = [
        f"{said('研究', 'Study')}: {made['study']['name']} ({made['study']['file']}, {made['study']['day']})",
        f"{said('程序', 'Program')}: {made['program']}",
        f"{said('工作区', 'Workspace')}: {made['workspace']['name']} {made['workspace']['code']}",
    ]
    for name, one in made["layers"].items():
        invented = said("（虚构示例）", " (fictional)") if one["synthetic"] else ""
        lines.append(
            f"{said('数据', 'Data')}: {name} {one['version']}, {said('截至', 'as of')} {one['as_of'] or '?'}, "
            f"{'; '.join(one['sources'])}{invented}, sha256 {one['sha256'][:16]}"
        )
    for profile, values in made["norms"].items():
        lines += [f"{said('规范', 'Norm')} {profile}: {_norm(one)}" for one in values]
    lines += [f"{said('结果', 'Result')} {name}: {_result(one)}" for name, one in made["results"].items()]
    return lines


def _norm(value: Mapping[str, Any]) -> str:
    what = " ".join(filter(None, (picked(Text(**value["label"])), value.get("applies_to"))))
    checked = said("已核", "verified") if value["verified"] else said("未核", "not verified")
    return f"{what} = {value['value']} {value['unit']} ({value['source']}; {checked})"


def _result(record: Mapping[str, Any]) -> str:
    unsure = said("；未证明最优，再算可能不同", "; not proven best, another run may differ")
    return f"{record['file']} sha256 {record['sha256'][:16]}{'' if record['repeatable'] else unsure}"


def give_provenance(lines: list[str]) -> None:
    """Print the lines."""
    for line in lines:
        typer.echo(line)
