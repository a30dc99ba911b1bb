"""What a check found in the data: one shape for quality, names, boundaries and cemeteries."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from layers.text import Text


class Severity(StrEnum):
    """How far a finding goes. None of them is a verdict: a person decides."""

    ERROR = "error"
    """A stated rule is broken on the evidence given."""
    SUSPECT = "suspect"
    """Very likely against the rule; a reviewer must confirm."""
    REVIEW = "review"
    """Could be either; a reviewer must look."""
    UNKNOWN = "unknown"
    """Cannot be judged, because data or a layer is missing. Unknown is not clear."""
    NOTE = "note"
    """Worth knowing, nothing to do."""


NO_DATA = "缺数据即无法判断，不等于没有问题"
"""What stands for a citation where something could not be judged."""
SEVERITY_LABELS: Mapping[Severity, Text] = {
    Severity.ERROR: Text("错误", "error"),
    Severity.SUSPECT: Text("疑似", "suspect"),
    Severity.REVIEW: Text("待核", "review"),
    Severity.UNKNOWN: Text("无法判断", "unknown"),
    Severity.NOTE: Text("提示", "note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a check noticed about one feature.

    Attributes
    ----------
    code
        Stable dotted id of the rule, such as ``names.exact-duplicate``.
    feature_id, feature_name
        Empty when the finding is about a whole layer.
    category
        The office's own class of the problem (大 洋 怪 重 用字 …), or ``""``.
    evidence
        JSON values that let another person repeat the judgement.
    exceptions
        Exceptions of the rule that were considered, and how each came out.
    citation
        Article of law or standard, or why there is none.
    subject
        What, beside code and feature, tells two findings apart (the other feature's id, the matched word).
        Part of ``key``; must not depend on row order or run time.
    """

    code: str
    severity: Severity
    layer_id: str
    message: Text
    citation: str
    feature_id: str = ""
    feature_name: str = ""
    category: str = ""
    subject: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    exceptions: tuple[Text, ...] = ()

    @property
    def key(self) -> str:
        """Sixteen hex digits, the same on every run, so a reviewer's decision survives."""
        told_apart_by = "\x1f".join((self.code, self.layer_id, self.feature_id, self.subject))
        return hashlib.sha256(told_apart_by.encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """Return the finding as JSON values; ``message`` and ``exceptions`` in both languages."""
        plain = json.loads(json.dumps(dict(self.evidence), ensure_ascii=False, default=str))
        return self._parts(plain)

    def as_json_text(self) -> str:
        """Return what ``as_json`` says as text on one line; quicker where many findings are written.

        Raises
        ------
        ValueError
            When the evidence holds a number that is none (NaN, infinite).
        """
        said = self._parts(dict(self.evidence))
        return json.dumps(said, ensure_ascii=False, allow_nan=False, default=str)

    def _parts(self, evidence: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "key": self.key,
            "code": self.code,
            "category": self.category,
            "severity": self.severity.value,
            "layer": self.layer_id,
            "feature_id": self.feature_id,
            "feature_name": self.feature_name,
            "message": self.message._asdict(),
            "evidence": evidence,
            "exceptions": [text._asdict() for text in self.exceptions],
            "citation": self.citation,
        }


def unjudged(
    code: str,
    layer_id: str,
    message: Text,
    *,
    category: str,
    subject: str = "",
    **evidence: Any,  # noqa: ANN401 - JSON values
) -> Finding:
    """Say for a whole layer what could not be checked, because data is missing: unknown is not clear."""
    return Finding(
        code=code,
        severity=Severity.UNKNOWN,
        layer_id=layer_id,
        message=message,
        citation=NO_DATA,
        category=category,
        subject=subject,
        evidence=evidence,
    )


def calls_for_action(finding: Finding) -> bool:
    """Tell whether somebody has to look at the finding (all but notes)."""
    return finding.severity is not Severity.NOTE
