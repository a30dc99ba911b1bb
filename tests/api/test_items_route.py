import pytest

NAMES = "/api/layers/place_name/items"


def ids(answer) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["features"]]


def test_items_are_geojson_with_counts_and_a_time(visitor):
    answer = visitor.get(NAMES, params={"limit": 2})
    assert answer.headers["content-type"] == "application/geo+json"
    body = answer.json()
    assert (body["type"], body["numberMatched"], body["numberReturned"]) == ("FeatureCollection", 31, 2)
    assert body["timeStamp"].endswith("Z")
    first = body["features"][0]
    assert (first["id"], first["properties"]["name"]) == ("n0", "幸福路0号Plaza")
    assert first["geometry"]["type"] == "Point"


def test_following_next_gives_every_feature_once(visitor):
    address, seen = f"{NAMES}?limit=7", []
    while address:
        answer = visitor.get(address)
        seen += ids(answer)
        address = next((link["href"] for link in answer.json()["links"] if link["rel"] == "next"), None)
    assert seen == [f"n{number}" for number in range(30)] + ["n-list"]


def test_an_offset_past_the_end_gives_nothing_and_no_next(visitor):
    body = visitor.get(NAMES, params={"offset": 500}).json()
    assert (body["features"], body["numberReturned"], body["numberMatched"]) == ([], 0, 31)
    assert [link["rel"] for link in body["links"]] == ["self"]


def test_a_box_gives_what_lies_in_it(visitor):
    answer = visitor.get(NAMES, params={"bbox": "119.4999,31,119.5025,32"})
    assert ids(answer) == ["n0", "n1", "n2"]
    assert answer.json()["numberMatched"] == 3


def test_a_name_is_found_by_any_part_in_any_case(visitor):
    assert ids(visitor.get(NAMES, params={"q": "路7号"})) == ["n7"]
    assert len(ids(visitor.get(NAMES, params={"q": "pLAZA"}))) == 30
    assert ids(visitor.get(NAMES, params={"q": "路2", "bbox": "119.51,31,120,32"})) == [
        f"n{n}" for n in range(20, 30)
    ]


def test_signs_of_patterns_are_only_letters_in_a_search(visitor):
    assert ids(visitor.get(NAMES, params={"q": ".*%_"})) == []


def test_a_feature_without_geometry_has_null(visitor):
    listed = visitor.get(NAMES, params={"q": "无图"}).json()["features"]
    assert [one["geometry"] for one in listed] == [None]


@pytest.mark.parametrize(
    ("wrong", "value"),
    [
        ("limit", "abc"),
        ("limit", "0"),
        ("limit", "1001"),
        ("limit", "1.5"),
        ("offset", "-1"),
        ("offset", "99999999999999999999"),
        ("bbox", "1,2,3"),
        ("bbox", "a,b,c,d"),
        ("bbox", "nan,nan,nan,nan"),
        ("bbox", "120,32,119,31"),
        ("bbox", "0,0,500,0"),
        ("colour", "red"),
    ],
)
def test_a_bad_parameter_is_400_and_named(visitor, wrong, value):
    answer = visitor.get(NAMES, params={wrong: value})
    assert answer.status_code == 400
    body = answer.json()
    assert body["code"] == "input"
    assert f"{wrong}={value}" in body["message"]["zh"]
    assert body["hint"]["en"] == "Parameters and their ranges are in /docs."


def test_an_unknown_layer_and_a_layer_without_data_are_404(visitor):
    assert (
        visitor.get("/api/layers/nonsense/items").json()["message"]["en"]
        == "There is no layer called 'nonsense'."
    )
    assert visitor.get("/api/layers/cemetery/items").status_code == 404


def test_an_address_that_is_none_answers_in_the_same_body(visitor):
    assert visitor.get("/api/nothing").json()["code"] == "not-found"
    assert visitor.delete("/api/layers").json()["code"] == "method"


def test_the_same_question_again_needs_no_body(visitor):
    first = visitor.get(NAMES, params={"limit": 3})
    again = visitor.get(NAMES, params={"limit": 3}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = visitor.get(NAMES, params={"limit": 4}, headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
