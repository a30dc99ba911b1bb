"""From the drawn district to a folder of files."""

from dataclasses import dataclass
from pathlib import Path

from data.samples.barriers import barrier_table
from data.samples.buildings import building_table
from data.samples.burial import cemetery_table, zone_table
from data.samples.care import centre_table, home_table
from data.samples.district import District, draw_district
from data.samples.faults import Fault, plant_faults, status_report
from data.samples.ground import name_id, name_tables, population_table, quarter_table, road_table, unit_table
from data.samples.limits import line_table, marker_table
from data.samples.meals import meal_table
from data.samples.sheets import study_table
from data.samples.shelters import place_table, shelter_table
from data.samples.sign_faults import SignFault, plant_sign_faults
from data.samples.signs import plate_table, sign_table
from data.samples.tables import SOURCE, Row, Table
from data.samples.writing import csv_text, write_table

REPORT_FILE, NAMES_FILE, FAULTS_FILE, SIGNS_FILE, README_FILE = (
    "养老机构专项整治情况.csv",
    "truth_names.csv",
    "truth_faults.csv",
    "truth_signs.csv",
    "README.txt",
)

_README = """虚构示例 · FICTIONAL EXAMPLE

云溪区（代码 329901）及其全部地理、地名、机构、人口数据均由方舆的示例生成器编造（种子 {seed}），
与任何真实地方、真实机构、真实个人无关，也与现实中名称相同的政区无关。电话号码一律以 0000 开头，无法拨通。
The district, its places, institutions and figures are generated (seed {seed}). Nothing here is real.

文件（按导入顺序）Files, in the order of import:
{files}

其他文件 Other files:
  {report}：一份分项之和与总数不符的报表（34 与 32）。
  {names}：地名答案表。nonstandard=1 的 106 条为有意设置的不规范地名，0 为形似而规范的地名。
  {faults}：数据错误答案表，每行一处有意设置的错误及应有的处理结果。
  {signs}：标志和门楼牌答案表，每行一处有意设置的问题及应当发现它的规则。
"""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One file to import.

    Attributes
    ----------
    layer_id
        The layer it belongs to.
    crs
        What has to be declared at the import (``gcj02``, ``EPSG:4528`` …), None when the file says it itself.
    note
        What the file holds, in Chinese.
    """

    layer_id: str
    file_name: str
    crs: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The files of the sample district, in the order they should be imported."""

    folder: Path
    code: str
    name: str
    files: tuple[SampleFile, ...]


def generate(folder: Path, seed: int = 20260101) -> Sample:
    """Write the fictional district 云溪区 as files in the shapes offices hand over.

    Writes GeoJSON (WGS 84), GB18030 and UTF-8 CSV, XLSX and a zipped GBK Shapefile, in geographic, GCJ-02 and
    Gauss-Krüger coordinates, with some two dozen planted faults and a hundred more of signs and plates; further
    ``truth_names.csv``, ``truth_faults.csv``, ``truth_signs.csv``, a report whose parts do not add up and
    ``README.txt``. The same seed gives the same bytes. Existing files of the same names are replaced; ``folder`` is
    made when missing.

    Raises
    ------
    ValueError
        When the limits drawn from a seed of your own do not close; take another one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    district = draw_district(seed)
    tables = sample_tables(district)
    by_name = {table.file_name: table for table in tables}
    faults = plant_faults(district, by_name)
    signs = plant_sign_faults(district, by_name)
    for table in tables:
        write_table(table, folder)
    (folder / NAMES_FILE).write_bytes(csv_text(_name_truth(district)).encode("utf-8-sig"))
    (folder / FAULTS_FILE).write_bytes(csv_text(_fault_truth(faults)).encode("utf-8-sig"))
    (folder / SIGNS_FILE).write_bytes(csv_text(_sign_truth(signs)).encode("utf-8-sig"))
    (folder / REPORT_FILE).write_bytes(
        csv_text([row | {"来源": SOURCE} for row in status_report()]).encode("gb18030")
    )
    files = tuple(SampleFile(table.layer_id, table.file_name, table.crs, table.note) for table in tables)
    (folder / README_FILE).write_bytes(_readme(files, seed).encode())
    return Sample(folder, "329901", "云溪区", files)


def sample_tables(district: District) -> list[Table]:
    """Make all tables, in the order of import, without faults."""
    zones = zone_table(district)
    return [
        unit_table(district),
        line_table(district),
        marker_table(district),
        road_table(district),
        *name_tables(district),
        quarter_table(district),
        population_table(district),
        centre_table(district),
        home_table(district),
        meal_table(district),
        zones,
        cemetery_table(district, zones),
        shelter_table(district),
        place_table(district),
        sign_table(district),
        plate_table(district),
        barrier_table(district),
        building_table(district),
        study_table(district),
    ]


def _name_truth(district: District) -> list[Row]:
    entries = district.names.entries
    ids = {entry.name: name_id(number) for number, entry in reversed(list(enumerate(entries, start=1)))}
    rows: list[Row] = []
    for number, plant in district.names.truth:
        row: Row = {
            "id": name_id(number + 1),
            "name": plant.name,
            "entity_class": plant.entity_class,
            "nonstandard": int(plant.nonstandard),
            "category": plant.category,
            "why": plant.why,
            "like_id": ids[plant.like] if plant.like else None,
            "source": SOURCE,
        }
        rows.append(row)
    return rows


def _fault_truth(faults: tuple[Fault, ...]) -> list[Row]:
    rows: list[Row] = [
        {
            "layer": fault.layer_id,
            "file": fault.file_name,
            "row": fault.row,
            "id": fault.key,
            "column": fault.column,
            "fault": fault.kind,
            "value": fault.value,
            "expected": fault.fate,
            "why": fault.why,
            "source": SOURCE,
        }
        for fault in faults
    ]
    report: Row = {
        "layer": "",
        "file": REPORT_FILE,
        "row": 2,
        "id": "",
        "column": "数量",
        "fault": "分项之和不等于总数",
        "value": "34",
        "expected": "finding",
        "why": "7+8+11+6=32，与34不符",
        "source": SOURCE,
    }
    return [*rows, report]


def _sign_truth(faults: tuple[SignFault, ...]) -> list[Row]:
    return [
        {
            "layer": fault.layer_id,
            "file": fault.file_name,
            "id": fault.key,
            "rule": fault.code,
            "why": fault.why,
            "source": SOURCE,
        }
        for fault in faults
    ]


def _readme(files: tuple[SampleFile, ...], seed: int) -> str:
    listed = "\n".join(
        f"  {file.file_name}（{file.layer_id}{'，坐标系 ' + file.crs if file.crs else ''}）：{file.note}"
        for file in files
    )
    return _README.format(
        seed=seed, files=listed, report=REPORT_FILE, names=NAMES_FILE, faults=FAULTS_FILE, signs=SIGNS_FILE
    )
