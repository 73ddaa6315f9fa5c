"""Under which name a credential is stored if its name is taken, and why a credential was not stored."""

from __future__ import annotations

import re
import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest

from provider.client.credentials import CredentialList
from provider.client.entities import Credential
from provider.client.errors import AtlanError, ServiceError, UnprovenNotFound
from provider.credential_storage import Refusal, name_with_suffix, unknown_connector
from provider.credential_uses import Use, identity
from provider.framework import Context, Diagnostics, UserError
from provider.model.credential_names import digest
from provider.replaced_credentials import ReplacedCredentials

BODY = {"authType": "basic", "connectorConfigName": "c", "name": "shared", "host": "h", "port": 5432, "password": "p"}
RECORD = {**BODY, "id": "guid-1", "username": "", "connectorType": None}


def client(*records: dict[str, Any], error: AtlanError | None = None, is_complete: bool = True) -> Any:
    """Return a client whose list has these records, or fails."""

    def list_credentials(name: str | None = None) -> CredentialList:
        if error is not None:
            raise error
        found = [Credential.model_validate(each) for each in records if name in (None, each["name"])]
        return CredentialList(found, is_complete)

    return SimpleNamespace(list_credentials=list_credentials)


def stored_name(
    api: Any, ctx: Context[Any], replaced: ReplacedCredentials, own_guid: str | None = None, *users: Use
) -> str:
    uses: Any = SimpleNamespace(of=lambda _guid: users)
    refusal = Refusal(BODY, "name", ["name"], "the service said so", own_guid, identity(CONNECTION))
    return name_with_suffix(ctx, api, replaced, uses, refusal)


def context() -> Context[Any]:
    return Context(Diagnostics(), "atlan_credential", threading.Event())


def replaced(*identities: str | None) -> ReplacedCredentials:
    found = ReplacedCredentials()
    found.add(*identities)
    return found


CONNECTION = {"attributes": {"name": "analytics", "qualifiedName": "default/bigquery/1"}}
FOREIGN = Use("theirs-AbC123", frozenset({"guid-1"}), frozenset({("name", "other")}))
NO_LIST = UnprovenNotFound("no route", status=404)
OTHER = {**RECORD, "host": "other"}


@pytest.mark.parametrize(
    ("api", "known", "own_guid", "warning"),
    [
        pytest.param(client(OTHER), replaced("guid-1"), None, "", id="replaced in this apply"),
        pytest.param(client(), replaced("guid-1", digest("shared")), None, "", id="archived in this apply"),
        pytest.param(client(OTHER), replaced(None), "guid-1", "", id="the workflow's own"),
        pytest.param(client(RECORD), replaced(), None, "has this name and the same values", id="equal"),
        pytest.param(client({**RECORD, "port": "5432"}), replaced(), None, "the same values", id="a port as text"),
        pytest.param(client(), replaced(), None, "An archived credential keeps its name", id="not listed"),
        pytest.param(client({**OTHER, "isActive": False}), replaced(), None, "An archived", id="listed as archived"),
        pytest.param(client(error=NO_LIST), replaced(), None, "does not list its credentials", id="no list"),
        pytest.param(client(is_complete=False), replaced(), None, "credentials is incomplete", id="incomplete"),
        pytest.param(client({**RECORD, "host": None}), replaced(), None, "the same values", id="no host in the list"),
        pytest.param(client({**RECORD, "connectorType": "r"}), replaced(), None, "the same values", id="added value"),
        pytest.param(client(OTHER), replaced(), None, "another host. No workflow was found that uses it", id="orphan"),
    ],
)
def test_a_taken_name_gets_a_suffix(api: Any, known: ReplacedCredentials, own_guid: str | None, warning: str) -> None:
    """A warning says why, unless this apply replaces the credential that has the name."""
    ctx = context()
    assert re.fullmatch("shared-[0-9a-f]{16}", stored_name(api, ctx, known, own_guid))
    warned = [f"{each.summary} {each.detail}" for each in ctx.diagnostics.diagnostics]
    assert bool(warning) == bool(warned)
    assert all(warning in each for each in warned)


@pytest.mark.parametrize(
    ("change", "differing"),
    [
        ({"host": "other"}, "host"),
        ({"host": "other", "port": 1}, "host, port"),
        ({"authType": "role"}, "auth_type"),
        ({"connectorConfigName": "d"}, "connector_config_name"),
        ({"port": 1}, "port"),
    ],
)
def test_a_name_of_another_credential_is_an_error(change: dict[str, Any], differing: str) -> None:
    """The error names the credential, what differs, and the remedy, on the attribute."""
    ctx = context()
    with pytest.raises(UserError, match='The credential name "shared" is taken') as raised:
        stored_name(client({**RECORD, **change}), ctx, replaced(), None, FOREIGN)
    assert f"The credential guid-1 has this name, and another {differing}." in raised.value.detail
    assert "It can be an earlier one of this resource" in raised.value.detail
    assert "Choose another name, or remove it for a generated name." in raised.value.detail
    assert (["name"], []) == (raised.value.path, list(ctx.diagnostics.diagnostics))


def test_replaced_credentials_are_those_of_one_apply() -> None:
    """One process can serve several applies."""
    known = replaced("guid-1", None)
    assert ("guid-1" in known, None in known) == (True, False)
    known.clear()
    assert "guid-1" not in known


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("atlan-connectors-snowflke", "Did you mean atlan-connectors-snowflake?"),
        ("qqqq", "Copy the name from a credential of the same connector."),
        ("atlan-connectors-glue", "check that this tenant has the app"),
    ],
)
def test_an_unknown_connector_suggests_a_known_one(name: str, advice: str) -> None:
    """From the known apps."""
    error = unknown_connector(name, ["connector_config_name"], "the service said so")
    assert advice in error.detail
    assert "probably does not know" in error.detail


def test_a_credential_of_workflows_with_the_same_connection_may_be_replaced() -> None:
    """The object that create_before_destroy replaces usually has the connection's name."""
    ctx, own = context(), Use("it-AbC123", frozenset({"guid-1"}), frozenset({("name", "analytics")}))
    assert re.fullmatch("shared-[0-9a-f]{16}", stored_name(client(OTHER), ctx, replaced(), None, own))
    assert "same name use it: it-AbC123" in next(iter(ctx.diagnostics.diagnostics)).detail
    with pytest.raises(UserError, match="is taken"):
        stored_name(client(OTHER), ctx, replaced(), None, own, FOREIGN)


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_list_that_cannot_be_read_is_an_error(status: int) -> None:
    """It says nothing about the tenant's list."""
    failure = ServiceError("a requested fault", status=status, method="GET", path="/api/service/credentials")
    with pytest.raises(UserError, match="is taken") as raised:
        stored_name(client(error=failure), context(), replaced())
    assert "The list of credentials could not be read" in raised.value.detail
    assert f"GET /api/service/credentials was answered with status {status}" in raised.value.detail


def test_a_credential_without_a_connector_is_an_error() -> None:
    """The message contains no None."""
    error = unknown_connector(None, ["inputs"], "the service said so")
    assert "The credential has no connector_config_name" in error.detail


def test_a_name_inside_an_object_is_not_shown() -> None:
    """A text in credential_wo can be sensitive, so the messages show the attribute, and of the new name the suffix."""
    path = ["credential_wo", "name"]
    refusal = Refusal(BODY, "credential_wo.name", path, "the service said so", None, identity(CONNECTION))
    ctx, uses = context(), SimpleNamespace(of=lambda _guid: [])
    new_name = name_with_suffix(ctx, client(OTHER), replaced(), cast("Any", uses), refusal)
    (warned,) = ctx.diagnostics.diagnostics
    expected = f'A credential is stored as its name with the suffix "{new_name.removeprefix("shared")}"'
    assert (expected, False) == (warned.summary, "shared" in str(warned.detail))
    error = refusal.taken("Another credential has this name.")
    assert ("The name in credential_wo.name is taken", False) == (error.summary, "shared" in error.detail)
    error = unknown_connector("c4nary", ["credential_wo", "connector_config_name"], "the service said so")
    assert "c4nary" not in error.summary + error.detail
