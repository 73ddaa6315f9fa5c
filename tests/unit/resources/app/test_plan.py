"""The plan of an update."""

from typing import Any

import pytest

from provider.framework import PlanContext, Unknown
from provider.resources.app import plan
from tests.support.app_resource import CONNECTION, NEW, OWN, SHARED, app_context, app_state, summaries

CURRENT = app_state(
    inputs={"flag": True, "filter": '{"a": 1}'},
    asset_connection=CONNECTION,
    credential_guid="guid-1",
    version=7,
    owner="admin",
    execution_mode="native",
)
CONFIG = app_state(inputs=CURRENT["inputs"], asset_connection=NEW)
RAW = {"typeName": "Connection", "attributes": {"qualifiedName": SHARED, "name": "raw", "adminUsers": ["admin"]}}


def planned(config: Any = CONFIG, current: Any = CURRENT, *, was_read: bool = True, **private: Any) -> tuple[Any, Any]:
    """The plan, and its context. Terraform proposes prior values for computed attributes that are not configured."""
    computed = ("credential_guid", "version", "owner", "execution_mode")
    proposed = {**config, **{name: current[name] for name in computed if config[name] is None}, "version": Unknown}
    ctx = app_context(config, PlanContext, **private)
    ctx.changed = {name for name, value in config.items() if value is not None and value != current[name]}
    return plan.plan_update(ctx, current, proposed, was_read=was_read), ctx


@pytest.mark.parametrize(
    "inputs",
    [
        pytest.param({"flag": True, "filter": '{"a": 1}'}, id="the same"),
        pytest.param({"flag": True, "filter": {"a": 1}}, id="an object for its JSON text"),
        pytest.param({"filter": '{ "a": 1.0 }', "flag": True}, id="another spelling"),
    ],
)
def test_inputs_that_mean_the_same_publish_nothing(inputs: Any) -> None:
    """After a read, the plan has the values of state. Otherwise it has those of the configuration."""
    found, ctx = planned({**CONFIG, "inputs": inputs})
    assert ({**CURRENT}, []) == (found, summaries(ctx))
    found, ctx = planned({**CONFIG, "inputs": inputs}, was_read=False)
    assert ({**CURRENT, "inputs": inputs}, []) == (found, summaries(ctx))


@pytest.mark.parametrize(
    "changes",
    [
        {"inputs": {"flag": False}},
        {"inputs": None},
        {"inputs": Unknown},
        {"inputs_wo_version": 1},
        {"entrypoint": "miner"},
        {"asset_connection": {**NEW, "name": "renamed"}},
        {"credential_wo_version": 1},
    ],
    ids=lambda changes: f"{changes}",
)
def test_a_change_publishes_a_new_version(changes: Any) -> None:
    """The version is unknown, owner and execution mode stay."""
    found, _ = planned({**CONFIG, **changes})
    assert (Unknown, "admin", "native") == (found["version"], found["owner"], found["execution_mode"])


def test_a_change_of_timeouts_publishes_nothing() -> None:
    """It is only stored."""
    found, _ = planned({**CONFIG, "timeouts": {"create": "1m"}})
    assert (7, {"create": "1m"}) == (found["version"], found["timeouts"])


def test_another_form_beside_a_change_is_that_of_the_configuration() -> None:
    """Terraform plans again in the apply, without a read, so both plans must have the same form."""
    inputs = {"flag": True, "filter": {"a": 1}}
    found, _ = planned({**CONFIG, "inputs": inputs, "timeouts": {"create": "1m"}})
    assert (7, inputs) == (found["version"], found["inputs"])


@pytest.mark.parametrize("before", [None, {}, {"flag": None}], ids=str)
@pytest.mark.parametrize("after", [None, {}, {"flag": None}], ids=str)
def test_no_inputs_equal_an_empty_object_and_nulls(before: Any, after: Any) -> None:
    """Nothing is published. Terraform accepts the state's form only if neither form is null."""
    found, _ = planned({**CONFIG, "inputs": after}, {**CURRENT, "inputs": before})
    assert (7, after if None in (before, after) else before) == (found["version"], found["inputs"])


def test_a_raw_connection_equals_an_imported_one() -> None:
    """It stays in the attribute. Another one is published, and the attribute becomes null."""
    current = {**CURRENT, "asset_connection": {**CONNECTION, "qualified_name": SHARED, "name": "raw"}}
    raw = {**CONFIG, "asset_connection": None, "inputs": {**CURRENT["inputs"], "connection": RAW}}
    assert (7, current["asset_connection"]) == tuple(
        planned(raw, current)[0][name] for name in ("version", "asset_connection")
    )
    assert (Unknown, None) == tuple(planned(raw)[0][name] for name in ("version", "asset_connection"))


@pytest.mark.parametrize(
    ("changes", "private", "expected"),
    [
        pytest.param({"inputs": {"flag": False}}, {}, "guid-1", id="another input"),
        pytest.param({"credential_wo_version": 2}, {"vaulted_credential": True}, Unknown, id="a new secret"),
        pytest.param({"inputs": {"credential_guid": "g"}}, {}, Unknown, id="another raw guid"),
        pytest.param(
            {"asset_connection": {**dict.fromkeys(NEW), "qualified_name": SHARED}}, {}, Unknown, id="a reference"
        ),
        pytest.param(
            {"asset_connection": {**dict.fromkeys(NEW), "qualified_name": SHARED}},
            {"vaulted_credential": True},
            "guid-1",
            id="a reference beside its own credential",
        ),
        pytest.param({"inputs_wo": {"connection": Unknown}, "inputs_wo_version": 1}, {}, Unknown, id="write-only"),
    ],
)
def test_the_credential_is_unknown_only_if_it_may_change(changes: Any, private: Any, expected: Any) -> None:
    """The workflow's own credential stays through every update."""
    found, _ = planned({**CONFIG, **changes}, **private)
    assert expected == found["credential_guid"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"credential_guid": "other"}, ["credential_guid"]),
        ({"inputs": {"credential_guid": "other"}}, ["inputs", ("credential_guid",)]),
    ],
)
def test_a_shared_credential_beside_its_own_is_an_error(changes: Any, path: Any) -> None:
    """The service would ignore it."""
    _, ctx = planned({**CONFIG, **changes}, vaulted_credential=True)
    assert [("prod-AbC123 keeps its own credential", path)] == [
        (each.summary, each.path) for each in ctx.diagnostics.diagnostics
    ]
    assert ctx.diagnostics.has_errors()


def test_another_connection_is_said() -> None:
    """It is a warning, and private state records the reference."""
    config = {**CONFIG, "inputs": None, "inputs_wo": {"a": 1}, "inputs_wo_version": 1}
    config["asset_connection"] = {**dict.fromkeys(NEW), "qualified_name": SHARED}
    _, ctx = planned(config)
    assert [f"{CURRENT['slug']} will use another connection"] == summaries(ctx)
    assert [SHARED] == ctx.private["referenced_connections"]
    assert OWN != SHARED
