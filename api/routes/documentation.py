"""``/docs``: the description of this interface, drawn by files of our own."""

from fastapi import APIRouter, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html

from api.replies import page

ASSETS = "/static/vendor/swagger-ui-dist"
router = APIRouter(include_in_schema=False)


@router.get("/docs", summary="接口说明 / Interface")
def docs(request: Request) -> Response:
    """Show the interface, to read and to try."""
    drawn = get_swagger_ui_html(
        openapi_url=request.app.openapi_url or "/openapi.json",
        title="方舆 API",
        swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{ASSETS}/swagger-ui.css",
        swagger_favicon_url="data:,",
    )
    return page(bytes(drawn.body).decode())
