"""``data.atlan_app``: the values of a workflow, and the secrets that are left out."""

import json
from typing import Any

import pytest

from provider.data_sources.app import AppDataSource
from provider.framework import Unknown, UserError
from tests.support.config_checks import findings
from tests.support.data_source_answers import SERVICE, Read, answers
from tests.support.http_server import Received, Reply, ScriptedServer

SLUG = "prod-AbC123"
ROW = {"slug": SLUG, "name": "prod", "app_id": "a-crawler", "version": 7, "owner": "admin", "execution_mode": "native"}
CONNECTION = {
    "typeName": "Connection",
    "attributes": {
        "qualifiedName": "default/bigquery/1700000000",
        "connectorName": "bigquery",
        "name": "analytics",
        "adminUsers": ["admin"],
        "defaultCredentialGuid": "guid-1",
    },
}
CONTRACT = {
    "properties": {
        "flag": {"type": "boolean", "default": False},
        "filter": {"type": ["object", "string"], "default": "{}"},
        "token": {"type": "string", "writeOnly": True},
        "phrase": {"anyOf": [{"type": "string", "format": "password"}, {"type": "null"}]},
        "nested": {"$ref": "#/$defs/Nested"},
        "listed": {"type": "array", "items": {"properties": {"key": {"writeOnly": True}}}},
        "agent_json": {"type": "object"},
    },
    "$defs": {"Nested": {"type": "object", "properties": {"inner": {"$ref": "#/$defs/Secret"}}}, "Secret": {}},
}
SECRET_CONTRACT = CONTRACT | {"$defs": {**CONTRACT["$defs"], "Secret": {"writeOnly": True}}}  # type: ignore[dict-item]
CANARY = "c4nary"
SECRETS = {
    "agent_json": {"password": CANARY},
    "token": CANARY,
    "phrase": CANARY,
    "nested": {"inner": CANARY},
    "listed": [{"key": CANARY}],
}


def workflow(inputs: Any, **more: Any) -> dict[str, Any]:
    return {**ROW, "dag": {"extract": {"inputs": {"args": inputs}}}, **more}


def tenant(got: Any, **more: Any) -> Any:
    return answers(**{f"app__{SLUG}": got, "apps__a-crawler__inputs": SECRET_CONTRACT, **more})


def test_a_workflow_is_read_with_every_attribute_of_the_service(read: Read, server: ScriptedServer) -> None:
    """JSON text is parsed, and the connection and credential have attributes. Runtime keys and nulls are left out."""
    inputs = {
        "connection": json.dumps(CONNECTION),
        "connection_qualified_name": "default/bigquery/1700000000",
        "credential_guid": "",
        "user_id": "u",
        "user-id": "u",
        "workflow_id": "w",
        "correlation_id": "c",
        "flag": False,
        "filter": '{"^a$": ["^b$"]}',
        "token": None,
        "agent_json": {},
    }
    schedules = [{"trigger_id": "t", "cron": "0 6 * * *", "timezone": "UTC"}, {"trigger_id": "u"}]
    server.always = tenant(workflow(inputs, schedules=schedules))
    expected = {
        **ROW,
        "inputs": {"flag": False, "filter": {"^a$": ["^b$"]}},
        "asset_connection": {
            "qualified_name": "default/bigquery/1700000000",
            "name": "analytics",
            "connector_name": "bigquery",
            "admin_users": ["admin"],
            "admin_groups": [],
            "admin_roles": [],
        },
        "credential_guid": "guid-1",
        "schedules": [*schedules[:1], {"trigger_id": "u", "cron": None, "timezone": None}],
    }
    found = read(AppDataSource, slug=SLUG)
    assert (expected, []) == (found.state, found.warnings)
    assert AppDataSource.get_schema().by_name.keys() == found.state.keys()


def test_secrets_are_left_out_and_named(read: Read, server: ScriptedServer) -> None:
    """The agent's secrets, and those that the contract marks at any level of an input."""
    server.always = tenant(workflow({**SECRETS, "flag": True}))
    found = read(AppDataSource, slug=SLUG)
    assert {"flag": True} == found.state["inputs"]
    assert [f"Inputs of {SLUG} that are not shown: agent_json, token, phrase, nested, listed"] == found.warnings


@pytest.mark.parametrize("has_default", [True, False])
def test_the_contracts_of_other_entrypoints_are_asked_about_what_the_default_one_does_not_know(
    read: Read, server: ScriptedServer, has_default: bool
) -> None:
    """A GET does not return the entrypoint, and only the contract of the entrypoint may mark a secret."""

    def reply(request: Received) -> Reply:
        asked = dict(request.query).get("entrypoint")
        if asked == "miner":
            return Reply(body={"properties": {"mined": {"writeOnly": True}}})
        if request.path.endswith("/inputs") and (asked or not has_default):
            return Reply(400, {"code": "1003", "message": "no contract"})
        info = {"app_id": "a-crawler", "entrypoints": [{"name": "other"}, {"name": "miner"}]}
        known: Reply = tenant(workflow({"mined": CANARY, "flag": True}), **{"apps__a-crawler": info})(request)
        return known

    server.always = reply
    found = read(AppDataSource, slug=SLUG)
    assert ({"flag": True}, [f"Inputs of {SLUG} that are not shown: mined"]) == (found.state["inputs"], found.warnings)


def test_an_app_without_a_contract_marks_no_secrets(read: Read, server: ScriptedServer) -> None:
    """A 404 means that there is none. The agent's secrets are left out anyway."""
    server.always = answers(**{f"app__{SLUG}": workflow({"flag": True, "agent_json": {"password": CANARY}})})
    assert {"flag": True} == read(AppDataSource, slug=SLUG).state["inputs"]


@pytest.mark.parametrize("status", [403, 500])
def test_no_input_is_shown_where_it_is_not_known_which_are_secret(
    read: Read, server: ScriptedServer, status: int
) -> None:
    """If the contract cannot be read, any input may be secret."""
    server.always = tenant(workflow(SECRETS), **{"apps__a-crawler__inputs": status})
    found = read(AppDataSource, slug=SLUG)
    assert (None, [f"The inputs of {SLUG} are not known"]) == (found.state["inputs"], found.warnings)


def test_no_input_is_shown_if_the_app_is_not_known(read: Read, server: ScriptedServer) -> None:
    """The contract is not known without the app."""
    server.always = tenant(workflow(SECRETS, app_id=None))
    found = read(AppDataSource, slug=SLUG)
    assert (None, [f"The inputs of {SLUG} are not known"]) == (found.state["inputs"], found.warnings)


def test_what_a_tenant_hides_is_null(read: Read, server: ScriptedServer) -> None:
    """There is a warning about inputs. There is none about schedules, because many tenants list none."""
    server.always = tenant({**ROW, "schedules": None, "dag": {"extract": {"inputs": {}}}})
    found = read(AppDataSource, slug=SLUG)
    hidden = {name: found.state[name] for name in ("inputs", "asset_connection", "credential_guid", "schedules")}
    assert dict.fromkeys(hidden) == hidden
    assert [f"The inputs of {SLUG} are not known"] == found.warnings


def test_a_name_is_looked_up(read: Read, server: ScriptedServer) -> None:
    """The list returns its slug, and the workflow is read by the slug."""
    server.always = tenant(workflow({}), app={"workflows": [{"slug": SLUG, "name": "prod"}], "has_more": False})
    assert (SLUG, "prod") == tuple(read(AppDataSource, name="prod").state[name] for name in ("slug", "name"))
    assert [{"name": "prod"}, {}] == [dict(request.query) for request in server.requests[:2]]
    assert [f"{SERVICE}app", f"{SERVICE}app/{SLUG}"] == [request.path for request in server.requests[:2]]


@pytest.mark.parametrize(
    ("config", "rows", "expected", "path"),
    [
        pytest.param({"name": "prod"}, [], 'There is no workflow named "prod"', ["name"], id="no such name"),
        pytest.param({"name": "prod"}, ["a", "b"], 'Several workflows are named "prod"', ["name"], id="several"),
        pytest.param({"slug": "a"}, [], "There is no workflow with the slug a", ["slug"], id="no such slug"),
        pytest.param({}, [], "One of slug, name is required", None, id="neither"),
        pytest.param({"slug": "a", "name": "prod"}, [], "Only one of slug, name can be set", ["name"], id="both"),
        pytest.param({"name": ""}, [], "name is empty", ["name"], id="an empty name"),
    ],
)
def test_a_lookup_without_a_result_is_an_error(
    read: Read, server: ScriptedServer, config: dict[str, str], rows: list[str], expected: str, path: list[str] | None
) -> None:
    """The error is on the attribute that is wrong."""
    server.always = answers(app={"workflows": [{"slug": slug, "name": "prod"} for slug in rows]})
    with pytest.raises(UserError) as raised:
        read(AppDataSource, **config)
    assert (expected, path) == (raised.value.summary, raised.value.path)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"slug": SLUG}, []),
        ({"name": "any name / at all"}, []),
        ({"slug": Unknown}, []),
        ({"slug": Unknown, "name": "prod"}, []),
        ({"slug": "a", "name": "b"}, ["Only one of slug, name can be set"]),
        ({}, ["One of slug, name is required"]),
        ({"slug": ".."}, ['".." is not usable as slug']),
        ({"slug": ""}, ['"" is not usable as slug']),
    ],
)
def test_how_a_workflow_is_named_is_checked_as_far_as_it_is_known(config: dict[str, Any], expected: list[str]) -> None:
    """Exactly one of slug and name is required. An unknown one may become null."""
    given = dict.fromkeys(AppDataSource.get_schema().by_name) | config
    assert expected == [each.summary for each in findings(AppDataSource(None), given)]
