import pytest
from drawing_district import district

from web.export import export_map

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["public", "internal"])
def exported(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    with district(folder / "workspace") as workspace:
        html = export_map(workspace, profile=request.param)
    path = folder / "map.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desktop", "phone"])
def opened(chromium, exported, request):
    """The file in a browser whose network is unplugged."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(f"error {error}"))
    page.on("console", lambda said: problems.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("request", lambda asked: problems.append(asked.url) if asked.url.startswith("http") else None)
    page.goto(exported.as_uri())
    page.wait_for_selector(".fy-symbol, .fy-cluster")
    yield page
    context.close()
    assert problems == []


def test_it_opens_without_a_network_and_draws(opened):
    assert opened.locator(".fy-label").count() > 3
    assert opened.locator(".leaflet-fy-ground-pane canvas").count() == 1
    assert opened.locator(".leaflet-control-scale-line").inner_text().endswith(("km", "m"))


def test_the_canvas_is_not_empty(opened):
    painted = opened.evaluate(
        """() => { const canvas = document.querySelector(".leaflet-fy-ground-pane canvas");
                   const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                   let count = 0; for (let i = 3; i < data.length; i += 4) if (data[i]) count += 1; return count; }"""
    )
    assert painted > 1000


def test_a_click_opens_what_is_public_and_escaped(opened):
    opened.evaluate("fangyu.focus('meal_point', 'm-hostile')")
    assert opened.locator(".fy-popup h3").inner_text() == "<script>alert(1)</script>&\"'店"


ON_A_ROAD = "[31.66036, 119.426]"


def test_a_click_on_a_road_names_it(opened):
    opened.evaluate("document.querySelector('#fy-panel').removeAttribute('data-open')")
    opened.evaluate(f"fangyu.map.setView({ON_A_ROAD}, 16, {{animate: false}})")
    at = opened.evaluate(
        f"""() => {{ const {{x, y}} = fangyu.map.latLngToContainerPoint({ON_A_ROAD});
                    const box = fangyu.map.getContainer().getBoundingClientRect();
                    return [box.x + x, box.y + y]; }}"""
    )
    opened.mouse.click(*at)
    assert opened.locator(".fy-popup h3").inner_text() == "横4路"


def test_a_layer_can_be_switched_off(opened):
    assert opened.evaluate("fangyu.map.hasLayer(fangyu.drawn.get('road').group)") is True
    opened.evaluate("document.querySelector('[data-layer=road]').click()")
    assert opened.evaluate("fangyu.map.hasLayer(fangyu.drawn.get('road').group)") is False
