"""The body of a create and of an update."""

import re
from typing import Any

import pytest

from provider.framework import Unknown, UserError
from provider.resources.credential.resource import CredentialResource
from tests.support.credential_resource import CANARY, GUID, NAMED, RECORD, STATE, context
from tests.support.http_server import Reply, ScriptedServer


@pytest.mark.parametrize(
    ("planned", "secrets", "expected"),
    [
        pytest.param({}, {}, {"password": CANARY, "extra": {"private_key": CANARY}}, id="secrets alone"),
        pytest.param({}, {"password_wo": None, "extra_wo": None}, {}, id="no secrets"),
        pytest.param(
            {"extra": {"ssl": True, "role": None}},
            {},
            {"password": CANARY, "extra": {"ssl": True, "private_key": CANARY}},
            id="both extras in one",
        ),
        pytest.param({"extra": {}}, {"password_wo": None, "extra_wo": None}, {"extra": {}}, id="empty extra"),
        pytest.param(
            {"host": "", "port": 0, "username": "u", "connector_type": "postgres"},
            {"password_wo": None, "extra_wo": None},
            {"host": "", "port": 0, "username": "u", "connectorType": "postgres"},
            id="empty is not unset",
        ),
    ],
)
def test_the_body_contains_the_configured_values(
    server: ScriptedServer,
    resource: CredentialResource,
    planned: dict[str, Any],
    secrets: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """With the service's keys and without unset values, both on create and on update."""
    server.plays(Reply(body={"id": GUID}), Reply(body=RECORD), Reply(body={}))
    resource.create(context(**secrets), NAMED | planned)
    resource.update(context(**secrets), STATE | {"secret_wo_version": 1}, STATE | planned)
    common = {key: RECORD[key] for key in ("authType", "connectorConfigName", "name")}
    assert [common | expected] * 2 == [each.json() for each in server.requests if each.method == "POST"]


@pytest.mark.parametrize("secrets", [{"password_wo": ""}, {"extra_wo": {"database": " "}}])
def test_an_apply_sends_no_empty_secret(
    server: ScriptedServer, resource: CredentialResource, secrets: dict[str, Any]
) -> None:
    """An ephemeral value may be known only in the apply."""
    way = {"connector_config_name": "atlan-connectors-postgres", "auth_type": "basic"}
    with pytest.raises(UserError, match="is empty"):
        resource.create(context(**way, **secrets), NAMED)
    assert [] == server.requests


def test_a_name_that_is_not_configured_is_generated(server: ScriptedServer, resource: CredentialResource) -> None:
    """The provider sends it with 64 random bits, and state has it."""
    server.plays(Reply(body={"id": GUID}))
    state = resource.create(context(), NAMED | {"name": Unknown, "id": Unknown, "guid": Unknown})
    name = server.requests[0].json()["name"]
    assert re.fullmatch("default-postgres-[0-9a-f]{16}-0", name)
    assert (GUID, GUID, name) == (state["id"], state["guid"], state["name"])


@pytest.mark.parametrize(
    ("remote", "expected"), [("shared-0123456789abcdef", "shared-0123456789abcdef"), ("renamed", "shared")]
)
def test_an_update_keeps_the_suffix_of_the_name(
    server: ScriptedServer, resource: CredentialResource, remote: str, expected: str
) -> None:
    """Another name was set outside Terraform, so the configured one is sent."""
    server.plays(Reply(body={**RECORD, "name": remote}), Reply(body={}))
    resource.update(context(), STATE, STATE | {"secret_wo_version": 2})
    assert expected == server.requests[-1].json()["name"]


@pytest.mark.parametrize(
    ("current", "planned", "expected"),
    [
        pytest.param({}, {}, {"host": "set elsewhere"}, id="not configured: kept"),
        pytest.param({"host": "h"}, {}, {}, id="removed here: removed"),
        pytest.param({"host": "h"}, {"host": "i"}, {"host": "i"}, id="configured: sent"),
    ],
)
def test_an_update_keeps_values_that_are_not_managed(
    server: ScriptedServer,
    resource: CredentialResource,
    current: dict[str, Any],
    planned: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """An update replaces the whole credential, so it contains values that were set outside Terraform."""
    server.plays(Reply(body={**RECORD, "host": "set elsewhere"}), Reply(body={}))
    resource.update(context(), STATE | current, STATE | planned | {"secret_wo_version": 2})
    sent = server.requests[-1].json()
    assert expected == {key: sent[key] for key in sent if key == "host"}


@pytest.mark.parametrize("change", [{"test_before_store": True}, {"name": Unknown}], ids=str)
def test_an_update_of_nothing_that_is_stored_sends_nothing(
    server: ScriptedServer, resource: CredentialResource, change: dict[str, Any]
) -> None:
    """Only the state changes."""
    resource.update(context(), STATE, STATE | change)
    assert [] == server.requests


@pytest.mark.parametrize(
    ("current", "write_only", "expected"),
    [
        pytest.param({}, [], {"role": "r", "private_key": CANARY}, id="never configured"),
        pytest.param({"extra": {"role": "r"}}, [], {"private_key": CANARY}, id="removed from extra"),
        pytest.param({}, ["role"], {"private_key": CANARY}, id="removed from extra_wo"),
    ],
)
def test_an_update_keeps_the_keys_of_extra_that_the_service_shows(
    server: ScriptedServer, resource: CredentialResource, current: Any, write_only: list[str], expected: Any
) -> None:
    """Unless the configuration had them. A key without a value cannot be sent."""
    server.plays(Reply(body=RECORD | {"extra": {"role": "r", "hidden": None}}), Reply(body={}))
    ctx = context()
    ctx.private["extra_wo_keys"] = write_only
    resource.update(ctx, STATE | {"secret_wo_version": 1} | current, STATE)
    assert [expected] == [each.json()["extra"] for each in server.requests if each.method == "POST"]
    assert ["private_key"] == ctx.private["extra_wo_keys"]
