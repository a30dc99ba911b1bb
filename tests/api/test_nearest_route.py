NEAREST = "/api/layers/care_facility/nearest"


def test_the_nearest_facility_comes_first_with_its_distance(visitor):
    body = visitor.get(NEAREST, params={"lon": 119.511, "lat": 31.7121}).json()
    assert [one["id"] for one in body["features"]] == ["c2", "c1"]
    assert [one["properties"]["distance_m"] for one in body["features"]] == [11.1, 251.4]


def test_without_a_session_a_facility_shows_public_fields_only(visitor):
    body = visitor.get(NEAREST, params={"lon": 119.5, "lat": 31.7, "limit": 1}).json()
    assert "contact" not in body["features"][0]["properties"]


def test_markers_need_a_session(visitor):
    assert (
        visitor.get("/api/layers/boundary_marker/nearest", params={"lon": 119.5, "lat": 31.7}).status_code
        == 401
    )


def test_a_place_off_the_earth_is_refused(visitor):
    assert visitor.get(NEAREST, params={"lon": 200, "lat": 31.7}).status_code == 400
