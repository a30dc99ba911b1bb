"""folium's map on our own copies of Leaflet's files."""

from typing import Literal

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from layers.store.protocol import BBox

MAX_ZOOM = 19
WHOLE_CHINA: BBox = (73.0, 18.0, 135.0, 54.0)


class OfflineMap(folium.Map):
    """A folium map that loads nothing: the page around it links or holds Leaflet.

    Its JavaScript name is always ``map_fangyu``, so that the same data give the same file.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }} tabindex="0"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
                center: {{ this.location|tojson }},
                crs: L.CRS.{{ this.crs }},
                ...{{ this.options|tojavascript }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, bounds: BBox | None) -> None:
        west, south, east, north = bounds or WHOLE_CHINA
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2], tiles=None, zoom_start=11, prefer_canvas=True
        )
        self._id = "fangyu"
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        # Without a tile layer a marker cluster has no other way to learn the deepest zoom.
        self.options |= {"maxZoom": MAX_ZOOM, "zoomSnap": 0.5, "attributionControl": False}
        _Bounds((west, south, east, north)).add_to(self)


class _Bounds(MacroElement):
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this._parent.get_name() }}.fitBounds({{ this.corners|tojson }}, {padding: [12, 12], animate: false});
        {% endmacro %}
        """
    )

    def __init__(self, bounds: BBox) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        west, south, east, north = bounds
        self.corners = [[south, west], [north, east]]


class Drawing(MacroElement):
    """Hands the map to our drawing scripts: ``embedded`` draws what is in the page, ``live`` only prepares."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            {{ this.starter }}({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, mode: Literal["embedded", "live"]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.starter = "fangyu.drawEmbedded" if mode == "embedded" else "fangyu.start"


def map_parts(bounds: BBox | None, mode: Literal["embedded", "live"]) -> tuple[str, str]:
    """Return the HTML and the script of the map, to be set into a page that has Leaflet and the drawing scripts."""
    canvas = OfflineMap(bounds)
    Drawing(mode).add_to(canvas)
    figure = canvas.get_root()
    assert isinstance(figure, Figure)  # noqa: S101 - folium puts every map into one
    figure.render()
    return str(figure.html.render()), str(figure.script.render())
