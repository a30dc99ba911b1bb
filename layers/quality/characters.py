"""Characters lost on the way: what an encoding could not say and a program replaced."""

from collections.abc import Iterator

from layers.findings import Finding, Severity
from layers.model import Field, Kind, Layer
from layers.quality.noticing import about, called, each
from layers.text import Text

_HAN = r"[\u3400-\u9fff]"
LOST = rf"\ufffd|{_HAN}\?{_HAN}"
"""The replacement character, or an ASCII question mark between two Han characters (a lost rare character)."""
_PROSE = {"attributes", "remarks", "origin", "location_note"}


def check_characters(layer: Layer) -> Iterator[Finding]:
    """Find names and addresses in which a character was lost, a frequent loss with rare characters and Big5 files."""
    for field in layer.spec.fields:
        if field.kind is Kind.TEXT and field.name not in _PROSE:
            yield from _lost(layer, field)


def _lost(layer: Layer, field: Field) -> Iterator[Finding]:
    values = layer.frame[field.name].astype("string")

    def one(position: int) -> Finding:
        written = str(values.iloc[position])
        message = Text(
            f"“{called(layer, position)}”的{field.label.zh}“{written}”丢了字，请按原件补录。",
            f"A character was lost in {field.name} of {called(layer, position)}: {written!r}. Restore it.",
        )
        return about(
            layer,
            position,
            "lost-character",
            Severity.ERROR,
            message,
            citation="文字编码转换时丢失，无条文",
            evidence={"field": field.name, "value": written},
            subject=field.name,
        )

    hits = values.str.contains(LOST, regex=True).fillna(value=False).to_numpy(dtype=bool)
    yield from each(
        layer, hits, one, many=Text(f"的{field.label.zh}丢了字", f"lost characters in {field.name}")
    )
