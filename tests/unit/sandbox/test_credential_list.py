"""Names of credentials: unique on the tenant, and taken forever. The list of credentials. Unknown connectors."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from provider.sandbox.errors import ServiceError
from provider.sandbox.tenant import Tenant
from tests.support.sandbox import Answer
from tests.support.sandbox_pool import SandboxPool
from tests.support.sandbox_service import APP, CREDENTIAL, CREDENTIALS, Clock, Service, body, inputs
from tests.unit.sandbox.conftest import OpenTenant

APP_ID = "bigquery-crawler"
NAMED = {**CREDENTIAL, "name": "shared"}
WITH_CREDENTIAL = inputs(credential=NAMED)
Request = Callable[[Service], Answer]


def _store(service: Service, **fields: Any) -> Answer:
    return service.call("POST", CREDENTIALS, {**NAMED, **fields})


def _rename(service: Service) -> Answer:
    other = _store(service, name="other").json["id"]
    return service.call("POST", f"{CREDENTIALS}/{other}", NAMED)


def _publish(service: Service) -> Answer:
    return service.put(service.slug("Second"), credential=NAMED)


def _store_after_archive(service: Service) -> Answer:
    first = service.sandbox.credentials()[0]["guid"]
    assert 200 == service.call("POST", f"{CREDENTIALS}/{first}/archive").status
    return _store(service)


REQUESTS: dict[str, Request] = {
    "a create": _store,
    "an update to the name": _rename,
    "a create after an archive": _store_after_archive,
    "a create of a workflow": lambda service: service.create("Second", inputs=inputs(credential=NAMED)),
    "an update of a workflow": _publish,
}


@pytest.mark.parametrize("request_again", REQUESTS.values(), ids=REQUESTS)
@pytest.mark.parametrize(("options", "status"), [({}, 400), ({"unique_credential_names": False}, 200)])
def test_a_name_stays_taken(
    sandboxes: SandboxPool, request_again: Request, options: dict[str, bool], status: int
) -> None:
    """A second credential of a name is refused on every route, unless names are shared."""
    with sandboxes.lend(**options) as sandbox:
        service = Service(sandbox)
        assert 200 == _store(service).status
        answer = request_again(service)
        assert status == answer.status, answer.text
        assert (status == 400) == ("violates unique constraint credentials_name_key" in answer.text)


def test_an_update_keeps_its_own_name(service: Service) -> None:
    """The name of a credential is not taken for the credential itself."""
    guid = _store(service).json["id"]
    assert 200 == service.call("POST", f"{CREDENTIALS}/{guid}", NAMED).status


def test_a_default_name_is_taken_for_a_second(open_tenant: OpenTenant, clock: Clock) -> None:
    """Two credentials of one connector get the same default name in one second, and the second is refused."""
    tenant = open_tenant()
    tenant.stores.credentials.create(CREDENTIAL)
    with pytest.raises(ServiceError, match="credentials_name_key"):
        tenant.stores.credentials.create(CREDENTIAL)
    clock.advance(1)
    tenant.stores.credentials.create(CREDENTIAL)


def _stored_names(tenant: Tenant) -> list[str | None]:
    return [each["name"] for each in tenant.stores.credentials.stored()]


def _refuse_a_taken_name(tenant: Tenant) -> None:
    tenant.workflows.create(body(run=False), "owner")
    tenant.workflows.create(body(run=False, inputs=WITH_CREDENTIAL), "owner")


def _refuse_a_schedule(tenant: Tenant) -> None:
    tenant.workflows.create(body(run=False, inputs=WITH_CREDENTIAL, schedule={"cron": "nonsense"}), "owner")


def _refuse_a_create_for_a_starting_app(tenant: Tenant) -> None:
    tenant.stores.apps.make_cold()
    tenant.workflows.create(body(run=False, inputs=WITH_CREDENTIAL), "owner")


def _refuse_an_update_for_a_starting_app(tenant: Tenant) -> None:
    slug = tenant.workflows.create(body(run=False), "owner")["slug"]
    tenant.stores.apps.make_cold()
    tenant.workflows.update(slug, {"inputs": WITH_CREDENTIAL})


def _refuse_inputs(tenant: Tenant) -> None:
    tenant.workflows.create(body(run=False, inputs={**WITH_CREDENTIAL, "extraction_method": 1}), "owner")


@pytest.mark.parametrize("keeps", [True, False], ids=["keep", "drop"])
@pytest.mark.parametrize(
    ("fail", "status", "left"),
    [
        (_refuse_a_taken_name, 409, ["shared"]),
        (_refuse_a_schedule, 400, ["shared"]),
        (_refuse_a_create_for_a_starting_app, 500, ["shared"]),
        (_refuse_an_update_for_a_starting_app, 500, ["shared"]),
        (_refuse_inputs, 400, []),
    ],
)
def test_a_create_or_update_that_fails_later_leaves_its_credential_behind(
    open_tenant: OpenTenant, fail: Callable[[Tenant], None], status: int, left: list[str], keeps: bool
) -> None:
    """Inputs are checked before the credential is stored. Failed credentials can be dropped."""
    tenant = open_tenant(keep_failed_credentials=keeps, cold_app_requests=1)
    with pytest.raises(ServiceError, match="connection refused"):
        tenant.stores.apps.reach(APP_ID)  # no request after the first one finds the app starting
    with pytest.raises(ServiceError) as raised:
        fail(tenant)
    assert status == raised.value.status
    assert (left if keeps else []) == _stored_names(tenant)


@pytest.mark.parametrize("request_unknown", ["create", "update", "publish"])
@pytest.mark.parametrize(("options", "status"), [({}, 500), ({"registered_connectors": False}, 200)])
def test_an_unregistered_connector_is_not_stored(
    sandboxes: SandboxPool, request_unknown: str, options: dict[str, bool], status: int
) -> None:
    """A configuration name of no app of the tenant answers 500 on every route, unless any connector is accepted."""
    with sandboxes.lend(**options) as sandbox:
        service, unknown = Service(sandbox), {**NAMED, "connectorConfigName": "atlan-connectors-bigqery"}
        if request_unknown == "update":
            answer = service.call("POST", f"{CREDENTIALS}/{_store(service).json['id']}", unknown)
        elif request_unknown == "create":
            answer = service.call("POST", CREDENTIALS, unknown)
        else:
            answer = service.create(inputs=inputs(credential=unknown))
        assert status == answer.status
        assert (status == 500) == ("failed to store credential" in answer.text)


def _list(service: Service, query: str = "") -> list[str]:
    answer = service.call("GET", f"{CREDENTIALS}?{query}")
    assert 200 == answer.status, answer.text
    assert "password" not in answer.text
    return [each["name"] for each in answer.json["records"]]


def test_the_list_has_pages_and_a_filter(service: Service) -> None:
    """A page has at most 20 records without a limit. The filter compares values of a record."""
    names = [f"name {number}" for number in range(21)]
    for name in names:
        _store(service, name=name)
    by_name = quote(json.dumps({"name": "name 3"}))
    assert (names[:20], names[20:]) == (_list(service), _list(service, "offset=20"))
    assert (names[5:7], ["name 3"]) == (_list(service, "limit=2&offset=5"), _list(service, f"filter={by_name}"))


def test_the_list_does_not_contain_archived_credentials(service: Service) -> None:
    """An archived credential is in no read."""
    guid = _store(service).json["id"]
    service.call("POST", f"{CREDENTIALS}/{guid}/archive")
    assert [] == _list(service)


@pytest.mark.parametrize("query", ["filter=[]", "filter=nonsense", "limit=x", "offset=-1"])
def test_a_wrong_parameter_of_the_list_is_refused(service: Service, query: str) -> None:
    """The answer is a 400."""
    assert 400 == service.call("GET", f"{CREDENTIALS}?{query}").status


def test_a_tenant_without_the_list_answers_as_a_gateway(sandboxes: SandboxPool) -> None:
    """With `--hide-credential-list` the route does not exist, and reads of one credential work."""
    with sandboxes.lend(surface_credential_list=False) as sandbox:
        service = Service(sandbox)
        guid = _store(service).json["id"]
        answer = service.call("GET", CREDENTIALS)
        assert (404, None) == (answer.status, answer.json)
        assert 200 == service.credential(guid).status


def test_a_workflow_that_is_refused_for_its_credential_does_not_exist(service: Service) -> None:
    """The credential is stored first, so nothing else has happened."""
    _store(service)
    assert 400 == service.create(inputs=inputs(credential=NAMED)).status
    assert [] == service.call("GET", APP).json["workflows"]
