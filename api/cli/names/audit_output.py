"""The forms of an audit: JSON and CSV written finding by finding, and a table of counts."""

import csv
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from api.cli.language import picked, said
from api.cli.output import give_table, wrote
from layers.cells import harmless
from layers.text import Text

if TYPE_CHECKING:
    from gis.names.namesakes.audit import AuditReport
    from layers.findings import Finding

_BOM = "\ufeff"
_STATUS = {
    "clear": {"zh": "未发现问题", "en": "clear"},
    "review": {"zh": "待核", "en": "review"},
    "suspect": {"zh": "疑似", "en": "suspect"},
}
_STATUSES: Mapping[str, Text] = {
    "suspect": Text("疑似", "suspect"),
    "review": Text("待核", "review"),
    "clear": Text("未发现问题", "clear"),
    "unknown": Text("类别不明", "unknown"),
}
"""What is said of a name as a whole."""


def give_audit_json(report: "AuditReport", extra: Mapping[str, Any], output: Path | None) -> None:
    """Write counts first and every finding after them, holding one finding at a time in memory."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as body, _opened(output) as target:
        separator = "\n    "
        for one in report.findings:
            body.write(separator + one.as_json_text())
            separator = ",\n    "
        head = json.dumps({**report.as_json(), **extra}, ensure_ascii=False, indent=2, allow_nan=False)
        target.write(head.removesuffix("\n}") + ',\n  "findings": [')
        body.seek(0)
        shutil.copyfileobj(body, target)
        target.write("\n  ]\n}\n" if separator.startswith(",") else "]\n}\n")


def give_audit_csv(report: "AuditReport", output: Path | None) -> None:
    """Write one row a finding, as CSV that Excel opens."""
    with _opened(output) as target:
        target.write(_BOM)
        writer = csv.writer(target)
        writer.writerow(_header())
        writer.writerows([harmless(cell) for cell in _row(one)] for one in report.findings)


def give_audit_counts(report: "AuditReport", output: Path | None) -> None:
    """Print the counts by rule as a table; the findings themselves are only counted."""
    for _ in report.findings:
        pass
    counts = report.tally.as_json()
    rows: list[list[str]] = []
    for group, title in (
        ("status", said("名称", "Names")),
        ("severity", said("程度", "Severity")),
        ("category", said("类别", "Category")),
        ("code", said("规则", "Rule")),
    ):
        rows += [
            [title, _worded(group, name), str(number)] for name, number in counts[group].items() if number
        ]
    header = [said("按", "By"), said("值", "Value"), said("数量", "Count")]
    give_table(header, rows, title=picked(report.pack.title), output=output)


def _worded(group: str, name: str) -> str:
    from layers.findings import SEVERITY_LABELS, Severity

    if group == "status":
        return picked(_STATUSES.get(name, Text(name, name)))
    if group == "status":
        return picked(_STATUS[name]) if name in _STATUS else name
    return picked(SEVERITY_LABELS[Severity(name)]) if group == "severity" else name


def _header() -> list[str]:
    return [
        said("程度", "Severity"),
        said("类别", "Category"),
        said("规则", "Rule"),
        said("编号", "Id"),
        said("名称", "Name"),
        said("问题", "What was found"),
        said("同名者", "Namesakes"),
        said("最近(米)", "Nearest (m)"),
        said("例外", "Exceptions"),
        said("依据", "Citation"),
        said("键", "Key"),
    ]


def _row(one: "Finding") -> list[Any]:
    from layers.findings import SEVERITY_LABELS

    others = one.evidence.get("namesakes", [])
    return [
        picked(SEVERITY_LABELS[one.severity]),
        one.category,
        one.code,
        one.feature_id,
        one.feature_name,
        picked(one.message),
        "；".join(f"{other['name']}({other['id']})" for other in others),
        next((other["distance_m"] for other in others), None),
        "；".join(map(picked, one.exceptions)),
        one.citation,
        one.key,
    ]


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[str]]:
    """Give standard output, or a file that takes its name only when it is whole."""
    if output is None:
        yield sys.stdout
        return
    unfinished = output.with_name(f"{output.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
    wrote(output)
