"""All checks of cemeteries, in one call."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from gis.cemeteries.findings import CEMETERIES, ZONES, about, cited, unknown
from gis.cemeteries.shortage import check_capacity
from gis.cemeteries.siting import NATIONAL_KINDS, Siting, ZoneContact, review_buffers, sitings
from gis.cemeteries.table import rows_of
from gis.cemeteries.upkeep import check_upkeep
from layers.findings import Finding, Severity
from layers.model import Layer
from layers.norms import NormProfile, NormValue
from layers.text import Text, counted
from layers.vocabulary import label_of

_EXEMPT: Mapping[str, Text] = {
    "columbarium": Text(
        "骨灰堂不是坟墓，是否适用待核", "a columbarium is no grave; whether the rule applies is to be seen"
    ),
    "martyrs": Text(
        "烈士陵园等受保护的墓地可以保留，待核", "a martyrs' cemetery is protected and may stay; to be seen"
    ),
}


def check_cemeteries(
    cemeteries: Layer | None, zones: Layer | None, units: Layer | None, norms: NormProfile, on: date
) -> list[Finding]:
    """Check cemeteries as they are known on a day.

    Parameters
    ----------
    cemeteries, zones, units
        Layers ``cemetery``, ``no_burial_zone``, ``admin_unit``; None when never imported. What cannot be checked for
        lack of one is said in a finding of severity *unknown*.
    norms
        Profile whose values are used; an unverified value never leads to an *error*.
    on
        The day permits and inspections are judged, and whose regulation on prohibited zones applies.

    Returns
    -------
    list of Finding
        Codes ``cemeteries.*``, category 殡葬. Independent of row order.
    """
    if cemeteries is None:
        message = Text(
            "没有“公墓与骨灰堂”图层，各项检查无法进行。请导入：fangyu import cemetery 文件名。",
            "There is no cemetery layer, so nothing can be checked. Import one: fangyu import cemetery FILE.",
        )
        return [unknown("cemeteries-missing", message)]
    rows = rows_of(cemeteries)
    return [
        *check_capacity(cemeteries, units, rows, norms, on),
        *check_upkeep(rows, norms, on),
        *_check_siting(cemeteries, zones, rows, norms, on),
    ]


def _check_siting(
    cemeteries: Layer,
    zones: Layer | None,
    rows: Sequence[Mapping[str, Any]],
    norms: NormProfile,
    on: date,
) -> Iterator[Finding]:
    rule = norms.value("burial_prohibition", on=on)
    kinds = NATIONAL_KINDS if zones is None else sorted(set(zones.frame["kind"].dropna()))
    judged = sitings(cemeteries, zones, review_buffers(norms, kinds, on), on)
    for row, siting in zip(rows, judged, strict=True):
        for contact in siting.contacts:
            yield _contact(row, contact, rule)
    if judged:
        yield from _unknown_zones(judged, zones)
        yield from _unplaced(cemeteries)


def _contact(row: Mapping[str, Any], contact: ZoneContact, rule: NormValue) -> Finding:
    kind = label_of("zone_kind", contact.kind)
    exempt = _EXEMPT.get(row["kind"] or "")
    if contact.inside:
        code, severity = "inside-zone", Severity.ERROR if rule.verified else Severity.SUSPECT
        message = Text(
            f"“{row['name']}”位于禁止区“{contact.zone_name}”（{kind.zh}）内。请核实批准文件，已有坟墓按规定迁移或深埋。",
            f"{row['name']} lies in the prohibited zone {contact.zone_name} ({kind.en}): see its approval;"
            " existing graves are moved or buried deep as the rule says.",
        )
    else:
        code, severity = "near-zone", Severity.REVIEW
        message = Text(
            f"“{row['name']}”距“{contact.zone_name}”（{kind.zh}）{contact.distance_m:.0f}米，在{contact.buffer_m:g}米复核距离内。"
            "请现场复核。",
            f"{row['name']} is {contact.distance_m:.0f} m from {contact.zone_name} ({kind.en}), within the review"
            f" distance of {contact.buffer_m:g} m: look on the spot.",
        )
    return about(
        row,
        code,
        severity if exempt is None else Severity.REVIEW,
        message,
        citation=f"{cited(rule)}：{rule.value}",
        evidence={
            "zone_id": contact.zone_id,
            "zone_kind": contact.kind,
            "distance_m": contact.distance_m,
            "buffer_m": contact.buffer_m,
            "regulation_from": rule.effective_from,
            "regulation_to": rule.effective_to,
        },
        subject=contact.zone_id,
        exceptions=() if exempt is None else (exempt,),
    )


def _unknown_zones(judged: Sequence[Siting], zones: Layer | None) -> Iterator[Finding]:
    missing = judged[0].missing_kinds
    if not missing:
        return
    kinds = [label_of("zone_kind", kind) for kind in missing]
    unclear = [siting.cemetery_id for siting in judged if siting.state == "unknown"]
    lack = (
        Text("没有“禁坟区与限制区”图层", "There is no no_burial_zone layer")
        if zones is None
        else Text(
            f"禁坟区图层缺{'、'.join(kind.zh for kind in kinds)}",
            f"The no_burial_zone layer lacks: {', '.join(kind.en for kind in kinds)}",
        )
    )
    message = Text(
        f"{lack.zh}，{len(unclear)}处公墓是否在禁止区内无法判断。请导入：fangyu import no_burial_zone 文件名。",
        f"{lack.en}. Whether {counted(len(unclear), 'cemetery lies', 'cemeteries lie')} in a prohibited zone "
        "is unknown."
        " Import the zones: fangyu import no_burial_zone FILE.",
    )
    yield unknown(
        "zones-unknown",
        message,
        layer_id=ZONES,
        missing_kinds=list(missing),
        count=len(unclear),
        ids=unclear[:20],
    )


def _unplaced(cemeteries: Layer) -> Iterator[Finding]:
    shapes = cemeteries.frame.geometry
    ids = sorted(cemeteries.frame.loc[shapes.isna() | shapes.is_empty, "id"].astype(str))
    if ids:
        message = Text(
            f"{len(ids)}处公墓没有坐标，是否在禁止区内无法判断。请补录坐标。",
            f"{counted(len(ids), 'cemetery has', 'cemeteries have')} no coordinates, so prohibited or not is "
            "unknown: add them.",
        )
        yield unknown("position-unknown", message, layer_id=CEMETERIES, count=len(ids), ids=ids[:20])
