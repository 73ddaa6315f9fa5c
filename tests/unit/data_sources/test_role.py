"""``data.atlan_role``: a role by its name."""

from typing import Any

import pytest

from provider.data_sources.role import RoleDataSource
from provider.framework import Unknown, UserError
from tests.support.config_checks import findings
from tests.support.data_source_answers import Read
from tests.support.http_server import Received, Reply, ScriptedServer

ADMIN = {"id": "guid-1", "name": "$admin", "description": "Admins", "level": "workspace", "memberCount": 3}
GUEST = {"id": "guid-2", "name": "$guest"}


def roles(*records: dict[str, Any]) -> Any:
    def reply(_: Received) -> Reply:
        return Reply(body={"records": [*records], "filterRecord": len(records)})

    return reply


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("$admin", {"id": "guid-1", "description": "Admins", "level": "workspace", "member_count": 3}),
        ("$guest", {"id": "guid-2", "description": None, "level": None, "member_count": None}),
    ],
)
def test_a_role_is_found_by_its_name(read: Read, server: ScriptedServer, name: str, expected: Any) -> None:
    """A missing attribute is null."""
    server.always = roles(ADMIN, GUEST)
    assert {"name": name, **expected} == read(RoleDataSource, name=name).state


@pytest.mark.parametrize(
    ("name", "records", "hint"),
    [
        pytest.param("$Admin", [ADMIN, GUEST], "Did you mean $admin?", id="another case"),
        pytest.param("nothing like it", [ADMIN, GUEST], "Did you mean $admin or $guest?", id="nothing similar"),
        pytest.param("$admin", [], "No role is visible with these credentials.", id="no roles"),
    ],
)
def test_a_role_that_does_not_exist_is_an_error_on_its_attribute(
    read: Read, server: ScriptedServer, name: str, records: list[dict[str, Any]], hint: str
) -> None:
    """The detail names similar roles, or else the roles of the service itself."""
    server.always = roles(*records)
    with pytest.raises(UserError) as raised:
        read(RoleDataSource, name=name)
    assert (f"There is no role {name}", ["name"]) == (raised.value.summary, raised.value.path)
    assert raised.value.detail.startswith(hint)


@pytest.mark.parametrize(("name", "expected"), [("$admin", []), (Unknown, []), ("", ["name is empty"])])
def test_an_empty_name_is_refused(name: Any, expected: list[str]) -> None:
    """An unknown name may become any."""
    given = dict.fromkeys(RoleDataSource.schema.by_name) | {"name": name}
    assert expected == [each.summary for each in findings(RoleDataSource(None), given)]
