"""The workflows that use a stored credential."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.errors import Forbidden, ServerError
from provider.credential_uses import CredentialUses, identity

CONNECTION = {"attributes": {"name": "analytics", "defaultCredentialGuid": "guid-1"}}


def client(read: list[str], **workflows: Any) -> Any:
    """Return a client with these inputs, by the slug. An exception is raised."""

    def get_workflow(slug: str) -> Any:
        read.append(slug)
        found = workflows[slug]
        if isinstance(found, Exception):
            raise found
        return SimpleNamespace(inputs=found)

    rows = [SimpleNamespace(slug=slug, version=1) for slug in workflows]
    api = SimpleNamespace(list_workflows=lambda: rows, get_workflow=get_workflow)
    api.with_timeout = lambda _seconds: api
    return api


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"credential_guid": "guid-1"}, ["it"]),
        ({"api_credential_guid": "guid-1"}, ["it"]),
        ({"connection": CONNECTION}, ["it"]),
        ({"connection": json.dumps(CONNECTION)}, ["it"]),
        ({"sources": [{"credentialGuid": "guid-1"}]}, ["it"]),
        ({"credential_guid": "guid-2", "note": "guid-1"}, []),
        (None, []),
        (Forbidden("no", status=403), []),
    ],
)
def test_a_guid_is_found_wherever_inputs_contain_it(inputs: Any, expected: list[str]) -> None:
    """A workflow that cannot be read is left out."""
    api = client([], it=inputs)
    assert expected == [each.slug for each in CredentialUses(lambda: api).of("guid-1")]


def test_a_version_is_read_once() -> None:
    """Many names can be taken in one apply."""
    read: list[str] = []
    api = client(read, it={"credential_guid": "guid-1"})
    uses = CredentialUses(lambda: api)
    assert ([1, 0], ["it"]) == ([len(uses.of("guid-1")), len(uses.of("guid-2"))], read)


def test_another_failure_is_raised() -> None:
    """Then it is not known who uses the credential."""
    api = client([], it=ServerError("failed", status=500))
    with pytest.raises(ServerError):
        CredentialUses(lambda: api).of("guid-1")


def test_a_connection_is_identified_by_its_names() -> None:
    """Other attributes are left out."""
    assert {("name", "analytics")} == identity(CONNECTION)
