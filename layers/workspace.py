"""A workspace: a folder with ``fangyu.toml`` (whose district, which rules) and ``layers.gpkg`` (the data)."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from math import inf
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from data import shipped
from layers.errors import InputError, NotFoundError, WorkspaceError
from layers.model import Layer
from layers.norms import load_profile
from layers.specs import spec_of
from layers.store.protocol import Store
from layers.text import Text

SETTINGS_FILE = "fangyu.toml"
STORE_FILE = "layers.gpkg"
_TOML_KINDS: Mapping[object, tuple[type, ...]] = {
    str: (str,),
    int: (int,),
    float: (int, float),
    bool: (bool,),
    tuple[str, ...]: (list,),
    date | None: (date,),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``fangyu.toml`` says.

    Attributes
    ----------
    code, name
        Six-digit division code and name of the district.
    norm_profile
        Id of a file in ``data/norms``.
    name_packs
        Ids of rule packs in ``data/packs`` or in ``packs/`` of the workspace, later ones overlaying earlier ones.
    map_review_number
        审图号; when empty, maps say that they are not for publication.
    public_min_count
        Counts of people below this are suppressed without a login.
    public_precision_m
        Points are rounded to about this many metres in public; 0 leaves them.
    synthetic
        The workspace holds the fictional sample district.
    reference_date
        The day on which "in service", "overdue" and "in force" are judged when a question names none, such as the
        last day of a reporting year; without it, today.
    office
        The name that stands on documents and under them; without it, the name of the district and 民政局.
    """

    code: str
    name: str
    norm_profile: str = "national"
    name_packs: tuple[str, ...] = ("national-2022",)
    map_review_number: str = ""
    public_min_count: int = 10
    public_precision_m: float = 50.0
    synthetic: bool = False
    reference_date: date | None = None
    office: str = ""


@dataclass(slots=True)
class Workspace:
    """An open workspace. Use it as a context manager, or call ``close``."""

    root: Path
    settings: Settings
    store: Store = field(repr=False)

    @classmethod
    def create(cls, root: Path, settings: Settings) -> Self:
        """Make a new workspace folder and open it.

        Raises
        ------
        InputError
            When the district code is not six digits or the name is empty.
        NotFoundError
            When no norm profile or pack of name rules of that id is shipped.
        WorkspaceError
            When the folder already holds a workspace. A ``layers.gpkg`` of ours without ``fangyu.toml`` is taken
            over with its data; one of another program is refused.
        """
        _check(settings)
        _check_rules(settings, root)
        if (root / SETTINGS_FILE).exists():
            raise WorkspaceError(
                Text(f"{root} 里已经有工作区。", f"There is a workspace in {root} already."),
                Text(
                    "请换一个文件夹，或直接在其中导入数据。",
                    "Choose another folder, or import into this one.",
                ),
            )
        root.mkdir(parents=True, exist_ok=True)
        store = _store(root)
        (root / SETTINGS_FILE).write_text(_as_toml(settings), encoding="utf-8")
        return cls(root, settings, store)

    @classmethod
    def open(cls, root: Path) -> Self:
        """Open the workspace in a folder.

        Raises
        ------
        NotFoundError
            When the folder holds no ``fangyu.toml``.
        WorkspaceError
            When ``fangyu.toml`` cannot be understood, or ``layers.gpkg`` is missing or unusable.
        """
        settings = read_settings(root)
        if not (root / STORE_FILE).exists():
            raise WorkspaceError(
                Text(f"{root} 里的 {STORE_FILE} 不见了。", f"{STORE_FILE} is missing from {root}."),
                Text(
                    f"请从备份恢复它；若本来没有数据，删去 {SETTINGS_FILE} 后重新 fangyu init。",
                    f"Restore it from a backup; if there were no data, delete {SETTINGS_FILE} and run fangyu init.",
                ),
            )
        return cls(root, settings, _store(root))

    def layer(self, layer_id: str) -> Layer:
        """Read a whole layer.

        Raises
        ------
        NotFoundError
            When there is no such layer, or nothing was imported into it yet.
        """
        spec = spec_of(layer_id)
        if layer_id not in self.store.layer_ids():
            raise NotFoundError(
                Text(
                    f"图层“{spec.label.zh}”（{layer_id}）还没有数据。", f"Layer {layer_id} has no data yet."
                ),
                Text(
                    f"先运行：fangyu import {layer_id} 文件名。", f"First run: fangyu import {layer_id} FILE."
                ),
            )
        return self.store.read(layer_id)

    def layer_or_none(self, layer_id: str) -> Layer | None:
        """Read a whole layer, or give None when nothing was imported: the layer is unknown, not empty."""
        return self.store.read(layer_id) if layer_id in self.store.layer_ids() else None

    @property
    def day(self) -> date:
        """The day on which dates are judged when a question names none."""
        return self.settings.reference_date or date.today()  # noqa: DTZ011 - the office's own calendar

    def close(self) -> None:
        """Release the store."""
        self.store.close()

    def __enter__(self) -> Self:
        """Return the open workspace."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release the store."""
        self.close()


def read_settings(root: Path) -> Settings:
    """Read ``fangyu.toml`` of a workspace folder; raises as ``Workspace.open`` does."""
    path = root / SETTINGS_FILE
    if not path.is_file():
        raise NotFoundError(
            Text(
                f"{root} 不是工作区：没有 {SETTINGS_FILE}。",
                f"{root} is no workspace: it has no {SETTINGS_FILE}.",
            ),
            Text(
                "用 -w 指定工作区，或先运行 fangyu init。",
                "Name the workspace with -w, or run fangyu init first.",
            ),
        )
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unreadable(path, Text(str(error), str(error))) from error
    wrong = _misfits(said)
    if wrong:
        raise _unreadable(path, Text("；".join(one.zh for one in wrong), "; ".join(one.en for one in wrong)))
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in said.items()
    }
    settings = Settings(**values)
    _check(settings)
    return settings


def _store(root: Path) -> Store:
    from layers.store.geopackage import GeoPackageStore  # noqa: PLC0415 - keeps `--help` free of geopandas

    return GeoPackageStore(root / STORE_FILE)


def _unreadable(path: Path, what: Text) -> WorkspaceError:
    return WorkspaceError(
        Text(f"{path} 读不懂：{what.zh}。", f"{path} cannot be understood: {what.en}."),
        Text("请改正该行，或从备份恢复。", "Mend that line, or restore it from a backup."),
    )


def _misfits(said: Mapping[str, Any]) -> list[Text]:
    """Name every setting that is unknown, missing or of the wrong kind."""
    kinds: dict[str, tuple[type, ...]] = {one.name: _TOML_KINDS[one.type] for one in fields(Settings)}
    wrong = [Text(f"不认识的设置 {key}", f"unknown setting {key}") for key in said if key not in kinds]
    wrong += [
        Text(f"缺少设置 {key}", f"setting {key} is missing") for key in ("code", "name") if key not in said
    ]
    for key, kind in kinds.items():
        value = said.get(key)
        strings_only = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if key in said and not (type(value) in kind and strings_only):
            wrong.append(Text(f"{key} 的值 {value!r} 类型不对", f"{key} = {value!r} is of the wrong kind"))
    return wrong


def _check(settings: Settings) -> None:
    if not re.fullmatch("[0-9]{6}", settings.code):
        raise InputError(
            Text(
                f"区划代码“{settings.code}”不是六位数字。", f"The code {settings.code!r} is not six digits."
            ),
            Text("例如 320413（金坛区）。", "For example 320413."),
        )
    if not settings.name.strip():
        raise InputError(
            Text("没有写明区县名称。", "The district has no name."),
            Text("例如 --name 金坛区。", "For example --name 金坛区."),
        )
    for key in ("public_min_count", "public_precision_m"):
        if not 0 <= getattr(settings, key) < inf:
            raise InputError(
                Text(
                    f"{key} 是 {getattr(settings, key)}，应为零或正数。",
                    f"{key} is {getattr(settings, key)}, not zero or more.",
                ),
                Text(f"请改 {SETTINGS_FILE}。", f"Mend it in {SETTINGS_FILE}."),
            )


def _check_rules(settings: Settings, root: Path) -> None:
    """Refuse a norm profile that is not shipped, or a pack of name rules that neither is nor lies in the workspace."""
    load_profile(settings.norm_profile)
    folders = (shipped("packs"), root / "packs")
    packs = sorted({path.parent.name for folder in folders for path in folder.glob("*/pack.toml")})
    for one in settings.name_packs:
        if one not in packs:
            raise NotFoundError(
                Text(f"没有名为“{one}”的规则包。", f"There is no rule pack {one!r}."),
                Text(f"现有规则包：{'、'.join(packs)}。", f"The packs: {', '.join(packs)}."),
            )


def _as_toml(settings: Settings) -> str:
    """Write settings as TOML; JSON strings, numbers, booleans and arrays of strings are TOML as well."""
    pairs = {name: getattr(settings, name) for name in Settings.__slots__}
    head = "# 方舆工作区设置 / Fangyu workspace settings\n"
    return head + "".join(
        f"{key} = {_toml_value(value)}\n" for key, value in pairs.items() if value is not None
    )


def _toml_value(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
