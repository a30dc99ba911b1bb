"""The files a page loads: where they lie, and how to write them into one self-contained page."""

import base64
import mimetypes
import re
from collections.abc import Sequence
from pathlib import Path

from layers.errors import NotFoundError
from layers.text import Text

VENDOR = "vendor"

LEAFLET_CSS = ("vendor/leaflet/leaflet.css", "vendor/leaflet.markercluster/MarkerCluster.css")
LEAFLET_JS = ("vendor/leaflet/leaflet.js", "vendor/leaflet.markercluster/leaflet.markercluster.js")
MAP_CSS = ("tokens.css", "map.css")
DRAW_JS = (
    "draw/core.js",
    "draw/popup.js",
    "draw/labels.js",
    "draw/styles.js",
    "draw/sheet.js",
    "draw/layers.js",
    "draw/symbols.js",
    "draw/units.js",
    "draw/roads.js",
    "draw/ground.js",
    "draw/coverage.js",
    "draw/panel.js",
    "draw/printing.js",
)
"""Plain scripts in the order they build on each other; the live page and the exported file run the same ones."""

NAMING_CSS = "naming.css"
NAMING_JS = "draw/naming.js"
"""What the naming page and the exported precheck add."""

_URL = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)["']?\s*\)""")


def static_folder() -> Path:
    """Return the folder that is served under ``/static``."""
    return Path(__file__).resolve().parent / "static"


def asset(name: str) -> Path:
    """Return the path of one file below the static folder.

    Raises
    ------
    NotFoundError
        When it is missing, as front-end packages are in a checkout that was never installed.
    """
    path = static_folder() / name
    if path.is_file():
        return path
    raise NotFoundError(
        Text(f"缺少页面文件 {name}。", f"The page file {name} is missing."),
        Text(
            "请重新安装本程序，或在源码目录运行 python hatch_build.py（需要联网一次）。",
            "Install the program again, or run python hatch_build.py in the checkout (needs the network once).",
        ),
    )


def script_text(names: Sequence[str]) -> str:
    """Join scripts into one text that is safe inside ``<script>``; raises as ``asset`` does."""
    joined = ";\n".join(asset(name).read_text(encoding="utf-8") for name in names)
    return joined.replace("</script", r"<\/script")


def style_text(names: Sequence[str]) -> str:
    """Join style sheets into one text with every image as a data URI; raises as ``asset`` does."""
    return "\n".join(_with_images_inside(name) for name in names).replace("</style", r"<\/style")


def data_uri(name: str) -> str:
    """Return a file as ``data:`` URI; raises as ``asset`` does."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(asset(name).read_bytes()).decode('ascii')}"


def leaflet_icons(*, inline: bool) -> dict[str, str]:
    """Return the URLs of Leaflet's default marker.

    Leaflet guesses them from its own style sheet, which fails once that is inside the page: they are always set.
    """
    names = {
        "iconUrl": "vendor/leaflet/images/marker-icon.png",
        "iconRetinaUrl": "vendor/leaflet/images/marker-icon-2x.png",
        "shadowUrl": "vendor/leaflet/images/marker-shadow.png",
    }
    return {key: data_uri(name) if inline else f"/static/{name}" for key, name in names.items()}


def _with_images_inside(name: str) -> str:
    folder = Path(name).parent
    css = asset(name).read_text(encoding="utf-8")
    return _URL.sub(lambda found: f"url({data_uri((folder / found[1]).as_posix())})", css)
