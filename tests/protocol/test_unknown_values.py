"""A plan with unknown values agrees with the plan of the apply, which knows them.

Terraform plans again in the apply, and fails with `Provider produced inconsistent final plan` if a value that was known
in the first plan differs, or if only the second plan replaces.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provider.framework import Unknown
from provider.framework.testing import METHODS, Answer, Caller, ResourceClient, in_process, packed, typed, unpacked
from provider.provider import AtlanProvider
from tests.support import ui
from tests.support.configurations import CONNECTION
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import SandboxPool
from tests.support.schema_strategies import paths, replaced

RAW: dict[str, Any] = CONNECTION
OTHER_RAW = {**RAW, "attributes": {**RAW["attributes"], "qualifiedName": "default/bigquery/1700000001"}}
NULLS = dict.fromkeys(("name", "qualified_name", "connector_name", "admin_users", "admin_groups", "admin_roles"))
OWN = {**NULLS, "name": "own", "admin_users": ["admin"]}
REFERENCE = {**NULLS, "qualified_name": RAW["attributes"]["qualifiedName"]}
DYNAMIC = ("inputs", "inputs_wo", "extra", "extra_wo")
TAKEN, ADOPTABLE, FREE = "imported", "adoptable", "free"


class Stored(NamedTuple):
    """An object in state. `config` is its configuration, which the examples change."""

    state: Any
    private: bytes
    config: dict[str, Any]


NOTHING = Stored(None, b"", {})


class Tenant(NamedTuple):
    """A configured provider, and the objects of each resource that its state can contain."""

    configure: Callable[[], Caller]
    stored: dict[str, dict[str, Stored]]


def _type_of(value: Any) -> Any:
    """The type of a dynamic value as Terraform sends it."""
    if isinstance(value, dict):
        return ["object", {name: _type_of(item) for name, item in value.items()}]
    if isinstance(value, list):
        return ["tuple", [_type_of(item) for item in value]]
    if isinstance(value, bool):
        return "bool"
    return "string" if isinstance(value, str) else "number" if isinstance(value, int) else "dynamic"


def _raw(config: dict[str, Any]) -> Any:
    """A configuration as Terraform sends it: with the types of dynamic values."""
    return {
        name: typed(json.dumps(_type_of(value)).encode(), value)
        if name in DYNAMIC and value is not None and value is not Unknown
        else value
        for name, value in config.items()
    }


def _proposed(client: ResourceClient, prior: Any, config: Any) -> Any:
    """Return what Terraform proposes: the configuration, with prior values for computed attributes that it lacks."""
    return _with_prior(client.schema.by_name.values(), client.full(prior) or client.blank, client.full(config))


def _with_prior(attributes: Any, prior: Any, config: Any) -> Any:
    proposed = dict(config)
    for each in attributes:
        before, value = prior.get(each.name), config.get(each.name)
        if value is None and each.computed:
            proposed[each.name] = before
        elif isinstance(value, dict) and isinstance(before, dict) and each.nested is not None:
            proposed[each.name] = _with_prior(each.nested.attributes, before, value)
    return proposed


def _client(call: Caller, type_name: str) -> ResourceClient:
    kinds: list[Any] = [each.load() for each in AtlanProvider.resources]
    return ResourceClient(call, type_name, {f"atlan_{each.name}": each.schema for each in kinds}[type_name])


def _planned(client: ResourceClient, prior: Any, config: Any, private: bytes) -> Answer:
    raw = _raw(config)
    return client.plan(prior, raw, _proposed(client, prior, raw), private)


def _created(call: Caller, type_name: str, **config: Any) -> Stored:
    client = _client(call, type_name)
    planned = _planned(client, None, config, b"")
    answer = client.apply(None, planned.state, _raw(config), planned.private)
    assert [] == [each for each in answer.diagnostics if each[0] == "error"], answer.diagnostics
    return Stored(answer.state, answer.private, config)


def _imported(call: Caller, type_name: str, imported_id: str, **config: Any) -> Stored:
    client = _client(call, type_name)
    answer = client("ImportResourceState", id=imported_id)
    (found,) = answer.imported_resources
    read = client.read(unpacked(found.state), found.private)
    assert [] == read.diagnostics
    return Stored(read.state, read.private, config)


@pytest.fixture(scope="module")
def tenant(sandboxes: SandboxPool) -> Iterator[Tenant]:
    with sandboxes.lend(contracts="open", surface_schedules=True) as sandbox, pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            patch.delenv(name, raising=False)
        provider = AtlanProvider()
        call = in_process(provider)
        settings = dict.fromkeys(AtlanProvider.schema.by_name) | {"validate_inputs": False, "max_retries": 0}
        settings |= {"base_url": sandbox.url, "api_key": sandbox.api_key}

        def configure() -> Caller:
            """A command begins: the provider has seen no object yet."""
            call("ConfigureProvider", METHODS["ConfigureProvider"].request(config=packed(settings)))
            return call

        yield Tenant(configure, _stored(configure(), sandbox))
        provider.provider_data.clear(())


def _runs(call: Caller, sandbox: Sandbox, slug: str) -> dict[str, Stored]:
    """Return a run of each status."""
    found = {"nothing": NOTHING._replace(config={"slug": slug})}
    for status in ("Failed", "Succeeded", "Running"):
        run = _created(call, "atlan_app_run", slug=slug, wait_for_completion=False)
        sandbox.set_run(run.state["run_id"], status)
        read = _client(call, "atlan_app_run").read(run.state, run.private)
        found[status] = Stored(read.state, read.private, run.config)
    return found


def _stored(call: Caller, sandbox: Sandbox) -> dict[str, dict[str, Stored]]:
    slug = ui.create(sandbox, TAKEN, hidden_datasets=True)
    ui.create(sandbox, ADOPTABLE)
    trigger_id = ui.add_schedule(sandbox, slug, cron="0 6 * * *", timezone="UTC")
    app = {"app_id": "bigquery-crawler", "entrypoint": "crawler"}
    inputs = {"hidden_datasets": True}
    daily = {"slug": slug, "cron": "0 6 * * *"}
    created = {
        "own": _created(call, "atlan_app", **app, name="own", asset_connection=OWN, inputs=inputs),
        "reference": _created(call, "atlan_app", **app, name="reference", asset_connection=OWN),
        "raw": _created(call, "atlan_app", **app, name="raw", inputs=inputs | {"connection": OTHER_RAW}),
        "write-only": _created(
            call, "atlan_app", **app, name="wo", inputs_wo={"connection": OTHER_RAW}, inputs_wo_version=1
        ),
    }
    shared = {"auth_type": "basic", "connector_config_name": "atlan-connectors-postgres", "password_wo": "not-real"}
    return {
        "atlan_app": created
        | {
            "nothing": NOTHING._replace(config=app | {"name": FREE, "asset_connection": OWN}),
            "adopts": NOTHING._replace(config=app | {"name": ADOPTABLE, "adopt_existing": True}),
            "imported": _imported(call, "atlan_app", slug, **app, name=TAKEN, inputs=inputs | {"connection": RAW}),
        },
        "atlan_app_schedule": {
            "nothing": NOTHING._replace(config=daily | {"adopt_existing": True}),
            "created": _created(call, "atlan_app_schedule", **daily),
            "at a version": _created(call, "atlan_app_schedule", **daily, app_version=1),
            "imported": _imported(call, "atlan_app_schedule", f"{slug}/{trigger_id}", **daily),
        },
        "atlan_app_run": _runs(call, sandbox, slug),
        "atlan_credential": {
            "nothing": NOTHING._replace(config=shared),
            "created": _created(call, "atlan_credential", **shared, name="shared"),
        },
    }


ROWS = [
    (type_name, name)
    for type_name, names in {
        "atlan_app": ("nothing", "adopts", "own", "reference", "raw", "write-only", "imported"),
        "atlan_app_schedule": ("nothing", "created", "at a version", "imported"),
        "atlan_app_run": ("nothing", "Failed", "Succeeded", "Running"),
        "atlan_credential": ("nothing", "created"),
    }.items()
    for name in names
]
CHOICES: dict[str, dict[str, list[Any]]] = {
    "atlan_app": {
        "entrypoint": ["crawler"],
        "adopt_existing": [None, True],
        "inputs": [
            None,
            {},
            {"connection": None},
            {"hidden_datasets": True},
            {"hidden_datasets": False},
            {"hidden_datasets": True, "connection": RAW},
            {"hidden_datasets": False, "connection": RAW},
            {"hidden_datasets": True, "connection": OTHER_RAW},
            {"hidden_datasets": True, "connection": json.dumps(RAW)},
        ],
        "inputs_wo": [None, {"connection": RAW}, {"connection": OTHER_RAW}, {"credential_guid": "g"}],
        "inputs_wo_version": [None, 1, 2],
        "asset_connection": [None, OWN, REFERENCE, {**OWN, "connector_name": "bigquery"}, {**OWN, "name": None}],
        "credential_guid": [None, "guid-1"],
        "credential_wo_version": [None, 1],
    },
    "atlan_app_schedule": {
        "cron": ["0 6 * * *", "00 6 * * *", "0 18 * * *"],
        "timezone": [None, "UTC", "Europe/Berlin"],
        "app_version": [None, 1, 2],
        "adopt_existing": [None, True],
    },
    "atlan_app_run": {
        "triggers": [None, {"a": "b"}],
        "wait_for_completion": [None, True, False],
        "cancel_on_destroy": [None, False],
    },
    "atlan_credential": {
        "name": [None, "shared", "other"],
        "host": [None, "h"],
        "port": [None, 5],
        "extra": [None, {"role": "r"}],
        "extra_wo": [None, {"key": "k"}],
        "secret_wo_version": [None, 1],
        "test_before_store": [None, True],
    },
}
"""Values of the attributes that an example changes."""


@st.composite
def _changes(draw: Callable[[Any], Any], type_name: str) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from([*CHOICES[type_name]]), unique=True, max_size=3))
    return {name: draw(st.sampled_from(CHOICES[type_name][name])) for name in names}


@st.composite
def _with_unknowns(draw: Callable[[Any], Any], config: dict[str, Any]) -> Any:
    """Draw the configuration with some values replaced by Unknown, also null ones and values inside others."""
    hidden = config
    for path in draw(st.lists(st.sampled_from([*paths(config)]), unique=True, min_size=1, max_size=3)):
        hidden = replaced(hidden, path, Unknown)
    return hidden


def _value(value: Any) -> Any:
    """A value without the type of a dynamic value."""
    return value[1] if isinstance(value, list) and len(value) == 2 and isinstance(value[0], bytes) else value


def _differing(first: Any, second: Any, path: str) -> list[str]:
    """The values that are known in the first plan and differ in the second."""
    first, second = _value(first), _value(second)
    if first is Unknown:
        return []
    if isinstance(first, dict) and isinstance(second, dict) and first.keys() == second.keys():
        return [found for name in first for found in _differing(first[name], second[name], f"{path}.{name}")]
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        return [
            found for index, item in enumerate(first) for found in _differing(item, second[index], f"{path}.{index}")
        ]
    return [] if first == second else [f"{path}: was {first}, but now {second}"]


def _is_valid(client: ResourceClient, *configs: dict[str, Any]) -> bool:
    return not any(severity == "error" for each in configs for severity, _ in client.validate(_raw(each)))


def _has_error(answer: Answer) -> bool:
    return any(severity == "error" for severity, _ in answer.diagnostics)


@pytest.mark.parametrize(("type_name", "name"), ROWS, ids=lambda value: value)
@settings(max_examples=settings.default.max_examples // 10)  # Each example plans twice, with requests.
@given(data=st.data())
def test_a_known_value_of_a_plan_stays_in_the_plan_of_the_apply(
    tenant: Tenant, type_name: str, name: str, data: st.DataObject
) -> None:
    """Also, a plan that does not replace does not become a replacement. A plan with an error is not applied."""
    stored = tenant.stored[type_name][name]
    config = dict.fromkeys(CHOICES[type_name]) | stored.config | data.draw(_changes(type_name))
    hidden = data.draw(_with_unknowns(config))
    prior, private = stored.state, stored.private
    if not _is_valid(_client(tenant.configure(), type_name), hidden, config):
        return
    first = _planned(_client(tenant.configure(), type_name), prior, hidden, private)
    if first.replaced and not _has_error(first):
        prior, private = None, first.private
        first = _planned(_client(tenant.configure(), type_name), prior, hidden, private)
    if _has_error(first):
        return
    second = _planned(_client(tenant.configure(), type_name), prior, config, private)
    if _has_error(second):
        return
    assert ([], []) == (_differing(first.state, second.state, ""), second.replaced if not first.replaced else [])
