"""``data.atlan_app_info`` reads an app."""

import pytest

from tests.acceptance.conftest import Start

INFO = """
data "atlan_app_info" "it" { app_id = "%s" }
output "it" { value = data.atlan_app_info.it }
"""


@pytest.mark.parametrize(
    ("app_id", "expected"),
    [
        ("bigquery-crawler", {"native_ready": True, "execution_mode": "native", "entrypoints": ["crawler"]}),
        ("legacy-crawler", {"native_ready": False, "execution_mode": "legacy", "entrypoints": []}),
    ],
)
def test_an_app_shows_if_it_is_native_and_its_entrypoints(
    start: Start, app_id: str, expected: dict[str, object]
) -> None:
    """The values are those of the marketplace, and a plan has no changes."""
    _, workspace = start(INFO % app_id)
    workspace.apply().ok()
    found = workspace.outputs()["it"]
    assert {"app_id": app_id, **expected} == {name: value for name, value in found.items() if name != "name"}
    assert {} == workspace.plan_changes()


def test_an_unknown_app_is_reported_on_its_attribute(start: Start) -> None:
    """The error shows the line of the configuration."""
    _, workspace = start('\ndata "atlan_app_info" "it" {\n  app_id = "no-such-crawler"\n}\n')
    workspace.plan().failed("There is no app no-such-crawler", "app_id = ")
