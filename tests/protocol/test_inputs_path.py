"""The path of ``inputs``: how many functions of the provider a value passes from the configuration to the wire."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from provider.framework import Unknown
from provider.framework.testing import METHODS, Answer, ResourceClient, in_process, packed, typed
from provider.model.connection import ASSET_CONNECTION
from provider.model.payload import to_publish
from provider.provider import AtlanProvider
from provider.resources.app import check_inputs, publish
from provider.resources.app.schema import SCHEMA
from tests.support.sandbox import Sandbox
from tests.support.value_trace import Trace, traced

DESIGN = Path(__file__).parents[2] / "DESIGN.md"

CONNECTION = {
    "name": "analytics",
    "qualified_name": None,
    "connector_name": None,
    "admin_users": ["admin"],
    "admin_groups": None,
    "admin_roles": None,
}
INPUTS = json.dumps(
    [
        "object",
        {
            "include_filter": ["object", {"^project$": ["tuple", ["string"]]}],
            "exclude_filter": "string",
            "control_config": ["object", {"note": "string", "retries": "number"}],
            "hidden_datasets": "bool",
        },
    ]
).encode()
"""The type of the inputs: objects that are sent as JSON text, JSON text, and a plain value."""


class Paths(NamedTuple):
    """A trace of each operation."""

    plan: Trace
    create: Trace
    plan_of_update: Trace
    update: Trace


@pytest.fixture
def client(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> ResourceClient:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    provider = AtlanProvider()
    call = in_process(provider)
    settings = {**dict.fromkeys(AtlanProvider.schema.by_name), "base_url": sandbox.url, "api_key": sandbox.api_key}
    call("ConfigureProvider", METHODS["ConfigureProvider"].request(config=packed(settings)))
    return ResourceClient(call, "atlan_app", SCHEMA)


def config(client: ResourceClient, marker: str) -> dict[str, Any]:
    """A workflow with its own connection, and the marker in objects, lists, JSON text and text."""
    inputs = {
        "include_filter": {"^project$": [f"^{marker}$"]},
        "exclude_filter": json.dumps({"^project$": [f"^{marker}$"]}),
        "control_config": {"note": marker, "retries": 3},
        "hidden_datasets": False,
    }
    named = {"app_id": "bigquery-crawler", "entrypoint": "crawler", "name": "traced"}
    secret = {"credential_wo": CREDENTIAL, "credential_wo_version": 1}
    return client.blank | named | secret | {"inputs": typed(INPUTS, inputs), ASSET_CONNECTION: CONNECTION}


def trace_all(client: ResourceClient) -> Paths:
    """Plan and apply a create and an update. Each operation has a different marker."""
    first, second = config(client, "marker-1"), config(client, "marker-2")
    with traced("marker-1") as plan:
        planned = _ok(client.plan(None, first))
    with traced("marker-1") as create:
        created = _ok(client.apply(None, planned.state, first, planned.private))
    with traced("marker-2") as plan_of_update:
        planned = _ok(client.plan(created.state, second, private=created.private))
    with traced("marker-2") as update:
        _ok(client.apply(created.state, planned.state, second, planned.private))
    return Paths(plan, create, plan_of_update, update)


def _ok(answer: Answer) -> Answer:
    assert [] == answer.diagnostics
    return answer


def shown(trace: Trace) -> str:
    """A line for each file, as DESIGN.md has them."""
    return "\n".join(f"{file}: {', '.join(names)}" for file, names in trace.functions.items())


def test_a_value_passes_few_functions(client: ResourceClient) -> None:
    """A create and an update: at most 30 in 12 files. A plan: at most 45 in 12, and 12 of them in resources and model.

    DESIGN.md contains the list.
    """
    paths = trace_all(client)
    listed = "\n\n".join(
        f"{name}: {trace.count} functions in {len(trace.functions)} files\n{shown(trace)}"
        for name, trace in paths._asdict().items()
    )
    print(listed)  # noqa: T201 - what DESIGN.md contains
    for trace in (paths.create, paths.update):
        assert (trace.count <= 30, len(trace.functions) <= 12) == (True, True), listed
    assert (paths.plan.count <= 45, len(paths.plan.functions) <= 12) == (True, True), listed
    assert (paths.plan_of_update.count <= 45, len(paths.plan_of_update.functions) <= 12) == (True, True), listed
    for trace in (paths.plan, paths.plan_of_update):
        assert trace.count_in("resources/", "model/") <= 12, listed
    assert listed in DESIGN.read_text("utf-8")


OWN: dict[str, Any] = {ASSET_CONNECTION: CONNECTION}
REFERENCED: dict[str, Any] = {
    ASSET_CONNECTION: dict.fromkeys(CONNECTION) | {"qualified_name": "default/bigquery/1700000000"}
}
RAW = {
    "typeName": "Connection",
    "attributes": {"qualifiedName": "default/bigquery/1", "name": "raw", "adminUsers": ["admin"]},
}
RAW_TYPE = (
    b'["object",{"connection":["object",{"typeName":"string","attributes":["object",'
    b'{"qualifiedName":"string","name":"string","adminUsers":["tuple",["string"]]}]}]}]'
)
CREDENTIAL = {
    **dict.fromkeys(("name", "host", "port", "username", "extra", "connector_type")),
    "auth_type": "basic",
    "connector_config_name": "atlan-connectors-bigquery",
    "password": "not-a-real-password",
}


@pytest.mark.parametrize(
    "attributes",
    [
        pytest.param(OWN, id="a new connection"),
        pytest.param(REFERENCED, id="a connection that exists"),
        pytest.param({ASSET_CONNECTION: None, "inputs": typed(RAW_TYPE, {"connection": RAW})}, id="a raw connection"),
        pytest.param({**OWN, "credential_wo": CREDENTIAL, "credential_wo_version": 1}, id="a credential"),
        pytest.param({**REFERENCED, "credential_guid": "guid-1"}, id="a shared credential"),
        pytest.param(
            {
                **OWN,
                "inputs_wo": typed(
                    b'["object",{"control_config":["object",{"token":"string"}]}]', {"control_config": {"token": "t"}}
                ),
                "inputs_wo_version": 1,
            },
            id="write-only inputs",
        ),
    ],
)
def test_the_payload_that_a_plan_checks_is_the_one_that_the_apply_sends(
    client: ResourceClient, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, attributes: dict[str, Any]
) -> None:
    """For a create and an update. What a plan cannot know is unknown in it: what is created, stored or kept."""
    sandbox.make_connection("default/bigquery/1700000000", "stored", adminUsers=["admin"])
    computed: list[Any] = []

    def record(*arguments: Any, **options: Any) -> Any:
        payload = to_publish(*arguments, **options)
        computed.append(payload.inputs if payload else None)
        return payload

    for module in (check_inputs, publish):
        monkeypatch.setattr(module, "to_publish", record)
    first = config(client, "a") | attributes
    planned = client.plan(None, first)
    created = client.apply(None, planned.state, first, planned.private)
    second = first | {"entrypoint": None}
    planned = client.plan(created.state, second, private=created.private)
    updated = client.apply(created.state, planned.state, second, planned.private)
    assert [] == [each for each in (created.diagnostics + updated.diagnostics) if each[0] == "error"]
    plan_of_create, create, plan_of_update, update = computed
    assert agrees(plan_of_create, create)
    assert agrees(plan_of_update, {name: update[name] for name in update if name in plan_of_update})


def agrees(planned: Any, sent: Any) -> bool:
    """Return True if the second contains all that is known in the first. Stored attributes are not known in a plan."""
    if planned is Unknown:
        return True
    if isinstance(planned, dict) and isinstance(sent, dict):
        known = {name: value for name, value in planned.items() if value is not Unknown}
        return all(name in sent and agrees(value, sent[name]) for name, value in known.items())
    return bool(planned == sent)
