"""A whole register checked at once."""

import csv
import gzip
import lzma
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.names import Candidate, check_candidates, load_packs
from gis.names import rules as rule_files
from gis.names.namesakes.audit import audit, audit_parts, part_digits
from gis.names.namesakes.villages import read_villages
from layers.errors import ColumnError, EncodingError, FileFormatError, NotFoundError

NATIONAL = load_packs(("national-2022",))
_NAMES = [
    "新河村村委会",
    "新和村村委会",
    "新河社区居委会",
    "巴黎社区居委会",
    "大新河村村委会",
    "天下村村委会",
]
_CODES = ["320413001201", "320413002202", "320481001203", "340705001204"]
_ROWS = st.lists(st.tuples(st.sampled_from(_CODES), st.sampled_from(_NAMES)), max_size=12)


def _list(path, *rows, heading="code,name", encoding="utf-8"):
    path.write_bytes("\r\n".join([heading, *rows, ""]).encode(encoding))
    return path


def _candidates(rows):
    return [
        Candidate(id=f"{code}{at:02}", name=name, jurisdiction=code, entity_class="committee")
        for at, (code, name) in enumerate(rows)
    ]


@given(_ROWS)
def test_an_audit_finds_what_checking_all_names_together_finds(rows):
    candidates = _candidates(rows)
    report = audit(candidates, NATIONAL, notes=True)
    found = sorted((one.as_json() for one in report.findings), key=lambda one: one["key"])
    together = [one.as_json() for one in check_candidates(candidates, NATIONAL)]
    assert found == sorted(together, key=lambda one: one["key"])
    assert report.tally.severity.total() == len(found)
    assert sum(report.tally.status.values()) == report.tally.names == len(rows)


@given(_ROWS)
def test_what_is_remembered_of_repeated_names_changes_nothing(rows):
    parts = [[one for one in _candidates(rows) if one.jurisdiction.startswith(code)] for code in ("32", "34")]
    plain = audit_parts(parts, NATIONAL, notes=True)
    reused = audit_parts(parts, NATIONAL, notes=True, repeated=frozenset(_NAMES))
    assert [one.as_json() for one in plain.findings] == [one.as_json() for one in reused.findings]
    assert plain.as_json() == reused.as_json()


@given(_ROWS, st.randoms())
def test_the_order_of_names_changes_no_finding(rows, chance):
    candidates = _candidates(rows)
    turned = candidates.copy()
    chance.shuffle(turned)
    before, after = audit(candidates, NATIONAL), audit(turned, NATIONAL)
    assert [one.as_json() for one in before.findings] == [one.as_json() for one in after.findings]


def test_no_rule_on_single_names_looks_at_id_or_place_so_repeated_names_may_be_remembered():
    sources = [path.read_text(encoding="utf-8") for path in Path(rule_files.__path__[0]).glob("*.py")]
    single = [source for source in sources if "@single_rule" in source]
    looked = re.compile(r"candidate\.(id|layer_id|lon|lat|jurisdiction|town|county|city)\b")
    assert single
    assert [found.group() for source in single for found in looked.finditer(source)] == []


def test_notes_are_counted_and_written_only_when_asked_for():
    candidates = _candidates([(_CODES[0], "新河村村委会"), (_CODES[0], "新河社区居委会")])
    report = audit(candidates, NATIONAL)
    assert list(report.findings) == []
    assert report.as_json()["counts"]["severity"]["note"] == 2
    assert report.as_json()["counts"]["status"] == {"clear": 2, "review": 0, "suspect": 0}


def test_a_part_is_as_wide_as_the_widest_scope_of_the_pack():
    assert part_digits(NATIONAL) == 2


def test_nothing_to_audit_gives_counts_of_zero():
    report = audit([], NATIONAL)
    assert list(report.findings) == []
    assert (report.as_json()["names"], report.as_json()["pack"]) == (0, "national-2022")


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".csv.xz", ".zip"])
def test_a_list_is_read_from_every_packing(tmp_path, suffix):
    plain = _list(tmp_path / "v.csv", '320413001201,"新河村村委会"').read_bytes()
    path = tmp_path / f"list{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("v.csv", plain)
    else:
        pack = {".csv": bytes, ".csv.gz": gzip.compress, ".csv.xz": lzma.compress}[suffix]
        path.write_bytes(pack(plain))
    assert read_villages(path).rows == [("320413001201", "新河村村委会")]


@pytest.mark.parametrize(
    ("heading", "row", "encoding"),
    [
        ("代码,名称", "320413001201,新河村", "gb18030"),
        ("名称;备注;统计用区划代码", "新河村;;320413001201.0", "utf-8-sig"),
        ("name\tcode", "新河村\t320413001201", "utf-16"),
    ],
)
def test_headings_delimiters_and_encodings_of_offices_are_understood(tmp_path, heading, row, encoding):
    path = _list(tmp_path / "v.csv", row, heading=heading, encoding=encoding)
    assert read_villages(path).rows == [("320413001201", "新河村")]


def test_what_is_wrong_with_rows_is_counted_and_quoted(tmp_path):
    path = _list(
        tmp_path / "v.csv",
        "320413001201,新河村",
        "320413001201,新河村",
        "320413001201,老河村",
        "320413001202,",
        "32O413,上河村",
        "320413001203",
    )
    read = read_villages(path)
    assert dict(read.troubles) == {
        "repeated-row": 1,
        "repeated-code": 1,
        "empty-name": 1,
        "bad-code": 1,
        "short-row": 1,
    }
    assert read.examples["bad-code"] == [(6, "32O413", "上河村")]
    assert read.rows == [("320413001201", "新河村"), ("320413001201", "老河村"), ("", "上河村")]


def test_only_the_rows_of_a_division_are_kept_and_those_without_a_code(tmp_path):
    read = read_villages(_list(tmp_path / "v.csv", "320413001201,甲村", "110101001001,乙村", "x,丙村"))
    assert read.keep_only("320413") == 1
    placed = [one for part in read.parts(2, district_code="320413") for one in part]
    assert [(one.name, one.jurisdiction) for one in placed] == [("甲村", "320413001201"), ("丙村", "320413")]


def test_codes_tell_committees_from_divisions(tmp_path):
    read = read_villages(
        _list(tmp_path / "v.csv", "320413001201,甲村", "320413100,乙镇", "320413100000,丙镇")
    )
    classes = {one.name: one.entity_class for part in read.parts(2) for one in part}
    assert classes == {"甲村": "committee", "乙镇": "division", "丙镇": "division"}


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("code,title", "v.csv 没有“name”列，只有：code、title。"),
        ("name,title", "v.csv 没有“code”列，只有：name、title。"),
        ("code,name,名称", "v.csv 有 2 列都像“name”：code、name、名称。"),
    ],
)
def test_a_list_without_its_columns_says_which_it_has(tmp_path, heading, message):
    with pytest.raises(ColumnError, match=re.escape(message)):
        read_villages(_list(tmp_path / "v.csv", "a,b,c", heading=heading))


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("v.csv", b"", FileFormatError, "v.csv 是空文件"),
        ("v.docx", b"x", FileFormatError, "不认识 v.docx 这种文件"),
        ("v.csv.xz", b"no xz", FileFormatError, "读不出来"),
        ("v.csv.gz", b"\x1f\x8b\x08cut", FileFormatError, "读不出来"),
        ("v.zip", b"PK cut", FileFormatError, "."),
        ("v.csv", b"code,name\n1,\xff\xfe\xfd\n", EncodingError, "编码"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path, name, content, error, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=message):
        read_villages(tmp_path / name)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotFoundError, match=r"none\.csv"):
        read_villages(tmp_path / "none.csv")


def test_a_county_of_the_national_register_is_audited_with_all_rules(real_data):
    read = read_villages(real_data / "names/villages_nationwide_2023.csv.xz")
    assert read.keep_only("320614") > 600_000
    report = audit_parts(read.parts(2), NATIONAL, notes=True, repeated=read.repeated())
    pairs = {
        (one.feature_name, other["name"])
        for one in report.findings
        if one.code == "names.homophone"
        for other in one.evidence["namesakes"]
    }
    assert ("新富村委会", "新复社区居委会") in pairs or any("新富" in one for pair in pairs for one in pair)


def test_the_national_register_is_whole(real_data):
    read = read_villages(real_data / "names/villages_nationwide_2023.csv.xz")
    with lzma.open(real_data / "names/villages_nationwide_2023.csv.xz", "rt", encoding="utf-8-sig") as file:
        count = sum(1 for _ in csv.DictReader(file))
    assert (len(read.rows), read.troubles.total()) == (count, 0)
