"""The part on the scenario the set is made after: its changes, and coverage before and after them."""

from layers.specs import spec_of
from layers.text import Text
from web.planning_set.blocks import Head, Part, Table, Words
from web.planning_set.effects import Effect
from web.planning_set.figures import Figure
from web.planning_set.gathering import Gathered
from web.planning_set.naming import SERVICE, VILLAGE, tier_text

_ACTIONS = {
    "add": Text("新增", "add"),
    "move": Text("迁移", "move"),
    "close": Text("关停", "close"),
    "open": Text("启用", "open"),
    "resize": Text("改规模", "resize"),
}
_BEFORE, _AFTER = Text("变动前（%）", "Before (%)"), Text("变动后（%）", "After (%)")


def changed_part(g: Gathered) -> Part | None:
    """Write what was changed and what that does; None where the set shows things as they are."""
    if not g.effects:
        return None
    blocks: list[Head | Words | Table] = [
        Words(Text("除“变动前”各列外，本图册各表、各图都按变动之后。",
                   "Everything in this set but the columns Before is after the changes.")),
        _changes(g), _tiers(g),
    ]  # fmt: skip
    for layer, effect in g.effects.items():
        blocks += _moved(g, layer, effect)
    return Part("changes", Text("方案变动与前后对比", "Changes, before and after"), blocks)


def _changes(g: Gathered) -> Table:
    """List the changes; in public without ids, places to about ten metres as everywhere in the set."""
    public = g.figures.public
    rows = [
        [g.service[layer].pick(g.lang), _ACTIONS[one.action].pick(g.lang), _name(effect, one.id, public=public),
         *(() if public else (one.id,)), _degrees(g, one.lon), _degrees(g, one.lat), _amounts(g, layer, one.amounts)]
        for layer, effect in g.effects.items()
        for one in effect.changes
    ]  # fmt: skip
    ids = () if public else (Text("编号", "Id"),)
    heads = (SERVICE, Text("变动", "Change"), Text("名称", "Name"), *ids, Text("经度", "Longitude"),
             Text("纬度", "Latitude"), Text("规模", "Size"))  # fmt: skip
    title = Text("设施变动", "Changes to facilities")
    widths = (18, 12, 30, 14, 14, 12) if public else (14, 10, 24, 14, 13, 13, 12)
    return Table(title, heads, rows, widths, Text("方案变动", "Changes"))


def _name(effect: Effect, id_: str, *, public: bool) -> str:
    """Name a facility; in public one whose name is its id has none."""
    name = effect.names[id_]
    return "" if public and name == id_ else name


def _degrees(g: Gathered, value: float | None) -> float | None:
    """Round a coordinate: to about a metre inside the office, about ten metres in public."""
    return None if value is None else round(value, 4 if g.figures.public else 5)


def _amounts(g: Gathered, layer: str, amounts: tuple[tuple[str, float], ...]) -> str:
    spec = spec_of(layer)
    return "；".join(f"{spec.field(name).label.pick(g.lang)} {value:g}" for name, value in amounts)


def _tiers(g: Gathered) -> Table:
    f, rows = g.figures, []
    for layer, effect in g.effects.items():
        for was, now in zip(effect.before, g.tiers[layer], strict=True):
            shares = [f.percent(one.numerator, one.denominator) for one in (was, now)]
            people = [f.people(one.numerator) for one in (was, now)]
            rows.append([g.service[layer].pick(g.lang), f"{now.definition.id} {tier_text(now).pick(g.lang)}",
                         *people, *shares, _points(*shares)])  # fmt: skip
    heads = (SERVICE, Text("等级", "Tier"), Text("变动前（人）", "Before"), Text("变动后（人）", "After"),
             _BEFORE, _AFTER, Text("相差（百分点）", "Points"))  # fmt: skip
    return Table(
        Text("覆盖前后对比", "Coverage before and after"), heads, rows, (18, 16, 14, 14, 13, 13, 12),
        Text("前后对比", "Before and after"),
    )  # fmt: skip


def _points(was: Figure, now: Figure) -> Figure:
    if isinstance(was, str) or isinstance(now, str) or was is None or now is None:
        return None
    return round(now - was, 1)


def _moved(g: Gathered, layer: str, effect: Effect) -> list[Head | Words | Table]:
    """Write the villages that change; in public by what is printed of them only, without people."""
    f, label, difference = g.figures, g.service[layer], effect.difference
    title = Text(
        f"{label.zh}：{g.widest:g} 分钟有变化的村居", f"{label.en}: villages that change at {g.widest:g} min"
    )
    tab = Text(f"{label.zh}变化", f"{label.en} changes")
    shares = [
        (
            one,
            f.percent(one.served_before, one.denominator or None),
            f.percent(one.served_after, one.denominator or None),
        )
        for one in difference.changed
    ]
    if f.public:
        rows = [[one.name, was, now] for one, was, now in shares if was != now]
        return [Table(title, (VILLAGE, _BEFORE, _AFTER), rows, (40, 30, 30), tab)]
    gained, lost = f.people(difference.gained), f.people(difference.lost)
    said = Text(
        f"{label.zh} {g.widest:g} 分钟：新增覆盖 {gained} 人，失去覆盖 {lost} 人。",
        f"{label.en} within {g.widest:g} min: people gained: {gained}, lost: {lost}.",
    )
    heads = (VILLAGE, _BEFORE, _AFTER, Text("新增覆盖（人）", "Gained"), Text("失去覆盖（人）", "Lost"))
    full = [[one.name, was, now, f.people(one.gained), f.people(one.lost)] for one, was, now in shares]
    return [Words(said), Table(title, heads, full, (28, 18, 18, 18, 18), tab)]
