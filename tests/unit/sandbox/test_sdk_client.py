"""The SDK's app client works with the sandbox without any change, and so do the clients that its builders use."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.sandbox_service import QUALIFIED_NAME, inputs
from tests.support.vendor_sdk import (
    AppSchedule,
    AtlanClient,
    Connection,
    Credential,
    accepts_sdk_warnings,
    errors,
)

pytestmark = accepts_sdk_warnings
APP = "bigquery-crawler"


def _slug(sdk: AtlanClient, name: str = "Example") -> str:
    return sdk.app.create(APP, name, inputs(), run=False).slug


def test_describes_an_app(sdk: AtlanClient) -> None:
    """A description contains the app's entrypoints and says that it is native."""
    info = sdk.app.describe(APP)
    assert (APP, True, ["crawler"]) == (info.app_id, info.native_ready, [e.name for e in info.entrypoints])


def test_describes_an_app_that_is_not_native(sdk: AtlanClient) -> None:
    """An app without a native contract can be described, and its contract returns a 404."""
    assert not sdk.app.describe("legacy-crawler").native_ready
    with pytest.raises(errors.NotFoundError):
        sdk.app.get_input_contract("legacy-crawler")


@BOTH_CONTRACTS
def test_reads_a_contract(sdk: AtlanClient, contracts: str) -> None:
    """A closed contract contains the required fields and the field for a credential, and an open one neither."""
    contract = sdk.app.get_input_contract(APP, "crawler")
    closed = contracts == "closed"
    assert ("AppInputContract", ["connection"] if closed else []) == (contract.title, contract.required_fields())
    assert ("credential" if closed else "credential_guid") == contract.credential_field()
    assert "include_filter" in contract.field_names()
    assert closed == bool(contract.defs)


def test_an_unknown_entrypoint_says_1003(sdk: AtlanClient) -> None:
    """The error's text contains the code that makes the SDK try again without the entrypoint."""
    with pytest.raises(errors.InvalidRequestError, match="1003"):
        sdk.app.get_input_contract(APP, "nonsense")


def test_creates_with_a_schedule_and_a_run(sdk: AtlanClient) -> None:
    """A create returns the ids of the run and the trigger."""
    made = sdk.app.create(APP, "Example", inputs(), schedule=AppSchedule(cron="0 9 * * *", timezone="UTC"))
    assert "native" == made.execution_mode
    assert made.run_id
    assert made.schedule_trigger_id


def test_a_duplicate_name_leads_to_the_workflow_that_has_it(sdk: AtlanClient) -> None:
    """The 409 contains the slug of the existing workflow, and the SDK returns it."""
    slug = _slug(sdk)
    assert slug == sdk.app.create(APP, "Example", inputs()).slug


def test_lists_page_by_page(sdk: AtlanClient) -> None:
    """The cursors lead to every workflow once, in order."""
    slugs = [_slug(sdk, f"Example {number}") for number in range(5)]
    found, cursor = [], None
    while True:
        page = sdk.app.get_all(limit=2, cursor=cursor)
        found += [row.slug for row in page.workflows]
        cursor = page.next_cursor
        if not page.has_more:
            break
    assert slugs == found
    assert cursor is None


def test_updates_and_deletes(sdk: AtlanClient) -> None:
    """An update increases the version, and a deleted workflow is not found."""
    slug = _slug(sdk)
    version = sdk.app.get(slug).version
    updated = sdk.app.update(slug, inputs(connection_qualified_name=QUALIFIED_NAME), entrypoint="crawler")
    assert updated.version > version
    assert sdk.app.delete(slug).archived
    with pytest.raises(errors.NotFoundError):
        sdk.app.get(slug)


def test_runs_once_at_a_time(sdk: AtlanClient) -> None:
    """A second submit fails with a 500, which the SDK does not retry. After a cancel, a submit succeeds."""
    slug = _slug(sdk)
    run = sdk.app.submit(slug)
    assert not sdk.app.get_run(run.run_id).is_terminal
    with pytest.raises(errors.AtlanError, match="active run"):
        sdk.app.submit(slug)
    cancelled = sdk.app.cancel_run(run.run_id)
    assert (True, "Stopped") == (cancelled.cancelled, cancelled.status)
    assert sdk.app.submit(slug).run_id != run.run_id


def test_adds_and_removes_schedules(sdk: AtlanClient) -> None:
    """Removing the trigger returns `deleted: true`, and removing it again does not."""
    slug = _slug(sdk)
    added = sdk.app.add_schedule(slug, "30 2 * * 1-5")
    assert ("30 2 * * 1-5", "UTC") == (added.cron, added.timezone)
    assert sdk.app.get(slug).schedules is None
    assert sdk.app.remove_schedule(slug, added.trigger_id).deleted
    assert not sdk.app.remove_schedule(slug, added.trigger_id).deleted


@BOTH_CONTRACTS
def test_violations_are_listed_in_the_error(sdk: AtlanClient, contracts: str) -> None:
    """The SDK's error contains every violation of the contract."""
    with pytest.raises(errors.InvalidRequestError) as raised:
        sdk.app.create(APP, "Example", inputs(hidden_datasets="yes", nonsense=1))
    assert "inputs.hidden_datasets" in str(raised.value)
    assert (contracts == "closed") == ("nonsense" in str(raised.value))


def test_a_wrong_key_is_an_authentication_error(connect: Callable[..., AtlanClient]) -> None:
    """The SDK understands the sandbox's 401."""
    with pytest.raises(errors.AuthenticationError):
        connect(api_key="wrong").app.get_all()


def test_an_oauth_client_gets_a_token_and_uses_it(
    connect: Callable[..., AtlanClient], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client id and the API key as its secret return a token, and the client owns the workflows that it creates."""
    monkeypatch.delenv("ATLAN_API_KEY", raising=False)
    client = connect(oauth_client_id="pipeline", oauth_client_secret=sandbox.api_key)
    slug = _slug(client)
    client._oauth_token_manager.close()
    assert "service-account-pipeline" == client.app.get(slug).owner
    assert "/api/service/oauth-clients/token" == sandbox.requests()[0]["path"]


def test_the_admin_role_has_an_id(sdk: AtlanClient) -> None:
    """The SDK's role cache finds `$admin` with its own filter."""
    role_id = sdk.role_cache.get_id_for_name("$admin")
    assert role_id
    assert "$admin" == sdk.role_cache.get_name_for_id(role_id)


def test_credentials_are_created_updated_and_archived(sdk: AtlanClient) -> None:
    """A credential is created, updated and archived, and no read contains its password."""
    body = Credential(auth_type="basic", connector_config_name="atlan-connectors-glue", username="some-admin")
    body.password = "a-password"
    made = sdk.credentials.creator(body)
    assert ("some-admin", "basic") == (made.username, sdk.credentials.get(made.id).auth_type)
    sdk.credentials.purge_by_guid(made.id)
    with pytest.raises(errors.NotFoundError):
        sdk.credentials.get(made.id)


def test_reads_a_connection(sdk: AtlanClient, sandbox: Sandbox) -> None:
    """The SDK reads a connection that a run created as its own entity class."""
    sandbox.set_run(sdk.app.submit(_slug(sdk)).run_id, "Succeeded")
    found = sdk.asset.get_by_qualified_name(QUALIFIED_NAME, Connection)
    assert ("Example", {"some-admin"}) == (found.attributes.name, found.attributes.admin_users)
    with pytest.raises(errors.NotFoundError):
        sdk.asset.get_by_qualified_name("default/bigquery/1", Connection)


def test_searches_a_connection_for_some_attributes(sdk: AtlanClient, sandbox: Sandbox) -> None:
    """If attributes are named, the SDK searches and gets only those. It raises NotFoundError if there is no result."""
    sandbox.make_connection(QUALIFIED_NAME, "Example", rowLimit=7, queryTimeout=9)
    found = sdk.asset.get_by_qualified_name(QUALIFIED_NAME, Connection, attributes=["name", "rowLimit"])
    attributes = found.attributes
    assert ("Example", QUALIFIED_NAME, 7, None) == (
        attributes.name,
        attributes.qualified_name,
        attributes.row_limit,
        attributes.query_timeout,
    )
    with pytest.raises(errors.NotFoundError):
        sdk.asset.get_by_qualified_name("default/bigquery/1", Connection, attributes=["name"])
