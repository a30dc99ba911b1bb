"""What is asked of a planning set, and the command that asks it again."""

import shlex
from dataclasses import dataclass
from datetime import date

from gis.coverage import DEFINITIONS, SERVICE_LAYERS, CoverageRequest, by_definitions
from gis.coverage.changes import Change, digits
from gis.coverage.request import Mode
from layers.errors import InputError
from layers.text import Text
from web.maps.furniture import Profile

USUAL_LAYERS = ("care_facility", "meal_point")
USUAL_TIERS = (5.0, 10.0, 15.0)
_MOST_TIERS, _MOST_SITES = 6, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningSetRequest:
    """What is asked.

    Attributes
    ----------
    layers
        Layers of services; none takes those of ``USUAL_LAYERS`` that have data.
    within_min
        Minutes of each tier, in any order; the widest is the one gaps and sites are judged by.
    definitions
        Definitions of the matrix. Maps and gaps are by C6 (straight distance where there are no roads).
    sites, far_sites
        New sites of the first service in the near term, and further ones in the far term; None plans none.
    scenario
        Name of a saved scenario; its changes apply to its layer.
    changes
        Further changes to the first service.
    profile
        ``public`` rounds people to multiples of the least count shown, withholds small ones and leaves internal fields
        out.
    on, population_field, mode, norms, barriers, need_per_1000
        As for coverage.
    """

    layers: tuple[str, ...] = ()
    within_min: tuple[float, ...] = USUAL_TIERS
    definitions: tuple[str, ...] = tuple(DEFINITIONS)
    sites: int | None = None
    far_sites: int | None = None
    scenario: str = ""
    changes: tuple[Change, ...] = ()
    profile: Profile = "internal"
    on: date | None = None
    population_field: str = "pop_65_plus"
    mode: Mode = "walk"
    norms: str | None = None
    barriers: tuple[str, ...] = ()
    need_per_1000: float | None = None

    def __post_init__(self) -> None:
        """Put tiers in order, and refuse what cannot be answered; raises InputError."""
        object.__setattr__(self, "within_min", tuple(sorted(set(self.within_min))))
        object.__setattr__(self, "layers", tuple(dict.fromkeys(self.layers)))
        _check_layers(self.layers)
        if not 1 <= len(self.within_min) <= _MOST_TIERS:
            raise InputError(
                Text(f"等级有 {len(self.within_min)} 个，应为 1 至 {_MOST_TIERS} 个。",
                     f"There are {len(self.within_min)} tiers; 1 to {_MOST_TIERS} can be shown."),
                Text("写成 5,10,15。", "Write 5,10,15."),
            )  # fmt: skip
        unknown = [one for one in self.definitions if one not in DEFINITIONS]
        if unknown or not self.definitions:
            raise InputError(
                Text(f"没有定义“{'、'.join(unknown)}”。", f"There is no definition {', '.join(unknown)!r}."),
                Text(f"可用：{'、'.join(DEFINITIONS)}。", f"Use some of: {', '.join(DEFINITIONS)}."),
            )
        for name, number in (("sites", self.sites), ("far_sites", self.far_sites)):
            if number is not None and not 1 <= number <= _MOST_SITES:
                raise InputError(
                    Text(f"{name} 是 {number}，应为 1 至 {_MOST_SITES}。",
                         f"{name} is {number}; it has to be 1 to {_MOST_SITES}.")
                )  # fmt: skip
        if self.far_sites is not None and self.sites is None:
            raise InputError(
                Text("给了远期选址数，没有给近期。", "Sites of the far term are asked for, but none of the near term."),
                Text("请填近期新设几处（命令行 --sites）。", "Give those of the near term (command line: --sites)."),
            )  # fmt: skip

    def reach(self, layer: str, minutes: float, changes: tuple[Change, ...] = ()) -> CoverageRequest:
        """Ask of one service at one tier by C6, in rows by village."""
        return CoverageRequest(
            layer_id=layer,
            definition="C6",
            within_min=minutes,
            by="village",
            on=self.on,
            population_field=self.population_field,
            mode=self.mode,
            norms=self.norms,
            barriers=self.barriers,
            need_per_1000=self.need_per_1000,
            changes=changes,
            scenario=self.scenario,
        )

    def matrix(self, layer: str, changes: tuple[Change, ...]) -> list[CoverageRequest]:
        """Ask of one service every definition at every tier; those that know no distance once."""
        tiers = [self.reach(layer, one, changes) for one in self.within_min]
        wanted = dict.fromkeys([*(one for one in DEFINITIONS if one in self.definitions), "C6"])
        return by_definitions(tiers, tuple(wanted))

    def command(self, form: str) -> str:
        """Return the command line that makes the same set."""
        words = ["fangyu", "planning-set", "-o", f"planning-set.{form}"]
        words += [word for one in self.layers for word in ("--layer", one)]
        words += ["--within-min", ",".join(f"{one:g}" for one in self.within_min)]
        if self.definitions != tuple(DEFINITIONS):
            words += [word for one in self.definitions for word in ("--definition", one)]
        for option, value in (
            ("--sites", self.sites),
            ("--far-sites", self.far_sites),
            ("--scenario", self.scenario or None),
            ("--on", self.on),
            ("--norms", self.norms),
            ("--need-per-1000", None if self.need_per_1000 is None else digits(self.need_per_1000)),
        ):
            words += [] if value is None else [option, str(value)]
        words += ["--population-field", self.population_field, "--mode", self.mode, "--profile", self.profile]
        words += [word for one in self.barriers for word in ("--barrier", one)]
        words += [word for one in self.changes for word in (f"--{one.action}", one.written())]
        return shlex.join(words)


def _check_layers(layers: tuple[str, ...]) -> None:
    for one in layers:
        if one not in SERVICE_LAYERS:
            raise InputError(
                Text(f"图层 {one} 不是服务设施。", f"Layer {one} holds no facilities."),
                Text(f"可用：{'、'.join(SERVICE_LAYERS)}。", f"Use some of: {', '.join(SERVICE_LAYERS)}."),
            )
