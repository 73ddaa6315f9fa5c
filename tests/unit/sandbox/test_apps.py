"""Apps: the 38 apps, their contracts, and the check of inputs against them."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from provider.sandbox.apps import FOLDER
from provider.sandbox.errors import ServiceError
from provider.sandbox.open_contracts import open_contract
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.sandbox_service import APPS, Service, body, inputs
from tests.unit.sandbox.conftest import OpenTenant

FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
NATIVE = {app_id: app for app_id, app in FILES.items() if app["native_ready"]}
COMMON = {"connection", "credential_guid", "extraction_method", "agent_json"}


def test_there_are_38_apps_and_one_that_is_not_native() -> None:
    """The data files contain 38 native apps and an invented app without a contract."""
    assert (38, ["legacy-crawler"]) == (len(NATIVE), sorted(FILES.keys() - NATIVE.keys()))
    assert ["atlan-cloudsql-postgres"] == [name for name, app in FILES.items() if app["default_slot_only"]]
    assert {"object", "text"} == {app["connection_reads_back_as"] for app in NATIVE.values()}


@pytest.mark.parametrize("app_id", NATIVE)
def test_a_contract_is_a_closed_schema(app_id: str) -> None:
    """Every contract is valid and closed, requires only the connection, and accepts its own defaults."""
    contract = NATIVE[app_id]["contract"]
    jsonschema_rs.meta.validate(contract)
    assert ("AppInputContract", "object", ["connection"], False) == tuple(
        contract[key] for key in ("title", "type", "required", "additionalProperties")
    )
    assert COMMON | {"credential", "connection_qualified_name"} <= contract["properties"].keys()
    assert all(spec["title"] and spec["type"] for spec in contract["properties"].values())
    defaults = {key: spec["default"] for key, spec in contract["properties"].items() if "default" in spec}
    assert [] == list(jsonschema_rs.validator_for(contract).iter_errors(defaults))


@BOTH_CONTRACTS
@pytest.mark.parametrize("app_id", NATIVE)
def test_a_contract_is_served_with_and_without_its_entrypoint(service: Service, app_id: str, contracts: str) -> None:
    """The default entrypoint returns the contract, and so does the named one, except for one app."""
    app = NATIVE[app_id]
    default = service.call("GET", f"{APPS}/{app_id}/inputs")
    contract = app["contract"] if contracts == "closed" else open_contract(app_id, app["contract"])
    assert (200, contract) == (default.status, default.json)
    for entrypoint in app["entrypoints"]:
        named = service.call("GET", f"{APPS}/{app_id}/inputs?entrypoint={entrypoint}")
        assert (1003 if app["default_slot_only"] else None) == named.json.get("code")
    described = service.call("GET", f"{APPS}/{app_id}").json
    assert [{"name": name} for name in app["entrypoints"]] == described["entrypoints"]


@pytest.mark.parametrize("query", ["entrypoint=nonsense", "entrypoint="])
def test_an_unknown_or_empty_entrypoint_says_1003(service: Service, query: str) -> None:
    """The response is a 400 with the code 1003, after which a client leaves out the entrypoint."""
    answer = service.call("GET", f"{APPS}/bigquery-crawler/inputs?{query}")
    assert (400, 1003) == (answer.status, answer.json["code"])


@pytest.mark.parametrize("path", ["no-such-app", "no-such-app/inputs", "legacy-crawler/inputs"])
def test_an_unknown_app_or_contract_is_not_found(service: Service, path: str) -> None:
    """An unknown app, and the contract of an app that is not native, return a 404 in the service's form."""
    answer = service.call("GET", f"{APPS}/{path}")
    assert (404, {"code", "message"}) == (answer.status, answer.json.keys())


def test_an_app_that_is_not_native_says_so(service: Service) -> None:
    """An app that is not native can be described, although it has no contract."""
    assert service.call("GET", f"{APPS}/legacy-crawler").json["native_ready"] is False


@pytest.mark.parametrize(
    ("value", "status"), [("rest-api", 200), ("nonsense", 400), ({"any": "object"}, 200), (None, 400)]
)
def test_allowed_values_do_not_keep_an_object_out(service: Service, value: Any, status: int) -> None:
    """If an input accepts an object or text, its allowed values apply only to the text."""
    answer = service.create(app_id="databricks-crawler", inputs=inputs(extract_strategy=value))
    assert status == answer.status


def test_hidden_defaults_and_named_credentials_are_inputs(service: Service) -> None:
    """Contracts accept the inputs that the UI hides and sends, and the guid inputs of apps with several credentials."""
    hidden = service.create("One", inputs=inputs(list_datasets_per_chunk=50, atlas_auth_type="internal"))
    named = service.create(
        "Two",
        app_id="atlan-dbt",
        inputs=inputs(api_credential_guid="guid", object_store_credential_guid="guid"),
    )
    assert [200, 200] == [hidden.status, named.status]


@BOTH_CONTRACTS
def test_all_violations_are_returned_at_once(service: Service, contracts: str) -> None:
    """A wrong type and a value that is not allowed each have a cause with a location.

    With a closed contract, so do an unknown key and a missing key.
    """
    wrong = {"temp_table_regex": 5, "advanced_config": "nonsense", "include-filter": "{}"}
    answer = service.create(app_id="atlan-athena", inputs=wrong)
    assert 400 == answer.status
    causes = answer.json["causes"]
    locations = {"inputs.temp_table_regex", "inputs.advanced_config"} | ({"inputs"} if contracts == "closed" else set())
    assert locations == {cause["location"] for cause in causes}
    told = " ".join(cause["errorMessage"] for cause in causes)
    assert (contracts == "closed") == ("include-filter" in told) == ("connection" in told)
    assert all({"errorType", "errorMessage", "location"} == cause.keys() for cause in causes)


def test_a_null_guid_is_accepted_only_for_agents(service: Service) -> None:
    """A null `credential_guid` is refused, except with agent extraction, which sends no credential."""
    agent = {"extraction_method": "agent", "agent_json": {"agent-name": "example"}}
    refused = service.create("One", inputs=inputs(credential_guid=None))
    accepted = service.create("Two", inputs=inputs(credential_guid=None, **agent))
    assert [400, 200] == [refused.status, accepted.status]


def test_a_starting_app_refuses_the_first_requests(open_tenant: OpenTenant) -> None:
    """A description, a contract and a publish count. Nothing is created. Other apps start on their own."""
    tenant = open_tenant(cold_app_requests=2)
    for _ in range(2):
        with pytest.raises(ServiceError, match=r"dial tcp \S+: connect: connection refused") as raised:
            tenant.workflows.create(body(run=False), "admin")
        assert 500 == raised.value.status
    assert [] == tenant.queries.stored()
    assert tenant.workflows.create(body(run=False), "admin")["slug"]
    with pytest.raises(ServiceError, match="connection refused"):
        tenant.stores.apps.reach("snowflake-crawler")
    tenant.reset()
    with pytest.raises(ServiceError, match="connection refused"):
        tenant.workflows.create(body(run=False), "admin")


def test_a_starting_app_refuses_submits_and_updates(open_tenant: OpenTenant) -> None:
    """No run is started, and nothing is published."""
    tenant = open_tenant(cold_app_requests=1)
    with pytest.raises(ServiceError):
        tenant.workflows.create(body(run=False), "admin")
    slug = tenant.workflows.create(body(run=False), "admin")["slug"]
    version = tenant.workflows.row(slug)["version"]
    for request in (lambda: tenant.workflows.submit(slug), lambda: tenant.workflows.update(slug, {"inputs": {}})):
        tenant.stores.apps.make_cold()
        with pytest.raises(ServiceError, match="connection refused") as raised:
            request()
        assert 500 == raised.value.status
    assert version == tenant.workflows.row(slug)["version"]
    assert [[]] == [each["runs"] for each in tenant.queries.stored()]
    assert tenant.workflows.submit(slug)["run_id"]


def test_a_starting_app_refuses_reads_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Over HTTP, with the status and the text of the engine."""
    with Sandbox(tmp_path_factory.mktemp("cold") / "tenant.db", cold_app_requests=2) as sandbox:
        answers = [sandbox.call("GET", f"{APPS}/bigquery-crawler{path}") for path in ("", "/inputs", "", "/inputs")]
    assert [500, 500, 200, 200] == [each.status for each in answers]
    assert "connection refused" in answers[0].json["message"]
