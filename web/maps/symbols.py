"""Point symbols: shape, colour and letter together, so that none of them is the only cue."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from layers.text import Lang, Text

SIZE_PX = 24

_OUTLINES: Mapping[str, str] = MappingProxyType(
    {
        "circle": '<circle cx="12" cy="12" r="10"/>',
        "square": '<rect x="2.5" y="2.5" width="19" height="19" rx="3"/>',
        "diamond": '<path d="M12 .8 23.2 12 12 23.2.8 12Z"/>',
        "tablet": '<path d="M4 22.5V11a8 8 0 0 1 16 0v11.5Z"/>',
        "house": '<path d="M12 1.2 23 10.5h-2.4v12H3.4v-12H1Z"/>',
        "triangle": '<path d="M12 1 23.5 22.5H.5Z"/>',
        "signpost": '<path d="M1 4.5H16.5L23.2 12 16.5 19.5H1Z"/>',
        "plate": '<rect x="1" y="5" width="22" height="14" rx="2"/>',
        "cross": '<path d="M8 1.5h8V8h6.5v8H16v6.5H8V16H1.5V8H8Z"/>',
    }
)
_LETTER_Y: Mapping[str, float] = MappingProxyType({"triangle": 19.5, "house": 17.6, "tablet": 17.2})


@dataclass(frozen=True, slots=True)
class SymbolSet:
    """How the points of one layer look.

    Attributes
    ----------
    shape, colour
        The same for the whole layer; ``colour`` has a contrast of 4.5 : 1 or more to the white letter.
    field
        The coded field that chooses the letter, or ``""``.
    letters
        The letter by code; ``""`` is that of the layer itself, on clusters and switches, and of a layer whose signs
        are all alike.
    """

    layer_id: str
    shape: str
    colour: str
    field: str
    letters: Mapping[str, Text]


NOT_GIVEN = "not_given"
"""What stands for the code where a feature has none, or one without a letter: a neutral sign of its own."""
_NOT_GIVEN_LETTER, _NOT_GIVEN_COLOUR = Text("?", "?"), "#5f6368"


def _set(layer_id: str, shape: str, colour: str, field: str, letters: Mapping[str, Text]) -> SymbolSet:
    return SymbolSet(layer_id, shape, colour, field, MappingProxyType(dict(letters)))


SYMBOLS: Mapping[str, SymbolSet] = MappingProxyType(
    {
        one.layer_id: one
        for one in (
            _set(
                "care_facility",
                "circle",
                "#b3400d",
                "kind",
                {
                    "": Text("养", "C"),
                    "care_home": Text("养", "H"),
                    "regional_centre": Text("区", "R"),
                    "home_care_centre": Text("居", "C"),
                    "day_care": Text("日", "D"),
                    "mutual_aid": Text("互", "M"),
                    "service_centre": Text("老", "S"),
                    "other": Text("它", "O"),
                },
            ),
            _set(
                "meal_point",
                "square",
                "#00694a",
                "tier",
                {
                    "": Text("餐", "P"),
                    "kitchen": Text("厨", "K"),
                    "canteen": Text("堂", "C"),
                    "point": Text("餐", "P"),
                },
            ),
            _set(
                "cemetery",
                "tablet",
                "#5b5566",
                "kind",
                {
                    "": Text("墓", "C"),
                    "public_benefit": Text("墓", "P"),
                    "commercial": Text("营", "B"),
                    "columbarium": Text("骨", "N"),
                    "ecological": Text("生", "E"),
                    "martyrs": Text("烈", "M"),
                },
            ),
            _set("shelter", "house", "#1f5aa6", "kind", {"": Text("避", "S")}),
            _set(
                "point_of_interest",
                "cross",
                "#6d5a00",
                "kind",
                {
                    "": Text("点", "·"),
                    "hospital": Text("医", "H"),
                    "clinic": Text("诊", "C"),
                    "restaurant": Text("食", "R"),
                    "school": Text("学", "S"),
                    "government": Text("政", "G"),
                    "community_centre": Text("社", "C"),
                    "marketplace": Text("市", "M"),
                    "pharmacy": Text("药", "P"),
                    "other": Text("它", "O"),
                },
            ),
            _set(
                "road_sign",
                "signpost",
                "#00607a",
                "kind",
                {
                    "": Text("牌", "N"),
                    "road": Text("路", "S"),
                    "village": Text("村", "V"),
                    "estate": Text("区", "E"),
                    "building": Text("楼", "B"),
                    "division": Text("界", "D"),
                    "bridge": Text("桥", "R"),
                    "natural": Text("山", "F"),
                    "culture": Text("文", "H"),
                    "other": Text("它", "O"),
                },
            ),
            _set(
                "door_plate",
                "plate",
                "#8a1c4a",
                "kind",
                {
                    "": Text("号", "N"),
                    "main": Text("门", "M"),
                    "small": Text("号", "S"),
                    "building": Text("幢", "B"),
                    "unit": Text("元", "U"),
                },
            ),
            _set("boundary_marker", "triangle", "#7a1fa0", "", {"": Text("桩", "B")}),
        )
    }
)


def svg(symbols: SymbolSet, code: str, *, lang: Lang, out_of_service: bool = False) -> str:
    """Return the symbol of a code as an inline ``<svg>``; out of service it is hollow, dashed and struck through.

    The code ``""`` gives the sign of the layer, any that has no letter the neutral one of ``NOT_GIVEN``.
    """
    letter = escape(symbols.letters.get(code, _NOT_GIVEN_LETTER).pick(lang))
    colour = symbols.colour if code in symbols.letters else _NOT_GIVEN_COLOUR
    fill, ink = ("#fff", colour) if out_of_service else (colour, "#fff")
    stroke = colour if out_of_service else "#fff"
    dash = ' stroke-dasharray="3 2"' if out_of_service else ""
    strike = f'<path d="M3 21 21 3" stroke="{ink}" stroke-width="1.6"/>' if out_of_service else ""
    y = _LETTER_Y.get(symbols.shape, 16.2)
    size = 9 if symbols.shape == "triangle" else 11.5
    return (
        f'<svg viewBox="0 0 24 24" width="{SIZE_PX}" height="{SIZE_PX}" aria-hidden="true" focusable="false">'
        f'<g fill="{fill}" stroke="{stroke}" stroke-width="1.6"{dash}>{_OUTLINES[symbols.shape]}</g>{strike}'
        f'<text x="12" y="{y}" text-anchor="middle" font-size="{size}" font-weight="700" fill="{ink}">{letter}</text>'
        "</svg>"
    )


def has_kinds(symbols: SymbolSet) -> bool:
    """Tell whether features of the layer are drawn by kind, so that one without a kind needs a sign of its own."""
    return len(symbols.letters) > 1


def _codes(symbols: SymbolSet) -> tuple[str, ...]:
    return (*symbols.letters, *((NOT_GIVEN,) if has_kinds(symbols) else ()))


def symbol_table(lang: Lang) -> dict[str, dict[str, object]]:
    """Return every symbol as SVG text for the drawing scripts: layer → field, colour, open and closed by code."""
    return {
        layer_id: {
            "field": one.field,
            "colour": one.colour,
            "open": {code: svg(one, code, lang=lang) for code in _codes(one)},
            "closed": {code: svg(one, code, lang=lang, out_of_service=True) for code in _codes(one)},
        }
        for layer_id, one in SYMBOLS.items()
    }
