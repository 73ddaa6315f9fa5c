"""Publish a workflow: the inputs, and the requests that send them."""

import re
from typing import Any

import pytest

from provider.client.errors import BadRequest, Conflict, NotFound
from provider.credential_uses import CredentialUses
from provider.framework import Unknown, UserError
from provider.model.credential_names import digest
from provider.model.payload import Stored
from provider.replaced_credentials import ReplacedCredentials
from provider.resources.app import publish
from provider.resources.app.own_credential import Storage
from tests.support.app_resource import (
    APP_ID,
    CONNECTION,
    NEW,
    OWN,
    SLUG,
    Workflows,
    app_context,
    app_state,
    stored_workflow,
)
from tests.support.marketplace import app_ids
from tests.support.provider_data import provider_data

INPUTS: dict[str, Any] = {"flag": True}
PLANNED = app_state(inputs=INPUTS, asset_connection={**NEW, "qualified_name": Unknown, "connector_name": "bigquery"})
CONFIG = app_state(inputs=INPUTS, asset_connection=NEW)
PATH = {"method": "POST", "path": "/api/service/v1/app"}


def sent(config: Any, planned: Any, stored: Stored = publish.NOTHING_STORED, **private: Any) -> tuple[Any, Any]:
    ctx = app_context(config, **private)
    client: Any = Workflows()
    return publish.inputs_to_send(ctx, client, planned, stored, None, sends_credential=True), ctx


def test_a_create_sends_a_new_connection_and_records_it() -> None:
    """A read finds it by its name."""
    inputs, ctx = sent(CONFIG, PLANNED)
    name = inputs["connection"]["attributes"]["qualifiedName"]
    assert ({"flag": True, "credential_guid": ""}, name) == (
        {key: value for key, value in inputs.items() if key != "connection"},
        ctx.private["own_connection"],
    )


def test_a_credential_that_is_sent_is_recorded_as_stored() -> None:
    """It gets a name with 64 random bits, in the form of the vendor's SDK."""
    inputs, ctx = sent({**CONFIG, "credential_wo": {"auth_type": "basic"}}, PLANNED)
    assert re.fullmatch("default-bigquery-[0-9a-f]{16}-0", inputs["credential"]["name"])
    assert ctx.private["vaulted_credential"]


@pytest.mark.parametrize(
    ("stored_before", "expected"), [(False, "shared"), (True, "shared-[0-9a-f]{16}")], ids=["first", "again"]
)
def test_a_credential_that_is_stored_again_gets_a_suffix(stored_before: bool, expected: str) -> None:
    """The first credential still has the configured name."""
    private = {"credential_names": [digest("shared")]} if stored_before else {}
    inputs, _ = sent({**CONFIG, "credential_wo": {"auth_type": "basic", "name": "shared"}}, PLANNED, **private)
    assert re.fullmatch(expected, inputs["credential"]["name"])


@pytest.mark.parametrize(("name", "config"), [("inputs", {"inputs": "{}"}), ("inputs_wo", {"inputs_wo": "{}"})])
def test_inputs_that_turn_out_to_be_no_object_are_an_error(name: str, config: Any) -> None:
    """They may be known only now."""
    with pytest.raises(UserError, match=f"{name} is not an object") as raised:
        sent({**CONFIG, **config}, {**PLANNED, "connection": None, "inputs": config.get("inputs", INPUTS)})
    assert [name] == raised.value.path


def test_an_update_removes_only_what_was_published_from_here() -> None:
    """Inputs that only an import found stay, and write-only ones that are no longer configured go."""
    current = app_state(inputs={"mine": 1, "imported": 2})
    ctx = app_context(CONFIG, imported_inputs=["imported"], write_only_paths=[["secret", "key"]])
    stored = publish.stored_inputs(ctx, current, {"mine": 1, "imported": 2, "secret": {}, "ui": 3})
    assert {"mine": 1, "secret": None} == stored.managed
    inputs, _ = sent(app_state(inputs=INPUTS), app_state(inputs=INPUTS), stored)
    assert {"flag": True, "imported": 2, "ui": 3} == inputs


def test_state_has_the_connection_that_was_sent() -> None:
    """In the order of the plan's admins."""
    attributes = {"qualifiedName": OWN, "connectorName": "bigquery", "name": "analytics", "adminUsers": ["admin"]}
    assert CONNECTION == publish.published_connection(PLANNED["asset_connection"], {"attributes": attributes})
    assert None is publish.published_connection(None, {"attributes": attributes})


def create(client: Any, planned: Any = PLANNED) -> publish.Created:
    storage = Storage(ReplacedCredentials(), CredentialUses(lambda: None))
    return publish.create(
        app_context(CONFIG), client, provider_data(client, app_ids=app_ids("bigquery-miner")), planned, INPUTS, storage
    )


def test_a_create_sends_the_inputs_with_the_app_and_the_name() -> None:
    """Once."""
    client = Workflows()
    create(client)
    assert [{"app_id": APP_ID, "name": "prod", "inputs": INPUTS, "entrypoint": None}] == client.sent


def test_a_name_that_is_taken_is_an_error_with_an_import_block() -> None:
    """The slug is that of the service's answer, or else looked up."""
    client = Workflows(stored_workflow(INPUTS))
    client.errors = [Conflict("name exists", status=409, **PATH)]
    with pytest.raises(publish.NameTakenError) as raised:
        create(client)
    assert (SLUG,) == raised.value.slugs
    assert f'id = "{SLUG}"' in raised.value.detail


def test_an_app_that_does_not_exist_is_an_error_on_its_id() -> None:
    """With the id of a similar app."""
    client = Workflows()
    client.errors = [NotFound("no such app", status=404, **PATH)]
    with pytest.raises(UserError, match="There is no app bigqury-miner") as raised:
        create(client, {**PLANNED, "app_id": "bigqury-miner"})
    assert ["app_id"] == raised.value.path
    assert raised.value.detail.startswith('Did you mean "bigquery-miner"? Check the id')


def test_a_mistake_that_the_service_finds_is_on_the_attribute() -> None:
    """The service names its location in the body."""
    client = Workflows()
    refused = BadRequest("wrong", status=400, **PATH)
    refused.locations = (("inputs", "connection", "attributes", "name"),)
    client.errors = [refused]
    with pytest.raises(BadRequest) as raised:
        create(client)
    assert (("asset_connection", "name"),) == raised.value.locations
