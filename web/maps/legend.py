"""What the panel beside a map lists: every layer with its switch, and under it what its signs mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from layers.model import LayerSpec
from layers.text import Lang, Text
from layers.vocabulary import label_of
from web.maps.classes import SHARE_CLASSES
from web.maps.describing import HIDDEN_AT_FIRST
from web.maps.styles import AREAS, BARRIERS, BOUNDARY_LINE, ROADS, STUDY_AREA, UNITS
from web.maps.symbols import NOT_GIVEN, SYMBOLS, has_kinds, svg
from web.texts import texts


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sign (inline SVG) and what it means."""

    sign: Markup
    label: str


@dataclass(frozen=True, slots=True)
class LegendLayer:
    """One layer of the panel: switch, number of features, signs."""

    id: str
    label: str
    count: int
    visible: bool
    entries: tuple[LegendEntry, ...]


def legend_layer(spec: LayerSpec, count: int, *, lang: Lang, visible: bool | None = None) -> LegendLayer:
    """Return the panel entry of one layer; ``visible`` None takes the usual choice."""
    shown = spec.id not in HIDDEN_AT_FIRST if visible is None else visible
    return LegendLayer(spec.id, spec.label.pick(lang), count, shown, tuple(_entries(spec, lang)))


def share_legend(lang: Lang) -> tuple[LegendEntry, ...]:
    """Return the classes of a coverage choropleth, with nobody served and no answer as patterns of their own."""
    said = texts(lang)
    shares = [LegendEntry(_area(one.fill, "#999"), one.label.pick(lang)) for one in SHARE_CLASSES]
    return (
        LegendEntry(_area("url(#fy-hatch-uncovered)", "#8c2d04"), said["legend_uncovered"]),
        *shares,
        LegendEntry(_area("#e3e3e6", "#999"), said["legend_unknown"]),
        LegendEntry(_area("rgba(90,42,130,.13)", "#5a2a82", dash="4 3"), said["legend_reach"]),
    )


def _entries(spec: LayerSpec, lang: Lang) -> Iterable[LegendEntry]:
    if spec.id in SYMBOLS:
        return _symbol_entries(spec, lang)
    if spec.id == "road":
        return [
            LegendEntry(
                _line(style.colour, style.width_px + 1, style.dash, style.casing), _code(spec, name, lang)
            )
            for name, style in ROADS.items()
        ]
    if spec.id == "admin_unit":
        return [
            LegendEntry(_styled(style), name)
            for name, style in ((label_of("unit_level", key).pick(lang), UNITS[key]) for key in _UNIT_LEVELS)
        ]
    if spec.id == "barrier":
        return [
            LegendEntry(_styled(style), label_of("barrier_kind", kind).pick(lang))
            for kind, style in BARRIERS.items()
        ]
    if spec.id in _OUTLINED:
        return [LegendEntry(_styled(_OUTLINED[spec.id]), spec.label.pick(lang))]
    return [
        LegendEntry(_area(AREAS[area]["fill"], AREAS[area].get("stroke", "#999")), label.pick(lang))
        for area, label in _GROUND.get(spec.id, ())
    ]


_UNIT_LEVELS = ("county", "town", "village")
_OUTLINED = {"boundary_line": BOUNDARY_LINE, "study_area": STUDY_AREA}
_GROUND: dict[str, tuple[tuple[str, Text], ...]] = {
    "place_name": (
        ("water", Text("水域", "Water")),
        ("hill", Text("山地", "Hills")),
        ("green", Text("公园绿地", "Parks")),
        ("place", Text("其他地名范围", "Other named areas")),
    ),
    "residential_quarter": (("residential_quarter", Text("居住区", "Residential quarter")),),
    "building": (("building", Text("建筑", "Building")),),
    "no_burial_zone": (("no_burial_zone", Text("禁坟区与限制区", "No-burial zone")),),
}


def _symbol_entries(spec: LayerSpec, lang: Lang) -> Iterable[LegendEntry]:
    symbols = SYMBOLS[spec.id]
    codes = [code for code in symbols.letters if code]
    for code in codes or [""]:
        label = _code(spec, code, lang) if code else spec.label.pick(lang)
        yield LegendEntry(Markup(svg(symbols, code, lang=lang)), label)  # noqa: S704 - from our own table
    if has_kinds(symbols):
        sign = Markup(svg(symbols, NOT_GIVEN, lang=lang))  # noqa: S704
        yield LegendEntry(sign, texts(lang)["legend_not_given"])
    if any(field.vocabulary == "service_state" for field in spec.fields) and symbols.field:
        sign = Markup(svg(symbols, "", lang=lang, out_of_service=True))  # noqa: S704
        yield LegendEntry(sign, texts(lang)["legend_out_of_service"])


def _code(spec: LayerSpec, code: str, lang: Lang) -> str:
    field = spec.field("road_class" if spec.id == "road" else SYMBOLS[spec.id].field)
    return label_of(field.vocabulary, code).pick(lang)


def _styled(style: Mapping[str, object]) -> Markup:
    return _line(str(style["colour"]), float(str(style["weight"])), str(style["dash"]))


def _line(colour: str, width: float, dash: str, casing: str = "") -> Markup:
    under = f'<path d="M2 12H30" stroke="{casing}" stroke-width="{width + 1.8}"/>' if casing else ""
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return Markup(  # noqa: S704 - from our own table
        f'<svg viewBox="0 0 32 24" width="32" height="24" aria-hidden="true" focusable="false">{under}'
        f'<path d="M2 12H30" stroke="{colour}" stroke-width="{width}"{dashes}/></svg>'
    )


def _area(fill: str, stroke: str, *, dash: str = "") -> Markup:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return Markup(  # noqa: S704 - from our own table
        '<svg viewBox="0 0 32 24" width="32" height="24" aria-hidden="true" focusable="false">'
        f'<rect x="3" y="4" width="26" height="16" fill="{fill}" stroke="{stroke}"{dashes}/></svg>'
    )
