"""The land before people: outline, rivers, lake and island, reservoir, hills."""

# ruff: noqa: ANN401 - shapely is untyped

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
import shapely.ops

from data.samples.chance import stream
from data.samples.curves import evenly, meander, rounded, spline
from data.samples.plane import Floats

_OVERRUN_M = 1500.0
Rank = Literal["border", "main", "branch", "canal", "ditch"]


@dataclass(frozen=True, slots=True)
class River:
    """One river or canal: its name, importance, width and centre line (metres)."""

    name: str
    pinyin: str
    rank: Rank
    width_m: float
    line: Floats

    @property
    def path(self) -> shapely.LineString:
        """The centre line as a geometry."""
        return shapely.LineString(self.line)


@dataclass(frozen=True)
class Terrain:
    """The natural district, in local metres.

    Attributes
    ----------
    outline
        Closed ring of the district's limit, before it is fitted to the mesh.
    plan
        The drawing the terrain was made from, for what people add later (towns, motorways, city).
    """

    outline: Floats
    rivers: tuple[River, ...]
    lake: shapely.Polygon
    island: shapely.Polygon
    reservoir: shapely.Polygon
    hills: tuple[Mapping[str, Any], ...]
    plan: Mapping[str, Any]

    @cached_property
    def area(self) -> shapely.Polygon:
        """The district before it is fitted to the mesh."""
        return _prepared(shapely.Polygon(self.outline))

    @cached_property
    def wide_water(self) -> Any:
        """Water nobody builds an ordinary bridge over: lake, reservoir, border river."""
        border = [river.path.buffer(river.width_m / 2) for river in self.rivers if river.rank == "border"]
        return _prepared(shapely.union_all([self.lake.difference(self.island), self.reservoir, *border]))

    @cached_property
    def streams(self) -> Any:
        """Water that roads cross on bridges."""
        return shapely.union_all([r.path.buffer(r.width_m / 2) for r in self.rivers if r.rank != "border"])

    @cached_property
    def water(self) -> Any:
        """All water as one geometry."""
        return _prepared(shapely.union_all([self.wide_water, self.streams]))

    @cached_property
    def banks(self) -> Any:
        """All water and the two metres beside it."""
        return _prepared(self.water.buffer(2.0))

    def height_m(self, xy: Floats) -> Floats:
        """Give the height above the plain of points ``(n, 2)``."""
        height = np.zeros(len(xy))
        for hill in self.hills:
            dx, dy = (xy - np.array(hill["at"]) * 1000).T
            turn, spread = float(hill["turn"]), float(hill["spread"]) * 1000
            along = (dx * np.cos(turn) + dy * np.sin(turn)) / (spread * float(hill["stretch"]) ** 0.5)
            across = (dy * np.cos(turn) - dx * np.sin(turn)) / (spread / float(hill["stretch"]) ** 0.5)
            ripple = 1 + 0.25 * np.sin(dx / 470 + 1.3 * np.sin(dy / 610)) * np.cos(dy / 530)
            height += float(hill["height"]) * np.exp(-(along**2 + across**2)) * ripple
        return height


def _prepared(shape: Any) -> Any:
    shapely.prepare(shape)
    return shape


def read_plan() -> Mapping[str, Any]:
    """Read the drawing the district starts from."""
    with (Path(__file__).with_name("terrain.toml")).open("rb") as file:
        return tomllib.load(file)


def make_terrain(seed: int) -> Terrain:
    """Draw the land: everything natural that borders, roads and villages then follow."""
    plan = read_plan()
    rivers = _rivers(plan, seed)
    return Terrain(
        outline=_outline(plan, rivers[0], seed),
        rivers=rivers,
        lake=_shore(plan["lake"], stream(seed, "lake"), swing_m=420),
        island=_shore(plan["island"], stream(seed, "island"), swing_m=90),
        reservoir=_shore(plan["reservoir"], stream(seed, "reservoir"), swing_m=70),
        hills=tuple(plan["hill"]),
        plan=plan,
    )


def _rivers(plan: Mapping[str, Any], seed: int) -> tuple[River, ...]:
    made: list[River] = []
    for entry in plan["river"]:
        line = spline(np.array(entry["points"]) * 1000, step_m=110)
        line = meander(line, stream(seed, entry["name"]), swing_m=entry["swing"], wave_m=entry["wave"])
        line = evenly(rounded(evenly(line, step_m=180), times=2), step_m=90)
        for larger in made:
            line = _ending_at(line, larger)
        made.append(River(entry["name"], entry["pinyin"], entry["rank"], float(entry["width"]), line))
    return tuple(made)


def _ending_at(line: Floats, larger: River) -> Floats:
    """Cut off the short end by which a river runs beyond the one it flows into."""
    parts = shapely.get_parts(shapely.ops.split(shapely.LineString(line), larger.path))
    longest = max(parts, key=lambda part: part.length)
    rest = sum(part.length for part in parts) - longest.length
    return shapely.get_coordinates(longest) if 0 < rest < _OVERRUN_M else line


def _outline(plan: Mapping[str, Any], border: River, seed: int) -> Floats:
    """Follow the border river in the north, ragged land elsewhere."""
    knots = np.array(plan["outline"]) * 1000
    shared = int(plan["border_river_points"])
    first, last = (np.hypot(*(border.line - knots[i]).T).argmin() for i in (0, shared - 1))
    wet = border.line[first : last + 1]
    dry = spline(np.vstack([wet[-1:], knots[shared:], wet[:1]]), step_m=120)
    dry = meander(dry, stream(seed, "outline"), swing_m=720, wave_m=3400, octaves=5)
    return np.vstack([wet, dry[1:-1], wet[:1]])


def _shore(points: list[list[float]], rng: np.random.Generator, *, swing_m: float) -> shapely.Polygon:
    ring = spline(np.array(points) * 1000, step_m=70, closed=True)
    ring = meander(ring, rng, swing_m=swing_m, wave_m=2200)
    shore = shapely.Polygon(rounded(ring, times=1)).buffer(0)
    return max(shapely.get_parts(shore), key=lambda part: part.area)
