"""A district with names to review, and what a reviewer does on the page."""

import json
from pathlib import Path
from typing import Any

import shapely
from drawing_district import AS_OF, SOUTH, STEP, WEST, district
from playwright.sync_api import Page

from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource

NAMES = (
    ("巴黎花园", 0.5, 0.5),
    ("威尼斯水城", 1.2, 0.6),
    ("世界名苑", 2.4, 0.5),
    ("宇宙大厦", 2.6, 2.4),
    ("吃货街", 0.6, 2.5),
    ("云霞家园", 1.0, 3.0),
    ("云霞家园", 1.6, 3.1),
)


def district_with_names(folder: Path) -> None:
    """Make the small district with seven names of residential areas, most of which nobody should have given."""
    rows = [
        {
            "id": f"r{number}",
            "name": name,
            "entity_class": "residential",
            "source": "made for the tests",
            "as_of": AS_OF,
            "geometry": shapely.Point(WEST + column * STEP, SOUTH + row * STEP),
        }
        for number, (name, column, row) in enumerate(NAMES)
    ]
    with district(folder) as workspace:
        layer = layer_from_rows(spec_of("place_name"), rows)
        source = ImportSource("names.geojson", synthetic=True)
        with workspace.store.importing("place_name", source, By("测试")) as sink:
            refused = sink.append(layer.frame)
    assert refused == []


def names_in(page: Page) -> list[str]:
    """The names of the queue, in its order."""
    return page.locator("#fy-cases .fy-row-name b").all_inner_texts()


def open_name(page: Page, name: str) -> None:
    """Open a case by its row and wait for its sheet."""
    page.locator("#fy-cases a", has_text=name).first.click()
    page.locator("#fy-case-name", has_text=name).wait_for()


def decide(page: Page, action: str, **values: str) -> None:
    """Fill the form of an action on the open case and send it."""
    page.click(f"#fy-case-body [data-action={action}]")
    for name, value in ({"who": "经办人"} | values).items():
        field = page.locator(f"#fy-decision [name={name}]")
        if name in {"reason", "category"}:
            field.select_option(value)
        else:
            field.fill(value)
    page.click("#fy-decision [type=submit]")


def over_http(page: Page, path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the service as another window of the same office would."""
    asked = "GET" if body is None else "POST"
    return page.evaluate(
        """async ([path, asked, body]) => (await fetch(path, {
             method: asked, body, headers: { "Content-Type": "application/json" } })).json()""",
        [path, asked, None if body is None else json.dumps(body)],
    )
