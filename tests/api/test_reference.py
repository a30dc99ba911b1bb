import pytest

from api.app import create_app
from api.reference import commands, routes

COMMANDS = {
    "init", "import", "layers", "check", "cover", "map", "export", "serve", "history", "undo", "imports", "demo",
    "sample", "version",
}  # fmt: skip


def test_every_command_is_there():
    assert COMMANDS | {"names packs"} <= {one.name for one in commands()}


@pytest.mark.parametrize("command", commands(), ids=lambda one: one.name)
def test_a_command_and_its_options_are_explained_in_both_languages(command):
    assert " / " in command.help
    for parameter in command.parameters:
        assert " / " in parameter.help, f"{command.name} {parameter.written}"


def test_every_route_and_its_parameters_are_explained(tiny):
    app = create_app(tiny)
    for route in routes(app):
        assert " / " in route.help.splitlines()[0], route.name
        assert len(route.help.splitlines()) > 1, route.name
        for parameter in route.parameters:
            assert parameter.help, f"{route.name} {parameter.written}"
    app.state.served.close()


def test_the_interface_describes_itself_without_help_from_outside(visitor):
    document = visitor.get("/openapi.json").json()
    assert {"/api/layers", "/api/layers/{layer_id}/items", "/api/coverage", "/api/findings"} <= set(
        document["paths"]
    )
    references = str(document).count("'$ref': '#/")
    assert str(document).count("$ref") == references
    assert "HTTPValidationError" not in str(document)


def test_the_page_of_the_interface_loads_nothing_from_elsewhere(visitor):
    page = visitor.get("/docs").text
    assert "/static/vendor/swagger-ui-dist/swagger-ui-bundle.js" in page
    assert "https://" not in page
