"""Store the credential of a workflow under a name that is free."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest

from provider.absence import Absence
from provider.client.credentials import CredentialList
from provider.client.entities import Credential
from provider.client.errors import BadRequest, ServerError
from provider.credential_uses import CredentialUses
from provider.framework import UserError
from provider.replaced_credentials import ReplacedCredentials
from provider.resources.app import own_credential, publish
from tests.support.app_resource import app_context, app_state, stored_workflow

RAW = {"authType": "basic", "connectorConfigName": "atlan-connectors-bigqery", "name": "shared", "host": "mine"}
CONFIG = app_state(
    credential_wo={"auth_type": "basic", "connector_config_name": "atlan-connectors-bigqery", "name": "shared"},
)
NO_CLIENT: Any = None
PATH = {"method": "POST", "path": "/api/service/v1/app"}
RECORD = Credential.model_validate({**RAW, "id": "guid-1", "host": "other"})


def taken() -> BadRequest:
    return BadRequest("violates unique constraint credentials_name_key", status=400, **PATH)


def send(*errors: Exception, credential: Any = RAW, own_guid: str | None = "guid-1") -> list[str | None]:
    """Return the names of the credentials that a publish sends until the service accepts one.

    Without a credential, no input is configured.
    """
    refusals, sent = list(errors), []

    class Client:
        def list_credentials(self, _name: str) -> CredentialList:
            return CredentialList([RECORD], is_complete=True)

        def with_timeout(self, _seconds: float) -> Any:
            return self

        def list_workflows(self) -> list[Any]:
            return [SimpleNamespace(slug="other", version=1)]

        def get_workflow(self, _slug: str) -> Any:
            return SimpleNamespace(inputs={"credential_guid": "guid-1"})

        def update_workflow(self, slug: str, *, inputs: Any, entrypoint: str | None) -> str:
            raw = inputs.get("credential", {})
            sent.append((json.loads(raw) if isinstance(raw, str) else raw).get("name"))
            if refusals:
                raise refusals.pop(0)
            return "published"

    client: Any = Client()
    inputs = {"credential": credential} if credential else {}
    config = CONFIG if credential is RAW else app_state(inputs=inputs)
    storage = own_credential.Storage(ReplacedCredentials(), CredentialUses(lambda: client), own_guid)
    data: Any = SimpleNamespace(absence=Absence(lambda: client), app_ids=None, validates_inputs=True)
    assert "published" == publish.update(
        app_context(config), client, data, app_state(), stored_workflow(), inputs, storage
    )
    return sent


@pytest.mark.parametrize("credential", [RAW, dict(RAW), json.dumps(RAW)], ids=["write-only", "raw", "JSON text"])
def test_a_taken_name_is_sent_with_a_suffix(credential: Any) -> None:
    """Once more, in the same form."""
    first, second = send(taken(), credential=credential)
    assert "shared" == first
    assert re.fullmatch("shared-[0-9a-f]{16}", second or "")


def test_a_name_that_is_free_is_sent_once() -> None:
    """Unchanged."""
    assert ["shared"] == send()


@pytest.mark.parametrize(
    ("credential", "path", "attribute"),
    [
        (RAW, ["credential_wo", "name"], "credential_wo.name"),
        (dict(RAW), ["inputs", ("credential",)], "inputs.credential.name"),
    ],
    ids=["write-only", "raw"],
)
@pytest.mark.parametrize(("errors", "own_guid"), [((taken(),), None), ((taken(), taken()), "guid-1")])
def test_a_name_of_another_credential_is_an_error_on_the_attribute(
    errors: tuple[Exception, ...], own_guid: str | None, credential: Any, path: Any, attribute: str
) -> None:
    """The name is of another credential, or the name with a suffix is taken too."""
    with pytest.raises(UserError, match="is taken") as raised:
        send(*errors, credential=credential, own_guid=own_guid)
    assert path == raised.value.path
    assert f"Choose another {attribute}" in raised.value.detail


def test_an_unknown_connector_is_an_error_on_the_attribute() -> None:
    """The service says only that it failed to store the credential."""
    with pytest.raises(UserError, match="could not store the credential") as raised:
        send(ServerError("Failed to store credential: no such config", status=500, **PATH))
    assert ["credential_wo", "connector_config_name"] == raised.value.path
    assert "Did you mean atlan-connectors-bigquery?" in raised.value.detail


@pytest.mark.parametrize(
    "error", [BadRequest("wrong", status=400, **PATH), ServerError("not now", status=500, **PATH)], ids=["400", "500"]
)
def test_another_failure_is_unchanged(error: Exception) -> None:
    """The caller knows more about it."""
    with pytest.raises(type(error)) as raised:
        send(error)
    assert error is raised.value


@pytest.mark.parametrize(
    "error", [taken(), ServerError("failed to store credential", status=500, **PATH)], ids=["name", "connector"]
)
def test_a_refusal_of_a_credential_that_is_not_configured_is_unchanged(error: Exception) -> None:
    """The configuration has no name and no connector_config_name to correct."""
    with pytest.raises(type(error)) as raised:
        send(error, credential=None)
    assert error is raised.value


def test_another_generated_name_is_drawn_without_a_warning() -> None:
    """A second refusal is an error that does not advise a generated name."""
    generated = {**RAW, "name": "default-bigquery-0123456789abcdef-0"}
    config = app_state(credential_wo={"auth_type": "basic", "connector_config_name": "c", "name": None})
    storage, ctx = own_credential.Storage(ReplacedCredentials(), CredentialUses(lambda: NO_CLIENT)), app_context(config)
    inputs = {"credential": generated}
    renamed: Any = own_credential.with_free_name(ctx, NO_CLIENT, storage, inputs, taken(), is_last=False)
    name = renamed["credential"]["name"]
    assert re.fullmatch("default-bigquery-[0-9a-f]{16}-0", name)
    assert (True, []) == (name != generated["name"], list(ctx.diagnostics.diagnostics))
    with pytest.raises(UserError, match=f'"{name}" is taken') as raised:
        own_credential.with_free_name(ctx, NO_CLIENT, storage, renamed, taken(), is_last=True)
    assert "Set credential_wo.name" in raised.value.detail


def test_only_a_name_that_was_stored_before_is_stored_again() -> None:
    """Private state keeps a hash of each configured name."""
    ctx = app_context(CONFIG)
    assert not own_credential.is_stored_again(ctx)
    own_credential.remember_name(ctx)
    assert own_credential.is_stored_again(ctx)
    assert "shared" not in json.dumps(ctx.private)
