"""The list of credentials, which not every tenant has."""

from types import SimpleNamespace
from typing import Any

import pytest

from provider import credential_list
from provider.client.credentials import CredentialList
from provider.client.entities import Credential
from provider.client.errors import AtlanError, Forbidden, NotFound, ServerError, UnprovenNotFound, UnusableAnswer


def client(result: CredentialList | AtlanError) -> Any:
    def list_credentials(_name: str | None) -> CredentialList:
        if isinstance(result, AtlanError):
            raise result
        return result

    return SimpleNamespace(list_credentials=list_credentials)


def test_archived_credentials_are_left_out() -> None:
    """A list can contain them."""
    active, archived = Credential(id="1"), Credential(id="2", is_active=False)
    found = credential_list.read(client(CredentialList([active, archived], is_complete=False)))
    assert CredentialList([active], is_complete=False) == found


@pytest.mark.parametrize("kind", [NotFound, UnprovenNotFound, UnusableAnswer])
def test_a_tenant_can_have_no_list(kind: type[AtlanError]) -> None:
    """Its route does not exist."""
    error = kind("no", status=404)
    assert credential_list.NoList(error) == credential_list.read(client(error))


@pytest.mark.parametrize("kind", [Forbidden, ServerError])
def test_another_failure_says_nothing_about_the_tenant(kind: type[AtlanError]) -> None:
    """So it is raised."""
    with pytest.raises(kind):
        credential_list.read(client(kind("no", status=500)))
