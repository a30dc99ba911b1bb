"""The signs and plates of the sample district: what was planted is found, little else is; and many are quick."""

import csv
import time
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely

from data.samples import Sample, generate
from gis.names.signs import check_signs, work_orders
from layers.findings import Severity
from layers.frames import layer_from_rows
from layers.importing import ImportOptions, import_file
from layers.specs import SPECS
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

ON = date(2025, 12, 31)
NEEDED = {"admin_unit", "place_name", "road", "road_sign", "door_plate"}
TO_DO = {Severity.ERROR, Severity.SUSPECT, Severity.REVIEW}


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Sample:
    return generate(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def workspace(sample, tmp_path_factory):
    settings = Settings(code=sample.code, name=sample.name, synthetic=True)
    with Workspace.create(tmp_path_factory.mktemp("workspace") / "w", settings) as opened:
        for one in sample.files:
            if one.layer_id in NEEDED:
                options = ImportOptions(crs=one.crs, synthetic=True)
                import_file(opened, one.layer_id, sample.folder / one.file_name, options, By("test"))
        yield opened


@pytest.fixture(scope="module")
def findings(workspace):
    return check_signs(workspace, on=ON)


@pytest.fixture(scope="module")
def planted(sample) -> dict[str, set[str]]:
    found = defaultdict(set)
    with (sample.folder / "truth_signs.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["rule"]].add(row["id"])
    return found


def test_the_sample_is_of_the_size_offices_report(workspace):
    counts = {one: workspace.store.summary(one).count for one in ("road_sign", "door_plate")}
    assert 290 <= counts["road_sign"] <= 350
    assert 5500 <= counts["door_plate"] <= 6500


def test_every_rule_is_planted_more_than_once_or_twice(planted):
    assert len(planted) >= 20
    assert sum(map(len, planted.values())) > 110


def test_what_was_planted_is_found_by_its_rule(findings, planted):
    named = defaultdict(set)
    for one in findings:
        named[one.code] |= {one.feature_id, one.feature_name}
    missed = {rule: ids - named[rule] for rule, ids in planted.items() if ids - named[rule]}
    assert sum(map(len, missed.values())) <= 0.02 * sum(map(len, planted.values())), missed


def test_little_else_is_found(findings, planted):
    known = set().union(*planted.values())
    others = [
        (one.code, one.feature_id, one.message.zh)
        for one in findings
        if one.severity in TO_DO and not {one.feature_id, one.feature_name} & known
    ]
    assert len(others) <= 5, others


def test_orders_number_every_thing_to_do_once(workspace, findings):
    orders = work_orders(workspace, findings, on=ON)
    things = {(one.layer_id, one.feature_id) for one in findings if one.severity in TO_DO}
    assert {(one.layer_id, one.feature_id) for one in orders} == things
    assert [one.number for one in orders] == list(range(1, len(things) + 1))
    assert all(one.town and one.near for one in orders)


def test_towns_come_one_after_the_other(workspace, findings):
    towns = [one.town for one in work_orders(workspace, findings, on=ON)]
    changes = 1 + sum(one != other for one, other in pairwise(towns))
    assert changes == len(set(towns))


def test_a_hundred_thousand_plates_take_seconds():
    rng = np.random.default_rng(1)
    streets = 500
    east = 119.4 + np.repeat(np.arange(streets) % 25, 2) * 0.004
    roads = [
        {"id": f"r{n:03d}", "name": f"第{n}路", "road_class": "tertiary",
         "geometry": shapely.LineString([(east[2 * n], 31.5 + n // 25 * 0.02), (east[2 * n], 31.52 + n // 25 * 0.02)])}
        for n in range(streets)
    ]  # fmt: skip
    street, number = np.repeat(np.arange(streets), 200), np.tile(np.arange(1, 201), streets)
    side = np.where(number % 2 == 1, -0.00012, 0.00012)
    lon = east[2 * street] + side
    lat = 31.5001 + street // 25 * 0.02 + number * 0.000098 + rng.normal(0, 1e-7, len(street))
    plates = [
        {"id": f"p{at:06d}", "kind": "main", "number": f"{no}号", "street": f"第{st}路",
         "address": f"第{st}路{no}号", "geometry": spot}
        for at, (no, st, spot) in enumerate(zip(number, street, shapely.points(lon, lat), strict=True))
    ]  # fmt: skip
    layers = {"road": roads, "door_plate": plates}
    shelf = _Shelf({one: layer_from_rows(SPECS[one], rows) for one, rows in layers.items()})
    begun = time.process_time()
    found = check_signs(Workspace(Path(), Settings("320413", "金坛区"), shelf), on=ON)
    assert [one.code for one in found if one.severity in TO_DO] == []
    assert time.process_time() - begun < 8


class _Shelf:
    def __init__(self, layers):
        self.layers = layers

    def layer_ids(self):
        return tuple(self.layers)

    def read(self, layer_id):
        return self.layers[layer_id]
