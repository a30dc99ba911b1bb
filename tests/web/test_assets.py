import json
import re

import pytest

from layers.errors import NotFoundError
from web.assets import (
    DRAW_JS,
    LEAFLET_CSS,
    LEAFLET_JS,
    MAP_CSS,
    asset,
    script_text,
    static_folder,
    style_text,
)


def test_what_pages_need_was_vendored_with_its_licences():
    vendored = json.loads(asset("vendor/vendored.json").read_text(encoding="utf-8"))["packages"]
    assert vendored["leaflet"].startswith("1.9.")
    without = [name for name in vendored if not [*(static_folder() / "vendor" / name).glob("*LICEN*")]]
    assert without == []


def test_the_lock_file_names_no_registry(web_folder):
    lock = (web_folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert "http" not in lock
    assert "omit-lockfile-registry-resolved=true" in (web_folder / ".npmrc").read_text(encoding="utf-8")


def test_every_locked_package_has_a_checksum(web_folder):
    packages = json.loads((web_folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [
        name for name, one in packages.items() if name and not one.get("integrity", "").startswith("sha512-")
    ] == []


def test_a_style_sheet_inside_a_page_needs_no_other_file():
    css = style_text((*LEAFLET_CSS, *MAP_CSS))
    assert "data:image/png;base64," in css
    assert not re.findall(r"url\(\s*[\"']?(?!data:|#)", css)


def test_scripts_inside_a_page_cannot_end_it():
    assert "</script" not in script_text((*LEAFLET_JS, *DRAW_JS))


def test_a_missing_page_file_is_named_with_the_next_step():
    with pytest.raises(NotFoundError) as raised:
        asset("vendor/nothing.js")
    assert raised.value.message.zh == "缺少页面文件 vendor/nothing.js。"
    assert "python hatch_build.py" in raised.value.hint.zh


def test_nothing_of_ours_loads_from_the_network(web_folder):
    ours = [path for path in (web_folder / "static").rglob("*.*") if "vendor" not in path.parts]
    ours += [*(web_folder / "templates").glob("*.html")]
    addresses = {
        found
        for path in ours
        for found in re.findall(
            r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}[^\s\"']*", path.read_text(encoding="utf-8")
        )
    }
    assert addresses <= {"http://www.w3.org/2000/svg"}
