"""What the drawing scripts of a page are told."""

from collections.abc import Mapping, Sequence
from typing import Any

from layers.store.protocol import BBox
from layers.text import Lang
from web.assets import leaflet_icons
from web.maps.classes import class_table
from web.maps.styles import style_table
from web.maps.symbols import symbol_table
from web.texts import texts


def map_config(
    *,
    lang: Lang,
    inline: bool,
    bounds: BBox | None,
    layers: Sequence[dict[str, Any]] = (),
    evidence: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the settings of a page: language, texts, signs.

    An exported file gets its ``layers``, the page of findings the words for the codes in their ``evidence``.
    """
    return {
        "lang": lang,
        "texts": dict(texts(lang)),
        "styles": style_table(),
        "symbols": symbol_table(lang),
        "classes": class_table(),
        "icons": leaflet_icons(inline=inline),
        "bounds": [[bounds[1], bounds[0]], [bounds[3], bounds[2]]] if bounds else None,
        "layers": list(layers),
        "evidence": dict(evidence or {}),
    }
