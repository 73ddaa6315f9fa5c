"""``data.atlan_role`` reads a role."""

import pytest

from tests.acceptance.conftest import Start

ROLE = """
data "atlan_role" "it" { name = "%s" }
output "it" { value = data.atlan_role.it }
"""


def test_a_role_is_found_by_its_name(start: Start) -> None:
    """The data source returns the guid and all other values of the role, and a plan has no changes."""
    sandbox, workspace = start(ROLE % "$admin")
    workspace.apply().ok()
    listed = sandbox.call("GET", "/api/service/roles?limit=100").json["records"]
    role = next(each for each in listed if each["name"] == "$admin")
    expected = {key: role[key] for key in ("name", "id", "description", "level")}
    expected |= {"member_count": int(role["memberCount"])}
    assert expected == workspace.outputs()["it"]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        pytest.param("admin", "Did you mean $admin", id="without its sign"),
        pytest.param("$Guest", "Did you mean $guest", id="in another case"),
        pytest.param("%", "Did you mean $admin or $api-token-default-access", id="nothing near"),
    ],
)
def test_an_unknown_role_is_answered_with_near_names(start: Start, name: str, near: str) -> None:
    """The error shows the line of the name. A pattern or another case does not match a role."""
    _, workspace = start(ROLE % name)
    workspace.plan().failed(f"There is no role {name}", near, f'name = "{name}"')


def test_an_empty_name_is_refused_by_validate(start: Start) -> None:
    """The error comes before any request."""
    sandbox, workspace = start(ROLE % "")
    workspace.validate().failed("name is empty")
    assert [] == sandbox.requests()


def test_a_failure_of_the_service_differs_from_an_unknown_role(start: Start) -> None:
    """The error contains the message of the service."""
    sandbox, workspace = start(ROLE % "$admin")
    sandbox.fault("GET", "/roles$", times=1, status=500, body={"message": "not now"})
    workspace.plan().failed("The service failed", "not now")
