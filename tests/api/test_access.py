import pytest

KEY = "open-sesame"


@pytest.mark.parametrize(
    "address",
    [
        "/api/layers/boundary_marker/items",
        "/tiles/boundary_marker/12/3408/1666.mvt",
        "/api/coverage",
        "/api/coverage/areas",
        "/api/findings",
        "/api/jobs/1",
    ],
)
def test_without_a_session_the_answer_is_401(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 401
    assert answer.json()["message"] == {"zh": "需要登录。", "en": "This needs a login."}


def test_a_job_cannot_be_started_without_a_session(visitor):
    assert visitor.post("/api/coverage/jobs").status_code == 401


@pytest.mark.parametrize("page", ["/plan", "/review"])
def test_a_page_for_staff_sends_others_to_the_login_and_remembers_the_way(visitor, page):
    answer = visitor.get(f"{page}?lang=en", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/login?next={page}%3Flang%3Den"


def test_the_key_is_traded_for_a_cookie_that_scripts_and_other_sites_cannot_use(visitor):
    answer = visitor.get(f"/login?key={KEY}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/plan")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert KEY not in cookie


def test_the_form_works_like_the_link(visitor):
    sent = {"key": KEY, "next": "/review"}
    answer = visitor.post("/login", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\nb"]
)
def test_the_login_never_leads_to_another_site(visitor, elsewhere):
    answer = visitor.get("/login", params={"key": KEY, "next": elsewhere}, follow_redirects=False)
    assert answer.headers["location"] == "/plan"


def test_a_wrong_key_shows_the_form_again(visitor):
    assert visitor.get("/login?key=wrong").status_code == 401


def test_after_ten_wrong_keys_even_the_right_one_must_wait(visitor):
    for _ in range(10):
        visitor.post("/login", data={"key": "wrong"})
    answer = visitor.get(f"/login?key={KEY}")
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.json()["code"] == "too-many-tries"


def test_signing_out_forgets_the_session(staff):
    assert staff.get("/api/layers").json()["profile"] == "internal"
    staff.post("/logout", follow_redirects=False)
    assert staff.get("/api/layers").json()["profile"] == "public"


def test_without_a_session_only_public_layers_and_fields_are_listed(visitor):
    listed = {one["id"]: one for one in visitor.get("/api/layers").json()["layers"]}
    assert "boundary_marker" not in listed
    assert "contact" not in {field["name"] for field in listed["care_facility"]["fields"]}


def test_without_a_session_private_fields_are_not_in_the_items(visitor):
    first = visitor.get("/api/layers/care_facility/items").json()["features"][0]["properties"]
    assert first["beds"] == 40
    assert not {"contact", "residents", "remarks", "attributes"} & set(first)


def test_with_a_session_everything_is_there(staff):
    first = staff.get("/api/layers/care_facility/items").json()["features"][0]["properties"]
    assert (first["contact"], first["residents"]) == ("院长某", 31)
    assert staff.get("/api/layers/boundary_marker/items").json()["numberMatched"] == 1


def test_small_counts_are_hidden_whatever_box_is_asked_for(visitor):
    everything = visitor.get("/api/layers/admin_unit/items").json()["features"]
    one_box = visitor.get("/api/layers/admin_unit/items?bbox=119.53,31.701,119.531,31.702").json()["features"]
    by_id = {one["id"]: one["properties"] for one in everything}
    assert (by_id["v2"]["pop_65_plus"], by_id["v2"]["suppressed"]) == (None, "population;pop_65_plus")
    assert all(one["properties"] == by_id[one["id"]] for one in one_box)


def test_what_staff_saw_is_not_given_to_visitors_from_the_cache(staff):
    seen = staff.get("/api/layers/care_facility/items")
    staff.cookies.clear()
    again = staff.get("/api/layers/care_facility/items", headers={"If-None-Match": seen.headers["ETag"]})
    assert again.status_code == 200
    assert "contact" not in again.json()["features"][0]["properties"]


def test_a_login_form_of_a_megabyte_is_refused(visitor):
    answer = visitor.post("/login", content=b"key=" + b"x" * 1_000_000)
    assert answer.status_code == 400
    assert answer.json()["message"]["en"] == "The login form is too large."
