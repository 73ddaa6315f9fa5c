"""The client against the sandbox. The two share no code."""

from collections.abc import Iterator

import pytest

from provider.client.api import AtlanApi
from provider.client.auth import OAuthClient
from provider.client.errors import (
    BadRequest,
    Conflict,
    NoAnswer,
    NotFound,
    OAuthRefused,
    RequestNotSent,
    ServerError,
    Unauthorized,
    UnusableAnswer,
)
from provider.client.retries import RetryPolicy
from tests.support.api_clients import KEY, Clients, FakeTime
from tests.support.sandbox import Sandbox

APP_ID = "bigquery-crawler"
QUALIFIED_NAME = "default/bigquery/1700000000"
INPUTS = {
    "connection": {
        "typeName": "Connection",
        "attributes": {
            "name": "prod",
            "qualifiedName": QUALIFIED_NAME,
            "connectorName": "bigquery",
            "adminUsers": ["some-admin"],
            "adminGroups": [],
            "adminRoles": [],
        },
    },
    "connection_qualified_name": QUALIFIED_NAME,
}


@pytest.fixture(scope="module")
def started() -> Iterator[Sandbox]:
    with Sandbox(api_key=KEY, page_size=2, surface_schedules=True) as sandbox:
        yield sandbox


@pytest.fixture
def tenant(started: Sandbox) -> Sandbox:
    """A sandbox in its first state."""
    started.reset()
    return started


@pytest.fixture
def api(clients: Clients, tenant: Sandbox) -> AtlanApi:
    return clients.of(tenant.url)


def create(api: AtlanApi, name: str = "prod") -> str:
    return api.create_workflow(app_id=APP_ID, name=name, inputs=INPUTS).slug


def test_a_workflow_lives_from_create_to_archive(api: AtlanApi) -> None:
    """A workflow is created, found, read, published again and archived. Then it is not found."""
    made = api.create_workflow(app_id=APP_ID, name="prod", inputs=INPUTS)
    found = api.get_workflow(made.slug)
    assert (made.slug, "prod", APP_ID, made.version) == (found.slug, found.name, found.app_id, found.version)
    assert found.inputs is not None
    assert [made.slug] == [app.slug for app in api.list_workflows("prod")]
    published = api.update_workflow(made.slug, inputs={**INPUTS, "include_filter": {"größe": 1}})
    assert published.slug == made.slug
    assert published.version is not None
    assert made.version is not None
    assert published.version > made.version
    assert api.delete_workflow(made.slug).archived
    for call in (api.get_workflow, api.delete_workflow, api.submit_run):
        with pytest.raises(NotFound):
            call(made.slug)
    assert [] == api.list_workflows("prod")


def test_a_name_that_is_taken_names_its_holder(api: AtlanApi) -> None:
    """The conflict contains the slug."""
    slug = create(api)
    with pytest.raises(Conflict) as raised:
        create(api)
    assert (slug,) == raised.value.slugs


def test_a_list_is_read_page_by_page(api: AtlanApi) -> None:
    """Pages of two rows contain all workflows."""
    made = {create(api, f"prod {number}") for number in range(5)}
    listed: list[str] = []
    page = api.get_workflow_page()
    while page.has_more:
        listed += [app.slug for app in page.workflows]
        page = api.get_workflow_page(cursor=page.next_cursor)
    assert made == {*listed, *(app.slug for app in page.workflows)}
    assert 1 == len(api.list_workflows("prod 4"))


def test_a_schedule_comes_and_goes(api: AtlanApi) -> None:
    """An attached trigger is listed and removed by its id."""
    slug = create(api)
    trigger = api.add_schedule(slug, cron="0 9 * * *", timezone="Asia/Kolkata")
    assert ("0 9 * * *", "Asia/Kolkata") == (trigger.cron, trigger.timezone)
    schedules = api.get_workflow(slug).schedules or []
    assert [trigger.trigger_id] == [row.trigger_id for row in schedules]
    assert api.remove_schedule(slug, trigger.trigger_id).deleted
    assert not api.get_workflow(slug).schedules


def test_a_run_is_started_once_and_cancelled(api: AtlanApi) -> None:
    """A second submit of an active workflow is the 500 that is never repeated."""
    slug = create(api)
    run = api.submit_run(slug)
    with pytest.raises(ServerError) as raised:
        api.submit_run(slug)
    assert (500, 1) == (raised.value.status, raised.value.attempts)
    assert not api.get_run(run.run_id).finished
    assert api.cancel_run(run.run_id).cancelled
    assert api.get_run(run.run_id).finished


def test_the_entrypoints_and_the_contract_of_an_app_are_read(api: AtlanApi) -> None:
    """The contract is a JSON Schema. An unknown entrypoint is code 1003, and an unknown app is not found."""
    info = api.describe_app(APP_ID)
    assert APP_ID == info.app_id
    assert info.native_ready
    assert "connection" in api.get_contract(APP_ID)["properties"]
    assert "connection" in api.get_contract(APP_ID, info.entrypoints[0])["properties"]
    with pytest.raises(BadRequest) as raised:
        api.get_contract(APP_ID, "no-such-entrypoint")
    assert raised.value.has_no_contract
    with pytest.raises(NotFound):
        api.get_contract("no-such-app")


def test_inputs_that_break_the_contract_are_reported_with_their_causes(api: AtlanApi) -> None:
    """The service's causes reach the error's text."""
    with pytest.raises(BadRequest) as raised:
        api.create_workflow(app_id=APP_ID, name="prod", inputs={**INPUTS, "temp_table_regex": 1})
    assert raised.value.causes
    assert "temp_table_regex" in str(raised.value)


def test_a_wrong_key_is_unauthorized(clients: Clients, tenant: Sandbox) -> None:
    """The error contains neither key."""
    with pytest.raises(Unauthorized) as raised:
        clients.of(tenant.url, key="some-other-key").get_workflow_page()
    assert "some-other-key" not in str(raised.value)


def test_an_oauth_client_gets_a_token_and_works_with_it(clients: Clients, tenant: Sandbox) -> None:
    """One token is used for many requests. A new one is fetched after a refusal."""
    api = clients.of(tenant.url, auth=OAuthClient("client-1", KEY))
    slug = create(api)
    tenant.fault("PUT", "/v1/app/", status=401)
    api.update_workflow(slug, inputs=INPUTS)
    log = [(entry["method"], entry["status"]) for entry in tenant.requests()]
    assert [("POST", 200), ("POST", 200), ("PUT", 401), ("POST", 200), ("PUT", 200)] == log


def test_an_oauth_client_with_a_wrong_secret_is_refused(clients: Clients, tenant: Sandbox) -> None:
    """The error does not contain its secret."""
    with pytest.raises(OAuthRefused) as raised:
        clients.of(tenant.url, auth=OAuthClient("client-1", "some-other-secret")).get_workflow_page()
    assert "some-other-secret" not in str(raised.value)


def test_a_credential_lives_from_create_to_archive(api: AtlanApi) -> None:
    """A credential is created, read without its secrets, replaced and archived. Then it is gone."""
    body = {"authType": "basic", "connectorConfigName": "atlan-connectors-bigquery", "host": "h", "password": "hunter2"}
    guid = api.create_credential(body).id
    found = api.get_credential(guid)
    assert (guid, "basic", "atlan-connectors-bigquery", "h") == (
        found.id,
        found.auth_type,
        found.connector_config_name,
        found.host,
    )
    assert guid == api.update_credential(guid, {**body, "host": "other"}).id
    assert "other" == api.get_credential(guid).host
    api.archive_credential(guid)
    with pytest.raises(NotFound):
        api.get_credential(guid)


def test_an_invalid_credential_is_refused_and_not_shown(api: AtlanApi) -> None:
    """The sandbox refuses a body without repeating its values."""
    body = {"authType": ["canary-1"], "connectorConfigName": "c", "password": {"p": "canary-2"}, "canary": "canary-3"}
    with pytest.raises(BadRequest) as raised:
        api.create_credential(body)
    assert not [canary for canary in ("canary-1", "canary-2", "canary-3") if canary in f"{vars(raised.value)}"]


def test_roles_are_found_by_name(api: AtlanApi) -> None:
    """The admin role has a guid. An unknown name finds no role."""
    admin = api.find_role("$admin")
    assert admin is not None
    assert admin in api.list_roles("$%")
    assert api.find_role("$no-such-role") is None


def test_a_connection_is_known_by_its_qualified_name(api: AtlanApi, tenant: Sandbox) -> None:
    """After a run, the connection of a workflow can be read. Another one is not found."""
    slug = create(api)
    tenant.set_run(api.submit_run(slug).run_id, "Succeeded")
    found = api.get_connection(QUALIFIED_NAME)
    assert ("prod", "bigquery", ["some-admin"]) == (found.name, found.connector_name, found.admin_users)
    with pytest.raises(NotFound):
        api.get_connection("default/bigquery/1")


def test_an_active_run_is_found_in_the_index(api: AtlanApi, tenant: Sandbox) -> None:
    """A run is found in each active status, and not after its end."""
    slug = create(api)
    run_id = api.submit_run(slug).run_id
    for status in ("Pending", "Running", "Paused"):
        tenant.set_run(run_id, status)
        assert [(run_id, status)] == [(run.last_segment, run.status) for run in api.find_active_runs(slug)]
    tenant.set_run(run_id, "Succeeded")
    assert [] == api.find_active_runs(slug)


def test_a_slug_of_dots_and_slashes_is_a_workflow_that_does_not_exist(api: AtlanApi) -> None:
    """It is not sent to another address."""
    with pytest.raises((NotFound, UnusableAnswer)):
        api.get_workflow("../apps/bigquery-crawler")
    with pytest.raises(RequestNotSent):
        api.get_workflow("..")


def test_a_lost_answer_leaves_a_workflow_that_is_found_by_name(api: AtlanApi, tenant: Sandbox) -> None:
    """A create without an answer is ambiguous and sent once. A search by name finds its workflow."""
    tenant.fault("POST", "/v1/app$", drop="after")
    with pytest.raises(NoAnswer) as raised:
        create(api)
    assert raised.value.ambiguous
    assert ["prod"] == [app.name for app in api.list_workflows("prod")]
    log = tenant.requests()
    assert 1 == len([entry for entry in log if entry["method"] == "POST"])


def test_a_tenant_that_is_busy_is_asked_again(api: AtlanApi, tenant: Sandbox, fake_time: FakeTime) -> None:
    """A write waits as long as the service asks for, then succeeds. Its log contains the sent request ids."""
    tenant.fault("POST", "/v1/app$", times=2, status=503, headers={"Retry-After": "7"})
    create(api)
    assert [7, 7] == fake_time.waits
    log = tenant.requests()
    assert [503, 503, 200] == [entry["status"] for entry in log]
    assert 3 == len({entry["request_id"] for entry in log})


def test_a_gateways_404_is_not_the_tenants(clients: Clients, tenant: Sandbox) -> None:
    """A page of a gateway does not mean that the workflow is gone."""
    api = clients.of(tenant.url, policy=RetryPolicy(max_retries=0))
    slug = create(api)
    tenant.fault("GET", "/v1/app/", status=404, body="<html>no such route</html>")
    with pytest.raises(UnusableAnswer):
        api.get_workflow(slug)
    assert slug == api.get_workflow(slug).slug
