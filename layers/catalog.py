"""The list of layers: what the workspace holds, how much, how old and from where."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from layers.exposure import public_fields
from layers.model import Field, LayerSpec
from layers.specs import spec_of
from layers.vocabulary import vocabulary

if TYPE_CHECKING:
    from layers.store.protocol import LayerSummary
    from layers.workspace import Workspace

Profile = Literal["public", "internal"]


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One layer of the list: its specification, its summary, and the fields its viewer may see."""

    spec: LayerSpec
    summary: "LayerSummary"
    fields: tuple[Field, ...]

    def as_json(self, *, with_sources: bool) -> dict[str, Any]:
        """Return the entry as JSON values; labels in both languages, vocabularies spelt out.

        The names of the files imported are the office's own affair: they are left out without a login.
        """
        box, as_of = self.summary.bbox, self.summary.as_of
        return {
            "id": self.spec.id,
            "label": self.spec.label._asdict(),
            "count": self.summary.count,
            "shapes": sorted(shape.value for shape in self.spec.shapes),
            "bbox": None if box is None else list(box),
            "as_of": None if as_of is None else as_of.isoformat(),
            "sources": list(self.summary.sources) if with_sources else [],
            "synthetic": self.summary.synthetic,
            "version": self.summary.version,
            "fields": [_field_json(one) for one in self.fields],
        }


def catalog(workspace: "Workspace", *, profile: Profile) -> tuple[CatalogEntry, ...]:
    """List the layers that were imported, in the order of ``layers.specs.SPECS``; none in a new workspace.

    The public profile leaves out layers and fields that need a login.
    """
    entries = []
    for spec in map(spec_of, workspace.store.layer_ids()):
        if spec.public or profile == "internal":
            fields = spec.fields if profile == "internal" else public_fields(spec)
            entries.append(CatalogEntry(spec, workspace.store.summary(spec.id), fields))
    return tuple(entries)


def as_json(workspace: "Workspace", *, profile: Profile) -> dict[str, Any]:
    """Describe the workspace and its layers as JSON values, as ``GET /api/layers`` answers."""
    entries, settings = catalog(workspace, profile=profile), workspace.settings
    return {
        "district": {"code": settings.code, "name": settings.name},
        "synthetic": settings.synthetic or any(one.summary.synthetic for one in entries),
        "profile": profile,
        "map_review_number": settings.map_review_number,
        "layers": [one.as_json(with_sources=profile == "internal") for one in entries],
    }


def _field_json(field: Field) -> dict[str, Any]:
    terms = vocabulary(field.vocabulary).values() if field.vocabulary else ()
    return {
        "name": field.name,
        "label": field.label._asdict(),
        "unit": field.unit,
        "kind": field.kind.value,
        "vocabulary": {term.code: term.label._asdict() for term in terms} or None,
    }
