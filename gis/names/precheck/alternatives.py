"""Other names, made of the name itself and of what is named nearby: never invented, always with their source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from shapely.geometry.base import BaseGeometry

from gis.names.precheck.report import Alternative
from gis.names.precheck.surroundings import Feature, Surroundings
from gis.names.registry import Case
from gis.names.terms import generic_terms
from layers.findings import Finding, Severity
from layers.text import Text

NEAR_M = 5000.0
_GENERICS: Mapping[str, tuple[str, ...]] = {
    "residential": ("家园", "苑", "小区", "新村"),
    "building": ("楼", "商厦"),
    "road": ("路", "街"),
    "bridge": ("桥",),
    "park": ("公园", "游园"),
    "committee": ("村",),
    "settlement": ("村", "庄"),
    "facility": ("站",),
}
"""Plain generic parts of each class, none of which promises a size."""
_STEM = range(2, 4)
_KINDS: Mapping[str, Text] = {
    "division": Text("区划", "division"),
    "settlement": Text("居民点", "settlement"),
    "natural": Text("自然地物", "natural feature"),
    "former": Text("曾用名", "former name"),
}


def proposals(
    case: Case,
    findings: Sequence[Finding],
    around: Surroundings,
    shape: BaseGeometry | None,
    cited: Sequence[Feature] = (),
) -> Iterator[tuple[str, Alternative]]:
    """Yield proposals in a fixed order, each once: the name mended first, then names of what is nearby.

    Without a place what is nearby is what lies around the things the name cites, names of old left out; a name that
    cites nothing has no neighbourhood.
    They are not checked yet. Each comes with the name of what it is made of (``""`` for the name itself): of several
    made of one, a few are enough. A class without plain generic parts gives few or none.
    """
    seen = {case.text}
    for one in (*_mended(case, findings), *_local(case, findings, _neighbours(around, shape, cited))):
        if one.name not in seen:
            seen.add(one.name)
            yield str(one.source["name"]) if one.source else "", one


def _mended(case: Case, findings: Sequence[Finding]) -> Iterator[Alternative]:
    specific, generic = case.segments.specific, case.segments.generic
    wrong = _wrong_words(findings)
    for word in wrong:
        rest = specific.replace(word, "")
        sound = len(rest) >= _STEM.start and not any(other in rest for other in wrong)
        if word in specific and sound:
            for one in _generics(case, wrong):
                yield Alternative(
                    rest + one,
                    Text(f"去掉“{word}”，通名用“{one}”", f"without {word}, with the generic part {one}"),
                )
    if specific and not any(word in specific for word in wrong):
        for one in _generics(case, wrong):
            if one != generic:
                yield Alternative(
                    specific + one, Text(f"保留专名，通名改为“{one}”", f"the same specific part with {one}")
                )


def _wrong_words(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return the words that findings point at, longest first."""
    grave = {Severity.SUSPECT, Severity.REVIEW, Severity.ERROR}
    words = {str(one.evidence.get("word", "")) for one in findings if one.severity in grave}
    return tuple(sorted((word for word in words if word), key=lambda word: (-len(word), word)))


def _generics(case: Case, wrong: Sequence[str]) -> tuple[str, ...]:
    """Return the name's own generic part when it is of its class and nothing speaks against it, then plain ones."""
    own, kind = case.segments.generic, case.segments.entity_class
    fits = own and own not in wrong and generic_terms().classes.get(own) == kind
    plain = _GENERICS.get(kind, ())
    return tuple(dict.fromkeys((*((own,) if fits else ()), *plain)))


def _neighbours(
    around: Surroundings, shape: BaseGeometry | None, cited: Sequence[Feature]
) -> Iterator[tuple[Feature, float | None]]:
    """Yield what lies around the place with its distance, or around what is cited without one."""
    if shape is not None:
        yield from around.near(shape, NEAR_M)
        return
    for thing in cited:
        for one, _ in around.near(thing.shape, NEAR_M):
            if one.kind != "former":
                yield one, None


def _local(
    case: Case, findings: Sequence[Finding], neighbours: Iterable[tuple[Feature, float | None]]
) -> Iterator[Alternative]:
    generics = _generics(case, _wrong_words(findings))[:2]
    for one, metres in neighbours:
        if len(one.stem) not in _STEM or one.kind not in _KINDS or not _is_han(one.stem):
            continue
        for generic in generics:
            if one.stem + generic != one.name:
                yield Alternative(one.stem + generic, _why(one, metres), _source(one, metres))


def _is_han(text: str) -> bool:
    return all("\u4e00" <= one <= "\u9fff" for one in text)


def _why(one: Feature, metres: float | None) -> Text:
    kind = _KINDS[one.kind]
    far = Text("", "")
    if metres is not None:
        inside = metres < 1
        far = (
            Text("，位置在其内", ", which holds the place")
            if inside
            else Text(f"，距 {round(metres)} 米", f", {round(metres)} m away")
        )
    return Text(f"取自当地{kind.zh}“{one.name}”{far.zh}", f"from the {kind.en} {one.name}{far.en}")


def _source(one: Feature, metres: float | None) -> dict[str, object]:
    return {
        "layer": one.layer_id,
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "distance_m": None if metres is None else round(metres),
        "lon": one.lon,
        "lat": one.lat,
    }
