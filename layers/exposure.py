"""Which fields may be shown without a login; knows no tables, so that listing layers stays quick."""

from layers.model import Field, LayerSpec

NEVER_PUBLIC = frozenset({"attributes", "remarks"})
"""Free text and columns nobody described: they never leave, whatever a specification says."""


def public_fields(spec: LayerSpec) -> tuple[Field, ...]:
    """Give the fields of a layer that may be shown without a login; none of a layer that is not public."""
    if not spec.public:
        return ()
    return tuple(one for one in spec.fields if one.public and one.name not in NEVER_PUBLIC)
